import * as vscode from 'vscode';
import { confsIn } from '../analysis/documents/postgres/includes.ts';
import { completeArgument } from '../analysis/postgres/argument-completion.ts';
import { completeConf } from '../analysis/postgres/completion.ts';
import { definitionAt, linksOf, type ConfLink } from '../analysis/postgres/definition.ts';
import { hoverConf } from '../analysis/postgres/hover.ts';
import { fileAt } from '../analysis/postgres/link.ts';
import { foldsOf, symbolsOf, type ConfSymbol } from '../analysis/postgres/outline.ts';
import type { FileId } from '../base/span.ts';
import type { CheckedStacks } from './checked-stacks.ts';
import { fileOf, Positions, uriOf } from './convert.ts';
import { cardOf } from './postgres-card.ts';
import { itemsOf, withCard } from './postgres-completion.ts';
import { PostgresServers, type ConfInPlace } from './postgres-servers.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** Everything that the editor asks about conf files of PostgreSQL, and about the words in `command:`. */
export class PostgresLanguage {
  readonly servers: PostgresServers;
  readonly #files: WorkspaceFiles;

  constructor(files: WorkspaceFiles, stacks: CheckedStacks) {
    this.servers = new PostgresServers(files, stacks);
    this.#files = files;
  }

  complete(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const { conf } = this.servers.conf(document);
    return itemsOf(conf.source.text, completeConf(conf, document.offsetAt(position)));
  }

  async completeWords(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    const server = await this.servers.atSoon(document, position);
    if (server === undefined) return [];
    const source = this.#files.source(document);
    const container = this.servers.confsOf(server)[0]?.container;
    return itemsOf(source.text, completeArgument(server.link, source, document.offsetAt(position), container));
  }

  resolve(item: vscode.CompletionItem): vscode.CompletionItem {
    return withCard(item);
  }

  hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    return hoverIn(this.servers.conf(document).conf, document.offsetAt(position));
  }

  hoverWords(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const server = this.servers.at(document, position);
    const words = server === undefined ? undefined : this.servers.confsOf(server).find(({ form }) => form === 'arguments');
    return words?.source.file === fileOf(document.uri) ? hoverIn(words, document.offsetAt(position)) : undefined;
  }

  symbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    const { conf } = this.servers.conf(document);
    const positions = new Positions(conf.source.text);
    return symbolsOf(conf).map((symbol) => symbolOf(symbol, positions));
  }

  folds(document: vscode.TextDocument): vscode.FoldingRange[] {
    const { conf } = this.servers.conf(document);
    const positions = new Positions(conf.source.text);
    return foldsOf(conf).map((fold) => {
      const { start, end } = positions.range(fold);
      return new vscode.FoldingRange(start.line, end.line, vscode.FoldingRangeKind.Region);
    });
  }

  links(document: vscode.TextDocument): vscode.DocumentLink[] {
    const place = this.servers.conf(document);
    const positions = new Positions(place.conf.source.text);
    return linksOf(place.conf).flatMap((link) => {
      const target = link.folder ? undefined : this.#target(link, place);
      return target === undefined ? [] : [new vscode.DocumentLink(positions.range(link.span), uriOf(target))];
    });
  }

  async definition(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Location[]> {
    const place = this.servers.conf(document);
    const link = definitionAt(place.conf, document.offsetAt(position));
    const target = link === undefined ? undefined : this.#target(link, place);
    if (link === undefined || target === undefined) return [];
    const files = link.folder ? await this.#filesIn(target) : [target];
    return files.map((file) => new vscode.Location(uriOf(file), new vscode.Position(0, 0)));
  }

  /** An absolute path is one within the container: the mounts lead back to a file of the project, where they do. */
  #target({ target, span }: ConfLink, { conf, server }: ConfInPlace): FileId | undefined {
    const entry = conf.entries.find((each) => each.kind === 'include' && each.pathSpan === span);
    if (entry?.kind !== 'include' || !entry.path.startsWith('/')) return target;
    return server === undefined ? undefined : fileAt(server.link.service, entry.path);
  }

  async #filesIn(folder: FileId): Promise<readonly FileId[]> {
    if (this.#files.list(folder).kind === 'pending') await this.#files.fetch([folder]);
    return confsIn(folder, this.#files) ?? [];
  }
}

function hoverIn(conf: ConfInPlace['conf'], offset: number): vscode.Hover | undefined {
  const found = hoverConf(conf, offset);
  if (found === undefined) return undefined;
  return new vscode.Hover(cardOf(found.card), new Positions(conf.source.text).range(found.span));
}

function symbolOf({ name, detail, kind, span, nameSpan, children }: ConfSymbol, positions: Positions): vscode.DocumentSymbol {
  const symbol = new vscode.DocumentSymbol(name, detail, KINDS[kind], positions.range(span), positions.range(nameSpan));
  symbol.children = children.map((child) => symbolOf(child, positions));
  return symbol;
}

const KINDS: Readonly<Record<ConfSymbol['kind'], vscode.SymbolKind>> = {
  section: vscode.SymbolKind.Namespace,
  setting: vscode.SymbolKind.Property,
  include: vscode.SymbolKind.File,
};
