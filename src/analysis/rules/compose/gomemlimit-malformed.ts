import type { Stack } from '../../documents/compose/model.ts';
import { rewrite } from '../../documents/rewrite.ts';
import type { FixReport, Rule } from '../rule.ts';
import type { Located } from '../../documents/located.ts';

export const gomemlimitMalformed: Rule<Stack, 'malformed' | 'write'> = {
  id: 'gomemlimit-malformed',
  appliesTo: 'compose',
  severity: 'error',
  group: 'runtime',
  docs: {
    what: 'A `GOMEMLIMIT` in a spelling that Go does not take.',
    why: 'The runtime accepts whole bytes or a whole number with B, KiB, MiB, GiB or TiB, in exactly that case. Anything else ends the program before its first line: "malformed GOMEMLIMIT".',
    instead: 'Write `GOMEMLIMIT: 96MiB`.',
    references: ['https://pkg.go.dev/runtime#hdr-Environment_Variables'],
    invalid: [
      'services:\n  app:\n    image: app\n    environment:\n      GOMEMLIMIT: 400MB\n',
      'services:\n  app:\n    image: app\n    environment: [GOMEMLIMIT=1.5GiB]\n',
    ],
    valid: [
      'services:\n  app:\n    image: app\n    environment:\n      GOMEMLIMIT: 400MiB\n',
      'services:\n  app:\n    image: app\n    environment:\n      GOMEMLIMIT: "off"\n',
    ],
  },
  messages: {
    malformed: 'Go does not take {text}: the program ends at once with "malformed GOMEMLIMIT"',
    write: 'Write {better}',
  },
  *check({ model }) {
    for (const { environment } of model.services) {
      const limit = environment.get('GOMEMLIMIT')?.value;
      if (limit?.value === undefined || limit.text === '' || /^(?:off|\d+(?:B|KiB|MiB|GiB|TiB)?)$/.test(limit.text)) continue;
      yield { message: 'malformed', data: { text: limit.text }, span: limit.spans[0], fixes: betterSpelling(limit) };
    }
  },
};

/** The same size as Go spells it, where the meaning is plain. */
function betterSpelling(limit: Located<string>): FixReport<'write'>[] {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt])i?b?$/i.exec(limit.text);
  if (match === null) return [];
  const [, number = '', unit = ''] = match;
  const whole = number.includes('.') ? fraction(Number(number), unit) : `${number}${unit.toUpperCase()}iB`;
  const edits = rewrite(limit, whole);
  return edits === undefined ? [] : [{ title: 'write', data: { better: whole }, safety: 'review', edits }];
}

/** Go takes no fractions, so the next smaller unit carries it. */
function fraction(number: number, unit: string): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  return `${Math.round(number * 1024)}${units['kmgt'.indexOf(unit.toLowerCase())] ?? 'B'}`;
}
