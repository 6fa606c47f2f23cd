import { linesOver } from '../loads/lines.ts';
import { type Configuration, type Program } from '../program.ts';

interface Variant {
  readonly id: string;
  readonly itemsMib: number;
  readonly threads: number;
  readonly connections: number;
  readonly valueBytes: number;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'm64', itemsMib: 64, threads: 4, connections: 50, valueBytes: 1000, search: true },
  { id: 'm32', itemsMib: 32, threads: 4, connections: 50, valueBytes: 1000, search: true },
  { id: 'm128-c500', itemsMib: 128, threads: 4, connections: 500, valueBytes: 1000, search: true },
  { id: 'm64-small', itemsMib: 64, threads: 4, connections: 50, valueBytes: 60, search: true },
  { id: 'm64-t1', itemsMib: 64, threads: 1, connections: 10, valueBytes: 1000 },
  { id: 'm256', itemsMib: 256, threads: 4, connections: 50, valueBytes: 1000 },
];

export const memcached: Program = {
  id: 'memcached',
  packages: ['memcached'],
  version: ['memcached', '--version'],
  image: { name: 'calibrate-memcached', programs: ['memcached'] },
  configurations: VARIANTS.map(configuration),
};

function configuration({ id, itemsMib, threads, connections, valueBytes, search }: Variant): Configuration {
  const items = Math.round((itemsMib * 1.5 * 1024 * 1024) / (valueBytes + 70));
  const value = 'x'.repeat(valueBytes);
  const set = (n: number): string => `set key:${String(n % items)} 0 0 ${String(valueBytes)}\r\n${value}\r\n`;
  return {
    id,
    settings: { itemsMib, threads, connections, valueBytes },
    service: { image: 'memcached:1.6', command: ['memcached', '-m', String(itemsMib), '-t', String(threads)] },
    docker: ['--user', 'nobody'],
    describes: `${String(connections)} connections set half as much again as fits, eight times over`,
    search: search === true,
    ready: async (target) => (await linesOver(target, 11211, 1, 1, 1, () => 'version\r\n')) > 0,
    load: async (target) => {
      await linesOver(target, 11211, connections, items * 8, 50, set);
    },
  };
}
