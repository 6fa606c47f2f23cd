import { describe, expect, it } from 'vitest';
import { ignoreHere, ignoreInProject, severityInProject } from '../../../src/analysis/fixes/acceptance.ts';
import { parseYaml } from '../../../src/analysis/documents/yaml.ts';
import { applyEdits } from '../../../src/base/edit.ts';
import { fileId } from '../../../src/base/span.ts';

import { checkText, composeFile } from '../rules/check-text.ts';

const BROKEN = 'services:\n  web:\n    image: nginx:alpine\n    mem_limit: 512 # tiny\n';
const finding = checkText(BROKEN).findings.find(({ rule }) => rule === 'limit-under-minimum')!;
const project = (text: string) => parseYaml({ file: fileId('/w/headroom.yaml'), text });
const written = (text: string, edits: ReturnType<typeof ignoreInProject>) =>
  applyEdits(fileId('/w/headroom.yaml'), text, edits ?? []);

describe('a finding that is accepted', () => {
  it('is silenced by a comment with a reason above its place', () => {
    const source = { file: composeFile, text: BROKEN };
    const after = applyEdits(composeFile, BROKEN, ignoreHere(finding, source, parseYaml(source), 'a stub\nfor tests'));
    expect(after).toBe(
      BROKEN.replace('    mem_limit', '    # headroom-ignore limit-under-minimum -- a stub for tests\n    mem_limit'),
    );
    expect(checkText(after).findings.map(({ rule }) => rule)).not.toContain('limit-under-minimum');
  });

  it('stands above its line in files that are no YAML, whatever ends the lines', () => {
    const source = { file: composeFile, text: 'a = 1\r\nfsync = off\r\n' };
    const place = { ...finding, rule: 'pg-durability-off', span: { file: composeFile, start: 7, end: 18 } };
    expect(applyEdits(composeFile, source.text, ignoreHere(place, source, undefined, 'test'))).toBe(
      'a = 1\r\n# headroom-ignore pg-durability-off -- test\r\nfsync = off\r\n',
    );
  });

  it('goes into headroom.yaml for the whole project, beside what stands there', () => {
    expect(written('board: pi-zero-2w\n', ignoreInProject(project('board: pi-zero-2w\n'), finding, 'why'))).toContain(
      'ignore:\n  - rule: limit-under-minimum\n',
    );
    const before = 'ignore:\n  - rule: a\n    reason: b\n';
    expect(written(before, ignoreInProject(project(before), finding, 'why'))).toContain(
      'reason: b\n  - rule: limit-under-minimum\n    reason: why\n',
    );
  });

  it('gets another severity there', () => {
    const before = 'rules: { hardening: off }\n';
    expect(written(before, severityInProject(project(before), finding, 'hint'))).toBe(
      'rules: { hardening: off, limit-under-minimum: hint }\n',
    );
  });
});
