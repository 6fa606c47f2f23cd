import { fileId, type FileId } from '../../../base/span.ts';
import { booleanOf } from './cast.ts';
import { readEnvironmentFile } from './dotenv.ts';
import { reportMissing, type Environment } from './environment.ts';
import type { Lookup } from './interpolate.ts';
import type { LoadScope } from './load.ts';
import type { Entry, Value } from './model.ts';
import type { Problems } from './problems.ts';
import { text as words } from './text.ts';
import { asList, asMapping, asScalar, derived, isNull, List, Mapping, Scalar } from './value.ts';

type FileScope = Pick<LoadScope, 'documents' | 'environment' | 'files'>;

/** The service with `environment` and `labels` as one mapping each, files that set them read in. What the file says itself wins. */
export function withServiceFiles(service: Mapping, scope: FileScope, problems: Problems): Mapping {
  const environment = combine(service, 'environment', 'env_file', scope, problems);
  return combine(environment, 'labels', 'label_file', scope, problems);
}

function combine(
  service: Mapping,
  key: 'environment' | 'labels',
  filesKey: 'env_file' | 'label_file',
  scope: FileScope,
  problems: Problems,
): Mapping {
  const own = service.entries.get(key);
  const files = service.entries.get(filesKey);
  if (own === undefined && files === undefined) return service;
  const entries = new Map<string, Entry>();
  const outer: Environment | undefined = key === 'environment' ? scope.environment : undefined;
  const lookup: Lookup = (name) => {
    const set = asScalar(entries.get(name)?.value);
    return set === undefined ? outer?.lookup(name) : { value: set.text, origins: set.origins };
  };
  for (const item of asList(files?.value)?.items ?? []) readFile(item, entries, lookup, scope, problems);
  if (own !== undefined) for (const [name, entry] of keyed(own.value)) entries.set(name, replacing(entries.get(name), entry));
  if (entries.size === 0 && own === undefined) return service;
  const at = own ?? files;
  if (at === undefined || (own !== undefined && !(own.value instanceof Mapping || own.value instanceof List))) return service;
  const spans =
    own === undefined
      ? ([at.key] as const)
      : own.value instanceof Mapping || own.value instanceof List
        ? own.value.spans
        : ([at.key] as const);
  return service.with(key, { key: at.key, value: new Mapping(entries, spans) });
}

function replacing(before: Entry | undefined, entry: Entry): Entry {
  if (before === undefined || !(entry.value instanceof Scalar)) return entry;
  return { key: entry.key, value: entry.value.with({ earlier: [...(entry.value.earlier ?? []), before.value] }) };
}

function readFile(
  item: Value,
  entries: Map<string, Entry>,
  lookup: Lookup,
  { documents, files }: FileScope,
  problems: Problems,
): void {
  const path = asScalar(item) ?? asScalar(asMapping(item)?.get('path'));
  if (path === undefined || path.text === '') return;
  const flag = asScalar(asMapping(item)?.get('required'));
  const required = flag === undefined || booleanOf(flag.text) !== false;
  const format = asScalar(asMapping(item)?.get('format'));
  const file: FileId = fileId(path.text);
  const reading = documents.read(file);
  if (reading.kind !== 'text') {
    if (required || reading.kind !== 'missing') reportMissing(file, reading, path.span, problems);
    return;
  }
  files.add(file);
  if (format !== undefined && format.text !== '')
    problems.refuse('bad-value', format.span, words.badValue, { path: 'env_file.format', text: format.text });
  const { variables, error } = readEnvironmentFile(reading.source, lookup);
  if (error !== undefined) problems.refuse('env-file-invalid', error.span, words.envFileInvalid, { reason: error.reason });
  for (const [name, { key, span, value, origins }] of variables) {
    const { source } = reading;
    const quoted = /^["']/.test(source.text.slice(span.start, span.end));
    const exact = source.text.slice(span.start, span.end) === value;
    const scalar = new Scalar({
      source,
      start: span.start,
      end: span.end,
      style: exact ? 'plain' : quoted ? 'double' : 'derived',
      type: 'string',
      value,
      text: value,
      substitution: exact ? undefined : { origins: origins.slice(1), exactUntil: 0, unset: false },
      earlier: undefined,
    });
    entries.set(name, replacing(entries.get(name), { key, value: scalar }));
  }
}

/** The entries of a mapping, or of a list of `name=value`. A bare name has a null value. */
export function keyed(value: Value): readonly [string, Entry][] {
  if (value instanceof Mapping) return [...value.entries];
  return (asList(value)?.items ?? []).flatMap((item): [string, Entry][] => {
    if (!(item instanceof Scalar) || isNull(item)) return [];
    if (item.pair !== undefined) {
      const { name, key, value: part } = item.pair;
      return [[name, { key, value: part === undefined ? nothing(item) : part.with({ earlier: item.earlier ?? part.earlier }) }]];
    }
    const cut = item.text.indexOf('=');
    if (cut < 0) return [[item.text, { key: item.span, value: nothing(item) }]];
    return [[item.text.slice(0, cut), { key: item.inner(0, cut), value: item.part(cut + 1, item.text.length) }]];
  });
}

function nothing(item: Scalar): Scalar {
  return derived(item, '').with({ type: 'null', value: null });
}
