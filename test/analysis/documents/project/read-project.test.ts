import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProject } from '../../../../src/analysis/documents/project/read-project.ts';
import { parseYaml } from '../../../../src/analysis/documents/yaml.ts';
import { render } from '../../../../src/base/message.ts';
import { fileId, slice } from '../../../../src/base/span.ts';

const read = (text: string) => readProject(parseYaml({ file: fileId('/w/headroom.yaml'), text }));
const said = (text: string) => read(text).problems.map(({ span, message }) => `${slice(text, span)}: ${render(message)}`);

const FULL = `version: 1
board: pi-zero-2w
reserve: { system: lite }
host: attic-pi
stacks: [{ name: shop, files: [compose.yml, compose.prod.yml], profiles: [a], env: .env, board: pi-4-4gb }]
agents: { template: docker-compose.agent-template.yml, max: 4, ports: { base: 60000, step: 100 } }
importance: { postgres: 100, frontend: 10 }
rules: { hardening: off, limit-below-floor: error }
ignore: [{ rule: image-no-arm64, files: ["dev/**"], service: ide, reason: "laptop only" }]
`;

describe('headroom.yaml', () => {
  it('says what the project shall fit on and how it is judged', () => {
    const project = read(FULL);
    expect(project.problems).toEqual([]);
    expect(project.board?.value).toBe('pi-zero-2w');
    expect(slice(FULL, project.board!.span)).toBe('pi-zero-2w');
    expect(project.reserve?.value).toBe('lite');
    expect(project.host?.value).toBe('attic-pi');
    expect(project.stacks[0]?.files.map(({ value }) => value)).toEqual(['compose.yml', 'compose.prod.yml']);
    expect(project.stacks[0]?.env.map(({ value }) => value)).toEqual(['.env']);
    expect(project.agents).toMatchObject({ max: 4, ports: { base: 60000, step: 100 } });
    expect(Object.fromEntries(project.importance)).toEqual({ postgres: 100, frontend: 10 });
    // An unquoted off is a word here, as everywhere in Compose's YAML.
    expect(project.rules.get('hardening')?.value).toBe('off');
    expect(project.ignores[0]).toMatchObject({ service: 'ide', files: ['dev/**'], reason: 'laptop only' });
  });

  it('names a key that was meant', () => {
    expect(said('boards: pi-5-4gb\n')).toEqual(['boards: "boards" is no key of headroom.yaml here; was "board" meant?']);
    expect(said('stacks:\n  - files: a.yml\n    profile: []\n')[0]).toContain('was "profiles" meant?');
  });

  it.each([
    ['board: raspberry', 'raspberry: "raspberry" cannot be read here'],
    ['reserve: { system: windows }', 'windows: One of lite, desktop, ubuntu, dietpi, brief belongs here'],
    ['agents: { max: many }', 'many: A whole number from 1 to 99 belongs here'],
    ['rules: [a]', '[a]: Keys with values belong here'],
    ['ignore: [{ rule: x }]', '{ rule: x }: The key "reason" is missing here'],
    ['host: "pi; rm -rf /"', '"pi; rm -rf /": "pi; rm -rf /" cannot be read here'],
  ])('refuses %s at its place and reads the rest', (text, problem) => {
    expect(said(text)[0]).toContain(problem);
    expect(read(`${text}\nversion: 1\n`).kind).toBe('project');
  });

  it('leaves out what its shape refuses', () => {
    expect(read('board: raspberry\n').board).toBeUndefined();
    expect(read('host: "a b"\n').host).toBeUndefined();
  });

  it('lets x- keys and anchors be', () => {
    expect(said('x-size: &size 180M\nreserve: { size: *size }\n')).toEqual([]);
    expect(read('x-size: &size 180M\nreserve: { size: *size }\n').reserve?.value).toBe('180M');
  });

  it('never throws', () => {
    const pieces = fc.constantFrom(
      'board',
      ': ',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '*a',
      '&a ',
      'rules',
      'ignore',
      '"',
      'x',
      'constructor',
      '__proto__',
      '#',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(() => read(parts.join(''))).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
