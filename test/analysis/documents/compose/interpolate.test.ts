import { describe, expect, it } from 'vitest';
import { interpolate } from '../../../../src/analysis/documents/compose/interpolate.ts';

const values: Readonly<Record<string, string>> = { A: '1', EMPTY: '', B: 'b$C' };
const run = (template: string) =>
  interpolate(template, (name) =>
    name in values ? { value: values[name] ?? '', origins: [{ kind: 'environment', name }] } : undefined,
  );

describe('substitution', () => {
  it.each([
    ['$A-x', '1-x'],
    ['${A}${A}', '11'],
    ['${NO:-d}', 'd'],
    ['${EMPTY:-d}|${EMPTY-d}', 'd|'],
    ['${A:+set}|${EMPTY:+set}|${EMPTY+set}', 'set||set'],
    ['${NO:-${ALSO:-deep}}/x', 'deep/x'],
    ['${NO:-a:-b}', 'a:-b'],
    ['$$A $$', '$A $'],
    ['$5 $ ', '$5 $ '],
    ['${B}', 'b$C'],
    ['${NO-a} ${NO:-b}}', 'a b}'],
  ])('%s becomes %s', (template, text) => {
    expect(run(template)).toMatchObject({ text, error: undefined });
  });

  it.each(['${', '${}', '${1A}', '${A', '${A!x}'])('%s is invalid', (template) => {
    expect(run(template).error?.kind).toBe('invalid');
  });

  it('refuses where a required variable has no value, and says why', () => {
    expect(run('x${NO:?set ${A} first}').error).toEqual({ kind: 'required', start: 1, name: 'NO', reason: 'set 1 first' });
    expect(run('${EMPTY?unset}').error).toBeUndefined();
  });
});

describe('what was used', () => {
  it('names each variable that decided, with its place and the default that stood in', () => {
    const { uses } = run('a ${NO:-d} $A');
    expect(uses.map(({ name, start, end, fallback, unset }) => [name, start, end, fallback, unset])).toEqual([
      ['NO', 2, 10, 'd', false],
      ['A', 11, 13, undefined, false],
    ]);
  });

  it('marks what became empty because nothing set it', () => {
    expect(run('$NO').uses).toMatchObject([{ name: 'NO', unset: true }]);
    expect(run('${NO:+x}').uses).toMatchObject([{ name: 'NO', unset: false }]);
  });

  it('leaves out the variables of a default that was not taken', () => {
    expect(run('${A:-$NO}').uses.map(({ name }) => name)).toEqual(['A']);
  });
});
