import { folderOf, joinPath } from '../../../base/path.ts';
import { span, type FileId, type Span } from '../../../base/span.ts';
import { reportMissing } from './environment.ts';
import { readDocuments, type LoadScope } from './load.ts';
import { merge } from './merge.ts';
import type { Entry, Value } from './model.ts';
import { resolvePaths } from './paths.ts';
import { Problems } from './problems.ts';
import { refine } from './refine.ts';
import { withoutPaths } from './resets.ts';
import { childShape } from './shape.ts';
import { project } from './shapes.ts';
import { text as words } from './text.ts';
import { asMapping, isNull, Mapping, Scalar, spansOf } from './value.ts';

export interface ExtendsScope extends LoadScope {
  /** The file that the services stand in; messages name it. */
  readonly file: FileId;
  /** What `!reset` and `!override` name, of this document and of those between it and the base. */
  readonly resets: readonly (readonly (readonly string[])[])[];
  /** Services of other files, read once. */
  readonly known: Map<FileId, Foreign>;
}

interface Foreign {
  readonly services: Map<string, Entry> | undefined;
  readonly resets: readonly (readonly string[])[];
}

interface Services {
  readonly file: FileId;
  readonly entries: Map<string, Entry>;
}

const SERVICE = childShape(childShape(project, 'services'), 'x');
const LONGEST_CHAIN = 100;

/** Every service of the document merged over the one that it extends, in its own file or another. */
export function applyExtends(document: Mapping, scope: ExtendsScope): Mapping {
  const entry = document.entries.get('services');
  const services = asMapping(entry?.value);
  if (entry === undefined || services === undefined) return document;
  if (![...services.entries.values()].some(({ value }) => asMapping(value)?.entries.has('extends') === true)) return document;
  const own: Services = { file: scope.file, entries: new Map(services.entries) };
  for (const name of services.entries.keys()) extendService(name, own, scope, []);
  return document.with('services', { key: entry.key, value: new Mapping(own.entries, services.spans) });
}

/** The service with everything that it inherits. What was worked out is kept in `services` for the next one. */
function extendService(name: string, services: Services, scope: ExtendsScope, chain: readonly string[]): Value | undefined {
  const entry = services.entries.get(name);
  const service = asMapping(entry?.value);
  const reference = service?.entries.get('extends');
  if (entry === undefined || service === undefined || reference === undefined) return entry?.value;
  const target = readReference(reference.value);
  if (target?.service === undefined) return service;
  const found = target.file === undefined ? { services, resets: scope.resets } : foreignServices(target.file, scope);
  if (found === undefined) return service;
  const [at] = spansOf(target.service);
  const link = `${found.services.file} ${target.service.text} ${services.file} ${name}`;
  if (chain.includes(link) || chain.length > LONGEST_CHAIN) {
    scope.problems.refuse('extends-cycle', at, words.extendsCycle, { service: name });
    return undefined;
  }
  if (!found.services.entries.has(target.service.text)) {
    reportNoService(target, found.services.file, at, scope);
    return service;
  }
  const base = extendService(target.service.text, found.services, { ...scope, resets: found.resets }, [...chain, link]);
  if (base === undefined || isNull(base) || !(base instanceof Mapping)) return service;
  const merged = mergeOver(name, base, service, found.resets, scope.problems);
  services.entries.set(name, { key: entry.key, value: merged });
  return merged;
}

function mergeOver(name: string, base: Mapping, service: Mapping, resets: ExtendsScope['resets'], problems: Problems): Mapping {
  const names = resets.flatMap((paths) =>
    paths.filter(([first, second]) => first === 'services' && second === name).map(([, , ...rest]) => rest),
  );
  const merged = merge(withoutPaths(base, names), service, SERVICE, problems, `services.${name}`);
  return merged instanceof Mapping ? merged.without('extends') : service;
}

interface Reference {
  readonly service: Scalar | undefined;
  readonly file: Scalar | undefined;
}

function readReference(value: Value): Reference | undefined {
  if (value instanceof Scalar) return { service: value, file: undefined };
  if (!(value instanceof Mapping)) return undefined;
  const [service, file] = [value.get('service'), value.get('file')];
  return {
    service: service instanceof Scalar && service.type === 'string' ? service : undefined,
    file: file instanceof Scalar && file.type === 'string' ? file : undefined,
  };
}

function reportNoService({ service, file }: Reference, where: FileId, at: Span, scope: ExtendsScope): void {
  const reading = scope.documents.read(where);
  if (reading.kind !== 'text') return;
  if (file === undefined) scope.problems.refuse('extends-missing', at, words.extendsMissing, { service: service?.text ?? '' });
  else scope.problems.refuse('extends-missing', at, words.extendsMissingIn, { service: service?.text ?? '', file: where });
}

/** The services of another file, in long form and with that file's paths, since they were written there. */
function foreignServices(path: Scalar, scope: ExtendsScope): { services: Services; resets: ExtendsScope['resets'] } | undefined {
  // The project's folder is where the path starts; in a file that was itself extended it is absolute by now.
  const file = joinPath(scope.folder, path.text);
  let foreign = scope.known.get(file);
  if (foreign === undefined) {
    foreign = readForeign(file, path.span, scope);
    scope.known.set(file, foreign);
  }
  const { services, resets } = foreign;
  if (services === undefined) return undefined;
  return { services: { file, entries: services }, resets: [...scope.resets, resets] };
}

function readForeign(file: FileId, at: Span, scope: ExtendsScope): Foreign {
  const reading = scope.documents.read(file);
  if (reading.kind !== 'text') {
    reportMissing(file, reading, at, scope.problems);
    return { services: undefined, resets: [] };
  }
  let model = new Mapping(new Map(), [span(file, 0, 0)]);
  let resets: readonly (readonly string[])[] = [];
  for (const document of readDocuments(file, scope, at)) {
    if (!(document.root instanceof Mapping)) continue;
    const merged = merge(withoutPaths(model, document.resets), document.root, project, scope.problems);
    // Kinds are checked once the whole is merged; here a base may still be incomplete.
    const refined = refine(merged, project, new Problems());
    if (refined instanceof Mapping) model = refined;
    resets = document.resets;
  }
  const services = asMapping(resolvePaths(model, { ...scope, folder: folderOf(file) }).get('services'));
  if (services === undefined) scope.problems.refuse('extends-missing', at, words.extendsMissingIn, { service: '', file });
  return { services: services === undefined ? undefined : new Map(services.entries), resets };
}
