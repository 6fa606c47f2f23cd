import fc from 'fast-check';

/** Damage as typing and merging do it: a piece too many, too few, twice, upside down. */
type Mutation = readonly [kind: string, at: number, length: number, with_: string];

const pieces = fc.constantFrom(
  ...[
    ':',
    '- ',
    '\n',
    '  ',
    '\t',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '#',
    '&a ',
    '*a',
    '<<: *a',
    '!reset ',
    '!!int ',
    '|',
    '>-',
    '? ',
  ],
  ...['${', '${A:-', '}', '$$', '\r', '\u0000', '\uFEFF', '\uD800', '\u2028', '---\n', '...\n', ',', '%', '@', '`', '~', 'null'],
  ...[
    'services:',
    'extends:',
    'include: [compose.yaml]',
    'mem_limit: ',
    'deploy:',
    '99999999999999999999',
    '-1',
    '1e999',
    '.inf',
    '0x',
  ],
);
export const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.constantFrom('insert', 'delete', 'repeat', 'swap', 'cut'),
  fc.nat(100_000),
  fc.integer({ min: 1, max: 60 }),
  pieces,
);

export function mutated(text: string, [kind, where, length, piece]: Mutation): string {
  const at = text.length === 0 ? 0 : where % text.length;
  const [before, part, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
  switch (kind) {
    case 'insert':
      return before + piece + part + after;
    case 'delete':
      return before + after;
    case 'repeat':
      return before + part + part + after;
    case 'swap':
      return before + part.split('\n').reverse().join('\n') + after;
    default:
      return before;
  }
}
