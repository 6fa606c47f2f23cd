import type { ScalarValue, Stack, Value } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const bytesDropped: Rule<Stack, 'dropped'> = {
  id: 'bytes-dropped',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: 'A size written as a number with a fraction or an exponent, without quotes.',
    why: 'YAML makes a floating-point number of it, and Compose drops a size of that kind without a word: `mem_limit: 1e9` sets no limit at all.',
    instead: 'Write a whole number with a unit: `954M`, `1G`.',
    references: [],
    invalid: [
      'services:\n  web:\n    image: nginx:alpine\n    mem_limit: 1e9\n',
      'services:\n  web:\n    image: nginx:alpine\n    shm_size: 67108864.0\n',
    ],
    valid: [
      'services:\n  web:\n    image: nginx:alpine\n    mem_limit: 1000000000\n',
      'services:\n  web:\n    image: nginx:alpine\n    mem_limit: "1.5g"\n',
    ],
  },
  messages: { dropped: '{text} is a floating-point number to YAML: Compose drops it without a word, and no limit is set' },
  *check({ model }) {
    for (const { tree } of model.services) {
      const limits = at(tree.entries.get('deploy')?.value, 'resources', 'limits', 'memory');
      const sizes = [
        ...['mem_limit', 'mem_reservation', 'memswap_limit', 'shm_size'].map((key) => tree.entries.get(key)?.value),
        limits,
      ];
      for (const size of sizes)
        if (isFloat(size)) yield { message: 'dropped', data: { text: size.located.text }, span: size.located.spans[0] };
    }
  },
};

function at(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>(
    (found, key) => (found?.kind === 'map' ? found.entries.get(key)?.value : undefined),
    value,
  );
}

/** A plain scalar that reads as a float: an exponent or a point, and no unit. */
function isFloat(value: Value | undefined): value is ScalarValue {
  if (value?.kind !== 'scalar') return false;
  const written = value.located.origins.find(({ kind }) => kind === 'written');
  return written?.kind === 'written' && /^[-+]?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?$/.test(written.text);
}
