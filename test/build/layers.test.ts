import { describe, expect, it } from 'vitest';
import layers from '../../src/build/layers.json' with { type: 'json' };
import { metafiles, packageOf } from './metafiles.ts';

interface Room {
  readonly ours: readonly string[];
  readonly others: readonly string[];
  readonly except?: Readonly<Record<string, readonly string[]>>;
}

const rooms: Readonly<Record<string, Room>> = layers;

describe('the walls, seen from what the bundler really joined', () => {
  it.each([...metafiles.keys()])('%s: no room reaches into one that the table does not open to it', (name) => {
    expect(
      importsIn(name)
        .filter(({ from, to }) => !isAllowed(from, to))
        .map(({ from, to }) => `${from} -> ${to}`),
    ).toEqual([]);
  });

  it('sees an import that crosses a wall', () => {
    expect(isAllowed('src/base/bytes.ts', 'src/analysis/lint.ts')).toBe(false);
    expect(isAllowed('src/analysis/lint.ts', 'node:fs')).toBe(false);
    expect(isAllowed('src/analysis/lint.ts', 'node_modules/yaml/dist/index.js')).toBe(false);
    expect(isAllowed('src/analysis/documents/yaml.ts', 'node_modules/yaml/dist/index.js')).toBe(true);
    expect(isAllowed('src/editor/extension.ts', 'src/cli/main.ts')).toBe(false);
  });

  it('keeps linting free of everything that connects', () => {
    for (const name of ['extension', 'browser']) {
      const packages = new Set(Object.keys(metafiles.get(name)?.inputs ?? {}).map(packageOf));
      for (const heavy of ['ssh2', 'dockerode', 'docker-modem']) expect(packages, name).not.toContain(heavy);
    }
  });
});

/** Imports of our files as the bundler resolved them; types are gone by then. */
function importsIn(name: string): { from: string; to: string }[] {
  return Object.entries(metafiles.get(name)?.inputs ?? {})
    .filter(([from]) => from.startsWith('src/'))
    .flatMap(([from, { imports }]) => imports.map(({ path }) => ({ from, to: path })));
}

function isAllowed(from: string, to: string): boolean {
  // A lazy part is checked in the bundle that it is.
  if (/^\.\/[a-z0-9-]+\.cjs$/.test(to)) return true;
  // Words in other languages are data: they import nothing.
  if (/^l10n\/[^/]+\.json$/.test(to)) return true;
  const room = roomOf(from);
  const table = room === undefined ? undefined : rooms[room];
  if (room === undefined || table === undefined) return false;
  if (to.startsWith('src/')) {
    const other = roomOf(to);
    return other !== undefined && (isWithin(other, room) || table.ours.some((mine) => isWithin(other, mine)));
  }
  const name = packageOf(to) ?? to;
  return othersOf(table, from).some(
    (pattern) => pattern === '*' || pattern === name || (pattern === 'node:*' && name.startsWith('node:')),
  );
}

function othersOf(table: Room, file: string): readonly string[] {
  const exception = Object.entries(table.except ?? {}).find(([path]) =>
    path.endsWith('/') ? file.startsWith(`src/${path}`) : file === `src/${path}`,
  );
  return exception?.[1] ?? table.others;
}

/** The innermost room, since rooms nest. */
function roomOf(file: string): string | undefined {
  return Object.keys(rooms)
    .filter((room) => file.startsWith(`src/${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function isWithin(room: string, other: string): boolean {
  return room === other || room.startsWith(`${other}/`);
}
