import { joinPath } from '../../base/path.ts';
import type { FileId } from '../../base/span.ts';
import type { Service } from '../documents/compose/model.ts';

/** The file on this side of the mounts that a path in the container leads to; the deepest mount decides. */
export function containerFile({ mounts }: Service, path: string): FileId | undefined {
  const over = mounts
    .filter(({ target }) => path === target.text || path.startsWith(`${target.text.replace(/\/$/, '')}/`))
    .sort((one, other) => other.target.text.length - one.target.text.length)[0];
  if (over?.file === undefined || over.type !== 'bind') return undefined;
  const rest = path.slice(over.target.text.length).replace(/^\//, '');
  return rest === '' ? over.file : joinPath(over.file, rest);
}
