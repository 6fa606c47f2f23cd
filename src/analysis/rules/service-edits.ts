import { setPath, removePath, type Edits, type SetOptions, type YamlPath } from '../documents/yaml-edit.ts';
import type { NewValue } from '../documents/yaml-render.ts';
import { pairAt } from '../documents/yaml-search.ts';
import type { YamlFile, YamlNode } from '../documents/yaml-tree.ts';
import type { Service } from '../documents/compose/model.ts';
import type { Files } from '../memory/fit/limit-edits.ts';

/** Sets a key of a service, in the file that introduces the service; undefined where that isn't possible there. */
export function setInService(files: Files, service: Service, path: YamlPath, value: NewValue, options?: SetOptions): Edits {
  const found = writtenService(files, service);
  return found === undefined ? undefined : setPath(found.yaml, found.node, path, value, options);
}

/** Takes a key out of a service, in the file that introduces it. Undefined also where the key stands elsewhere. */
export function removeFromService(files: Files, service: Service, path: YamlPath): Edits {
  const found = writtenService(files, service);
  const edits = found === undefined ? undefined : removePath(found.yaml, found.node, path);
  return edits?.length === 0 ? undefined : edits;
}

function writtenService(files: Files, { nameSpan }: Service): { readonly yaml: YamlFile; readonly node: YamlNode } | undefined {
  const yaml = files(nameSpan.file);
  const node = yaml === undefined ? undefined : pairAt(yaml, nameSpan)?.value;
  return yaml === undefined || node === undefined ? undefined : { yaml, node };
}
