import { describe, expect, it } from 'vitest';
import { withoutProperties } from '../../src/build/bundle-plugins.ts';

const rule = 'src/analysis/rules/compose/some-rule.ts';

describe('leaving out what the extension never reads', () => {
  it('takes the docs of an exported rule and nothing else', () => {
    const source = `export const someRule: Rule = {\n  id: 'a',\n  docs: { what: '}', valid: [\`x\`] },\n  check: ({ docs }) => docs,\n};\n`;
    expect(withoutProperties(rule, source)).toBe(
      `export const someRule: Rule = {\n  id: 'a',\n  check: ({ docs }) => docs,\n};\n`,
    );
  });

  it('also where they come last, and within satisfies', () => {
    expect(withoutProperties(rule, `export const a = { id: 'a', docs: {} } satisfies Rule;`)).toBe(
      `export const a = { id: 'a', } satisfies Rule;`,
    );
    expect(withoutProperties(rule, `export const a = { id: 'a', docs: {}, };`)).toBe(`export const a = { id: 'a', };`);
  });

  it('leaves inner constants and other folders alone', () => {
    const inner = `const a = { docs: 1 };\nexport const b = { a: { docs: 2 } };\n`;
    expect(withoutProperties(rule, inner)).toBe(inner);
    const elsewhere = `export const a = { docs: 1 };`;
    expect(withoutProperties('src/analysis/lint.ts', elsewhere)).toBe(elsewhere);
  });
});
