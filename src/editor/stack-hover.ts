import * as vscode from 'vscode';
import type { Origin } from '../analysis/documents/located.ts';
import type { Service } from '../analysis/documents/compose/model.ts';
import type { Region, RegionOrigin } from '../analysis/memory/estimate.ts';
import { writtenLimit, type ServiceMemory } from '../analysis/memory/stack-memory.ts';
import { formatBytes } from '../base/bytes.ts';
import { message } from '../base/message.ts';
import { nameOf } from '../base/path.ts';
import { LineIndex } from '../base/position.ts';
import { contains, span, type FileId } from '../base/span.ts';
import { memoryOf, serviceAt, type CheckedStacks } from './checked-stacks.ts';
import { Positions } from './convert.ts';
import { text } from './text.ts';
import { say } from './translate.ts';

/** On a service's key, its image or its limit: what it needs, region by region, and where each number comes from. */
export class StackHover implements vscode.HoverProvider {
  readonly #stacks: CheckedStacks;
  readonly #textOf: (file: FileId) => string | undefined;

  constructor(stacks: CheckedStacks, textOf: (file: FileId) => string | undefined) {
    this.#stacks = stacks;
    this.#textOf = textOf;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const stack = this.#stacks.of(document);
    const offset = document.offsetAt(position);
    const service = stack === undefined ? undefined : serviceAt(stack, offset);
    const place = stack === undefined || service === undefined ? undefined : spokenPlace(service, stack.file, offset);
    const memory = stack === undefined || service === undefined ? undefined : memoryOf(stack, service);
    if (stack === undefined || service === undefined || place === undefined || memory === undefined) return undefined;
    const words = new vscode.MarkdownString();
    words.appendMarkdown(`**${escape(service.name)}**  \n`);
    this.#appendLimit(words, service, memory);
    appendEstimate(words, memory);
    return new vscode.Hover(words, new Positions(stack.text).range(place));
  }

  #appendLimit(words: vscode.MarkdownString, service: Service, { limit, recommendedLimit }: ServiceMemory): void {
    const written = writtenLimit(service);
    if (written === undefined) words.appendMarkdown(`${say(message(text.noLimit))}  \n`);
    else {
      const chain = written.origins.map((origin) => this.#link(origin)).join(' ← ');
      const size = limit === undefined ? written.text : formatBytes(limit);
      words.appendMarkdown(`${say(message(text.limitIs, { limit: escape(size) }))} ← ${chain}  \n`);
    }
    if (recommendedLimit !== undefined)
      words.appendMarkdown(`${say(message(text.recommended, { limit: formatBytes(recommendedLimit) }))}\n\n`);
  }

  /** One link of `128M ← compose.prod.yml:41 ← ${DB_LIMIT:-128M} ← .env:3`. */
  #link(origin: Origin): string {
    if (origin.kind === 'environment') return `\`$${origin.name}\` (${say(message(text.shell))})`;
    const place = `${nameOf(origin.span.file)}:${this.#line(origin.span.file, origin.span.start)}`;
    if (origin.kind === 'written' || origin.kind === 'default') return `${code(origin.text)} ${escape(place)}`;
    return `${code(`$${origin.name}`)} ${escape(place)}`;
  }

  #line(file: FileId, offset: number): number {
    return new LineIndex(this.#textOf(file) ?? '').position(offset).line + 1;
  }
}

/** Only where the question is asked: the key, the image, the limits. Elsewhere other extensions have their say. */
function spokenPlace(service: Service, file: FileId, offset: number) {
  const { memory, image, nameSpan } = service;
  const located = [image, memory.limit, memory.reservation, memory.swapLimit, memory.deployLimit, memory.deployReservation];
  const places = [
    nameSpan,
    ...located.flatMap((each) => (each === undefined ? [] : [each.spans[0], ...(each.key === undefined ? [] : [each.key])])),
  ];
  return places.find((place) => contains(place, span(file, offset, offset)));
}

function appendEstimate(words: vscode.MarkdownString, { estimate, runtime }: ServiceMemory): void {
  if (!estimate.known) {
    words.appendMarkdown(say(message(text.estimateUnknown, { missing: vscode.l10n.t(MISSING[estimate.missing]) })));
    return;
  }
  const sizes = {
    floor: formatBytes(estimate.floor),
    typical: formatBytes(estimate.typical),
    peak: formatBytes(estimate.peak),
    runtime: runtime ?? '',
  };
  words.appendMarkdown(`${say(message(text.estimateIs, sizes))}\n\n`);
  const head = [text.regionHead, text.typicalHead, text.peakHead, text.fromHead].map((each) => vscode.l10n.t(each));
  words.appendMarkdown(
    [
      row(head),
      row(head.map((_, column) => (column === 0 || column === 3 ? ':--' : '--:'))),
      ...estimate.regions.map(regionRow),
    ].join('\n'),
  );
}

function regionRow({ label, class: kind, typical, peak, from }: Region): string {
  const name = vscode.l10n.t(label);
  return row([
    kind === 'cache' ? say(message(text.cacheRegion, { name })) : name,
    formatBytes(typical),
    formatBytes(peak),
    escape(originWords(from)),
  ]);
}

function originWords(from: RegionOrigin): string {
  switch (from.kind) {
    case 'file':
      return say(message(text.fromFile));
    case 'default':
      return say(message(text.fromDefault, { source: from.source }));
    case 'formula':
      return from.formula;
    case 'measured':
      return say(message(text.fromMeasured, { measurement: from.measurement }));
  }
}

const MISSING = {
  image: text.missingImage,
  command: text.missingCommand,
  runtime: text.missingRuntime,
  measurement: text.missingMeasurement,
  variable: text.missingVariable,
  configuration: text.missingConfiguration,
} as const;

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Names and values come from files: they are shown, never read as Markdown. */
function escape(words: string): string {
  return words.replace(/[\\`*_{}[\]()#+\-.!|<>~$]/g, '\\$&').replace(/\s+/g, ' ');
}

function code(words: string): string {
  const plain = words.replace(/[`\r\n|]+/g, ' ');
  return plain.trim() === '' ? '' : `\`${plain}\``;
}
