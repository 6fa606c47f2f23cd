import { bytes, mebibytes, parseSize, type Bytes } from '../../../base/bytes.ts';
import type { ContainerContext, Pool } from './container.ts';

/**
 * A conf file that no stack at hand mounts may say itself where it runs:
 * `# headroom: pg=16 limit=96M cores=4 storage=card shm=64M pools=api:20,jobs:5`.
 */
export function declaredIn(text: string): {
  readonly version: number | undefined;
  readonly container: ContainerContext | undefined;
} {
  const said = /^[ \t]*#[ \t]*headroom:[ \t]*(\S.*?)[ \t\r]*$/m.exec(text)?.[1];
  if (said === undefined) return { version: undefined, container: undefined };
  const words = new Map(said.split(/\s+/).map((word): [string, string] => [before(word), word.slice(before(word).length + 1)]));
  const version = whole(words.get('pg'));
  words.delete('pg');
  return { version, container: words.size === 0 ? undefined : containerOf(words) };
}

function containerOf(words: ReadonlyMap<string, string>): ContainerContext {
  const storage = words.get('storage');
  return {
    service: words.get('service') ?? 'postgres',
    role: words.has('role') && words.get('role') !== 'main' ? 'included' : 'main',
    limit: size(words.get('limit')),
    limitSpan: undefined,
    cores: whole(words.get('cores')),
    storage: storage === 'ssd' ? 'ssd' : storage === 'card' || storage === 'sd' ? 'card' : undefined,
    shm: size(words.get('shm')) ?? mebibytes(64),
    shmSpan: undefined,
    pools: poolsOf(words.get('pools')),
    overridden: new Map(),
  };
}

function poolsOf(text: string | undefined): readonly Pool[] {
  return (text ?? '').split(',').flatMap((pool) => {
    const [service = '', count] = pool.split(':');
    const connections = whole(count);
    return connections === undefined ? [] : [{ service, connections, span: undefined }];
  });
}

function before(word: string): string {
  return word.split('=')[0] ?? '';
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function size(text: string | undefined): Bytes | undefined {
  const read = parseSize(text ?? '');
  return read.ok && read.value > 0 ? bytes(read.value) : undefined;
}
