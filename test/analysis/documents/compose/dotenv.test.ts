import { describe, expect, it } from 'vitest';
import { readEnvironmentFile } from '../../../../src/analysis/documents/compose/dotenv.ts';
import { fileId, slice } from '../../../../src/base/span.ts';

const read = (text: string, shell: Readonly<Record<string, string>> = {}) =>
  readEnvironmentFile({ file: fileId('.env'), text }, (name) =>
    name in shell ? { value: shell[name] ?? '', origins: [] } : undefined,
  );
const values = (text: string, shell?: Readonly<Record<string, string>>) =>
  Object.fromEntries([...read(text, shell).variables].map(([name, { value }]) => [name, value]));

describe('an environment file', () => {
  it('has names and values, comments, blank lines and exports', () => {
    expect(values('# c\n\nA=1\nexport B = two words # c\nC: 3\nD=\nE=#x\n')).toEqual({
      A: '1',
      B: 'two words',
      C: '3',
      D: '',
      E: '#x',
    });
  });

  it('takes single quotes literally and expands double ones', () => {
    expect(values(`A='$X \\n #'\nB="a\\n$X"\nC="\\$X"\n`, { X: 'x' })).toEqual({ A: '$X \\n #', B: 'a\nx', C: '$X' });
  });

  it('lets a quoted value run over lines', () => {
    expect(values('A="one\ntwo"\nB=3\n')).toEqual({ A: 'one\ntwo', B: '3' });
  });

  it('sees its own earlier lines, the shell first', () => {
    expect(values('A=file\nB=${A}\n')).toMatchObject({ B: 'file' });
    expect(values('A=file\nB=${A}\n', { A: 'shell' })).toMatchObject({ A: 'file', B: 'shell' });
  });

  it('inherits a bare name', () => {
    expect(values('A\nB\n', { A: 'shell' })).toEqual({ A: 'shell' });
  });

  it('copes with CRLF and a byte order mark', () => {
    expect(values('\uFEFFA=1\r\nB=2\r\n')).toEqual({ A: '1', B: '2' });
  });

  it.each(['A B=1\n', 'A!=1\n', 'A="open\n', 'A=${\n'])('stops at %j', (text) => {
    expect(read(`Z=1\n${text}`).error).toBeDefined();
    expect(values(`Z=1\n${text}`)).toEqual({ Z: '1' });
  });

  it('knows where each value stands, quotes included', () => {
    const text = 'A=1\nexport B="two" # c\n';
    const { variables } = read(text);
    expect([...variables.values()].map(({ key, span }) => [slice(text, key), slice(text, span)])).toEqual([
      ['A', '1'],
      ['B', '"two"'],
    ]);
  });
});
