import { fileId } from '../../../base/span.ts';
import type { FileObject, Mount, Value } from './model.ts';
import { booleanAt, textOf } from './read.ts';
import type { ProjectObjects } from './service.ts';
import { asList, asMapping, locate, type Mapping, Scalar } from './value.ts';

/** What the container sees of files from elsewhere: volumes, configs and secrets alike. */
export function readMounts(tree: Mapping, { configs, secrets }: ProjectObjects): readonly Mount[] {
  return [
    ...items(tree.get('volumes')).flatMap(volumeMount),
    ...items(tree.get('configs')).flatMap((item) => objectMount(item, 'config', configs)),
    ...items(tree.get('secrets')).flatMap((item) => objectMount(item, 'secret', secrets)),
  ];
}

function items(value: Value | undefined): readonly Mapping[] {
  return (asList(value)?.items ?? []).flatMap((item) => asMapping(item) ?? []);
}

function volumeMount(item: Mapping): Mount[] {
  const [source, target, written] = [textOf(item, 'source'), textOf(item, 'target'), textOf(item, 'type')?.value];
  if (target === undefined) return [];
  const type = written === 'bind' || written === 'volume' || written === 'tmpfs' ? written : 'other';
  const file = type === 'bind' && source?.value !== undefined ? fileId(source.value) : undefined;
  return [{ type, source, target, readOnly: booleanAt(item, 'read_only')?.value === true, file, span: item.spans[0] }];
}

function objectMount(item: Mapping, type: 'config' | 'secret', objects: readonly FileObject[]): Mount[] {
  const entry = item.entries.get('source');
  if (!(entry?.value instanceof Scalar)) return [];
  const name = entry.value.text;
  const place = type === 'config' ? `/${name}` : `/run/secrets/${name}`;
  const target = textOf(item, 'target') ?? { ...locate(entry.value, place), text: place };
  const file = objects.find((object) => object.name === name)?.file;
  return [{ type, source: locate(entry.value, name, entry.key), target, readOnly: true, file, span: item.spans[0] }];
}
