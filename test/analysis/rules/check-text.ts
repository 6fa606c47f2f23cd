import { checkStack, type CheckedStack, type Parts } from '../../../src/analysis/check-stack.ts';
import { Documents } from '../../../src/analysis/documents/compose/resolve.ts';
import type { FileReader } from '../../../src/analysis/documents/source.ts';
import type { RuleSettings } from '../../../src/analysis/lint.ts';
import { defaultReserve } from '../../../src/analysis/memory/reserve.ts';
import type { Surroundings } from '../../../src/analysis/rules/surroundings.ts';
import { fileId, type FileId } from '../../../src/base/span.ts';

export const composeFile = fileId('/w/compose.yml');

export const nothingKnown: Surroundings = {
  board: undefined,
  reserve: defaultReserve,
  host: undefined,
  agents: 1,
  importance: new Map(),
};

/** Files by name, as if they lay in one folder. */
export function filesOf(files: Readonly<Record<string, string>>): FileReader {
  const sources = new Map(
    Object.entries(files).map(([name, text]) => [fileId(`/w/${name}`), { file: fileId(`/w/${name}`), text }]),
  );
  return {
    read(file: FileId) {
      const source = sources.get(file);
      return source === undefined ? { kind: 'missing' } : { kind: 'text', source };
    },
    list: (folder: FileId) => (folder === '/w' ? { kind: 'names', names: Object.keys(files) } : { kind: 'missing' }),
  };
}

/** A stack of several files in one folder, `compose.yml` among them. */
export function checkStackOf(files: Readonly<Record<string, string>>, parts: Parts): CheckedStack {
  return checkStack({
    stack: { files: [composeFile], environment: new Map(), profiles: [] },
    documents: new Documents(filesOf(files)),
    parts,
    judgement: { surroundings: nothingKnown, rules: new Map(), project: undefined },
  });
}

export interface CheckOptions {
  readonly surroundings?: Partial<Surroundings>;
  readonly settings?: RuleSettings;
  readonly others?: Readonly<Record<string, string>>;
}

export function checkText(
  text: string,
  { surroundings = {}, settings = new Map(), others = {} }: CheckOptions = {},
): CheckedStack {
  return checkStack({
    stack: { files: [composeFile], environment: new Map(), profiles: [] },
    documents: new Documents(filesOf({ 'compose.yml': text, ...others })),
    parts: {},
    judgement: { surroundings: { ...nothingKnown, ...surroundings }, rules: settings, project: undefined },
  });
}
