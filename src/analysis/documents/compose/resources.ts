import { fileId } from '../../../base/span.ts';
import { isTrue } from './complete.ts';
import type { Entry, FileObject, NamedVolume, Network, Value } from './model.ts';
import { locatedTexts, textOf } from './read.ts';
import { asMapping, Mapping } from './value.ts';

export function readNetworks(value: Value | undefined): readonly Network[] {
  return resources(value).map(([name, { key, value: network }]) => ({
    name,
    nameSpan: key,
    external: isExternal(network),
    driverOptions: locatedTexts(asMapping(network)?.get('driver_opts')),
  }));
}

export function readVolumes(value: Value | undefined): readonly NamedVolume[] {
  return resources(value).map(([name, { key, value: volume }]) => ({ name, nameSpan: key, external: isExternal(volume) }));
}

export function readFileObjects(value: Value | undefined): readonly FileObject[] {
  return resources(value).map(([name, { key, value: object }]) => {
    const map = asMapping(object);
    const file = textOf(map, 'file');
    return {
      name,
      nameSpan: key,
      external: isExternal(object),
      file: file?.value === undefined ? undefined : fileId(file.value),
      environment: textOf(map, 'environment'),
    };
  });
}

function resources(value: Value | undefined): readonly [string, Entry][] {
  return value instanceof Mapping ? [...value.entries] : [];
}

function isExternal(value: Value): boolean {
  return isTrue(asMapping(value)?.get('external'));
}
