import { joinPath } from '../../base/path.ts';
import type { FileId } from '../../base/span.ts';
import type { Mount, Service } from '../documents/compose/model.ts';
import { isConfName, normalised, serverStart, type ServerStart } from '../documents/postgres/server-files.ts';
import { baseImageOf, programWords } from '../memory/program.ts';
import type { RuntimeInputs } from '../memory/runtime-model.ts';

/** How one service of a stack and its PostgreSQL settings belong together. */
export interface PostgresLink {
  readonly service: Service;
  readonly inputs: RuntimeInputs;
  readonly version: number | undefined;
  readonly start: ServerStart;
  /** The file of this project that the server starts with; undefined where that lies in a volume or in the image. */
  readonly conf: FileId | undefined;
  /** Mounted conf files that the server isn't told to read. They may still be included by others. */
  readonly aside: readonly { readonly mount: Mount; readonly path: string; readonly file: FileId }[];
}

/** Only for services whose runtime is PostgreSQL. */
export function linkPostgres(inputs: RuntimeInputs): PostgresLink {
  const { service } = inputs;
  const version = serverVersion(inputs);
  const start = serverStart(programWords(inputs), service, version);
  const aside = service.mounts.flatMap((mount) => {
    const path = normalised(mount.target.text);
    const { file } = mount;
    return file !== undefined && path !== start.confPath && isConfName(path) ? [{ mount, path, file }] : [];
  });
  return { service, inputs, version, start, conf: fileAt(service, start.confPath), aside };
}

/** The file on this side of the mounts that a path in the container leads to. */
export function fileAt(service: Service, path: string): FileId | undefined {
  const mounted = service.mounts
    .filter(({ target, file }) => file !== undefined && isAtOrBelow(path, normalised(target.text)))
    .sort((one, other) => other.target.text.length - one.target.text.length)[0];
  if (mounted?.file === undefined) return undefined;
  const rest = path.slice(normalised(mounted.target.text).length).replace(/^\//, '');
  return rest === '' ? mounted.file : joinPath(mounted.file, rest);
}

function isAtOrBelow(path: string, target: string): boolean {
  return path === target || path.startsWith(target === '/' ? '/' : `${target}/`);
}

/** `pg16` names the version in images that count their own releases. Undefined for `latest` and the like. */
function serverVersion(inputs: RuntimeInputs): number | undefined {
  const image = baseImageOf(inputs);
  const named = Number(/(?:^|[^a-z])pg(\d+)/.exec(image?.tag ?? '')?.[1]);
  const version = Number.isNaN(named) ? image?.major : named;
  return version !== undefined && version >= 10 && version <= 18 ? version : undefined;
}
