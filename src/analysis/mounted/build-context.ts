import { joinPath } from '../../base/path.ts';
import { fileId, type FileId, type Span } from '../../base/span.ts';
import type { Documents } from '../documents/compose/documents.ts';
import type { SourceText } from '../documents/source.ts';
import { pairOf, spanOf } from '../documents/yaml-tree.ts';
import type { ServiceMemory } from '../memory/stack-memory.ts';
import type { CsprojFile, MountedFile, NextConfigFile, PackageFile } from './model.ts';

/** What the images of a stack are built from, as far as it bears on memory. A context that several share is read once. */
export function contextFiles(memory: readonly ServiceMemory[], documents: Documents): readonly MountedFile[] {
  const contexts = new Map<string, ServiceMemory[]>();
  for (const each of memory) {
    const { build } = each.service;
    const context = build?.file === undefined ? undefined : build.context?.value;
    if (context !== undefined) contexts.set(context, [...(contexts.get(context) ?? []), each]);
  }
  return [...contexts].flatMap(([context, services]) => filesIn(fileId(context), services, documents));
}

function filesIn(folder: FileId, services: readonly ServiceMemory[], documents: Documents): readonly MountedFile[] {
  const listing = documents.list(folder);
  const names = listing.kind === 'names' ? listing.names : [];
  const dockerfiles = services.flatMap(({ service }) => textsOf(service.build?.file, documents));
  const projects = [
    ...names.filter((name) => name.endsWith('.csproj')),
    ...dockerfiles.flatMap(({ text }) => text.match(/[\w./-]+\.csproj/g) ?? []),
  ];
  const configs = names.filter((name) => /^next\.config\.(?:[mc]?js|ts)$/.test(name));
  return [
    ...(names.includes('package.json') ? textsOf(joinPath(folder, 'package.json'), documents) : []).map((source) =>
      readPackage(source, documents),
    ),
    ...[...new Set(projects.map((path) => joinPath(folder, path)))]
      .flatMap((file) => textsOf(file, documents))
      .map((source) => readCsproj(source)),
    ...configs.flatMap((name) => textsOf(joinPath(folder, name), documents)).map((source) => readNextConfig(source, services)),
  ];
}

function textsOf(file: FileId | undefined, documents: Documents): readonly SourceText[] {
  const reading = file === undefined ? undefined : documents.read(file);
  return reading?.kind === 'text' ? [reading.source] : [];
}

/** JSON is YAML too, and the tree of one knows its places. */
export function readPackage(source: SourceText, documents: Pick<Documents, 'yaml'>): PackageFile {
  const written = pairOf(documents.yaml(source).documents[0]?.root, 'dependencies')?.value;
  const pairs = written?.kind === 'map' ? written.pairs : [];
  const dependencies = pairs.flatMap(({ key }): [string, Span][] =>
    key.kind === 'scalar' ? [[key.text, spanOf(source.file, key)]] : [],
  );
  return { kind: 'package-json', source, dependencies: new Map(dependencies) };
}

export function readCsproj(source: SourceText): CsprojFile {
  const { file } = source;
  const text = blanked(source.text, /<!--[^]*?-->/g);
  const spanAt = (match: RegExpExecArray): Span => ({ file, start: match.index, end: match.index + match[0].length });
  const switched = /<PublishAot(?:\s[^>]*)?>\s*true\s*<\/PublishAot>/i.exec(text);
  const packages = [...text.matchAll(/<PackageReference\b[^>]*>/gi)].flatMap((match) => {
    const name = /\bInclude\s*=\s*["']([^"']+)["']/i.exec(match[0])?.[1];
    const major = /\bVersion\s*=\s*["'][[(]?(\d+)/i.exec(match[0])?.[1];
    return name === undefined ? [] : [{ name, major: major === undefined ? undefined : Number(major), span: spanAt(match) }];
  });
  return { kind: 'csproj', source, publishAot: switched === null ? undefined : spanAt(switched), packages };
}

/** A program, not data: only the literal is believed, outside comments. */
export function readNextConfig(source: SourceText, services: readonly ServiceMemory[]): NextConfigFile {
  const { file } = source;
  const match = /(?<![\w.])output\s*:\s*(['"`])export\1/.exec(blanked(source.text, /\/\*[^]*?\*\/|(?<=^|[\s,;{}()])\/\/[^\n]*/g));
  const servedBy = services
    .filter(({ runtime }) => runtime === 'node' || runtime === 'nextjs')
    .map(({ service, estimate }) => ({
      service: service.name,
      typical: estimate.known ? estimate.typical : undefined,
      span: service.nameSpan,
    }));
  const exported = match === null ? undefined : { file, start: match.index, end: match.index + match[0].length };
  return { kind: 'next-config', source, exported, servedBy };
}

/** Places stay where they are. */
function blanked(text: string, pattern: RegExp): string {
  return text.replace(pattern, (part) => part.replace(/[^\n]/g, ' '));
}
