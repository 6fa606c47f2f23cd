import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/base/edit.ts';
import { mebibytes } from '../../../src/base/bytes.ts';
import { parseYaml } from '../../../src/analysis/documents/yaml.ts';
import { settingEdits } from '../../../src/analysis/memory/fit/setting-edits.ts';
import { runtimeOf, runtimes } from '../../../src/analysis/memory/runtimes.ts';
import { FILE, serviceText, stack } from './service-builder.ts';

/** Fits the only service of the text to a limit and gives the changed text. */
function fitted(text: string, limit: number): string | undefined {
  const service = stack(text).services[0]!;
  const given = { service, limit: mebibytes(limit), boardMemory: undefined, cores: undefined };
  const fitting = runtimeOf(given)!.fitTo?.(given, mebibytes(limit));
  if (fitting === undefined) return undefined;
  const edits = settingEdits(parseYaml({ file: FILE, text }), service, fitting.changes);
  return edits && applyEdits(FILE, text, edits);
}

describe('a setting that is turned down', () => {
  it.each([
    [
      'a word of its own',
      'services:\n  cache:\n    image: redis:7\n    command: ["redis-server", "--save", "", "--maxmemory", "256mb"] # keep\n',
      '"--maxmemory", "',
    ],
    [
      'a word with its name',
      'services:\n  db:\n    image: mariadb\n    command: --innodb-buffer-pool-size=512M --skip-log-bin\n',
      'pool-size=',
    ],
    [
      'a variable in a map',
      'services:\n  web:\n    image: node:20\n    environment:\n      NODE_OPTIONS: "--max-old-space-size=512" # why\n',
      'size=',
    ],
    [
      'a variable in a list',
      'services:\n  web:\n    image: node:20\n    environment:\n      - NODE_OPTIONS=--max-old-space-size=512\n',
      'size=',
    ],
  ])('is changed in place: %s', (_what, text, before) => {
    const after = fitted(text, 260)!;
    const at = text.indexOf(before) + before.length;
    expect(after.slice(0, at)).toBe(text.slice(0, at));
    expect(after.replace(/\d+/g, 'N')).toBe(text.replace(/\d+/g, 'N'));
    expect(after).not.toBe(text);
  });

  it('is added where it stood nowhere', () => {
    expect(fitted('services:\n  db:\n    image: postgres:16\n', 128)).toMatch(
      /command:\s+- postgres\s+- -c\s+- shared_buffers=\d+MB/,
    );
    expect(fitted('services:\n  web:\n    image: node:20\n    environment:\n      - PORT=80\n', 96)).toMatch(
      /- NODE_OPTIONS=--max-old-space-size=\d+\n/,
    );
    expect(fitted('services:\n  db:\n    image: postgres:16\n    command: postgres -c fsync=on\n', 128)).toMatch(
      /fsync=on -c shared_buffers=\d+MB/,
    );
  });

  it('leads to the very estimate that the fit promised, whatever the runtime', () => {
    for (const example of runtimes.flatMap((model) => model.examples)) {
      const text = serviceText(example.service);
      const service = stack(text).services[0]!;
      for (const limit of [64, 128, 200, 400].map(mebibytes)) {
        const given = { service, limit, boardMemory: undefined, cores: 4 };
        const fitting = runtimeOf(given)!.fitTo?.(given, limit);
        const edits = fitting && settingEdits(parseYaml({ file: FILE, text }), service, fitting.changes);
        if (fitting === undefined || edits === undefined) continue;
        const after = { ...given, service: stack(applyEdits(FILE, text, edits)).services[0]! };
        expect(runtimeOf(after)!.estimate(after), `${example.service}\n${applyEdits(FILE, text, edits)}`).toMatchObject({
          floor: fitting.estimate.floor,
          peak: fitting.estimate.peak,
        });
      }
    }
  });
});
