import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readProject } from '../../../../src/analysis/documents/project/read-project.ts';
import { parseYaml } from '../../../../src/analysis/documents/yaml.ts';
import { fileId } from '../../../../src/base/span.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../media/headroom.schema.json'), 'utf8')) as object;
const validate = new Ajv({ strict: false }).compile(schema);
const bySchema = (text: string): boolean => validate(parse(text));
const byReader = (text: string): boolean =>
  readProject(parseYaml({ file: fileId('/w/headroom.yaml'), text })).problems.length === 0;

describe('the schema of headroom.yaml', () => {
  it.each([
    'board: pi-zero-2w\nreserve: { system: lite }\n',
    'board: 768M\nreserve: { size: 180M }\n',
    'stacks: [{ name: shop, files: [compose.yml, compose.prod.yml], profiles: [], env: .env, board: pi-4-4gb }]\n',
    'agents: { template: docker-compose.agent-template.yml, max: 4, ports: { base: 60000, step: 100 } }\n',
    'importance: { postgres: 100 }\nrules: { hardening: "off", limit-split: error }\n',
    'ignore: [{ rule: image-no-arm64, files: ["dev/**"], service: ide, reason: "laptop only" }]\n',
    'x-mine: anything\n',
  ])('accepts what the reader accepts: %j', (text) => {
    expect([bySchema(text), byReader(text)]).toEqual([true, true]);
  });

  it.each([
    'boards: pi-zero-2w\n',
    'board: raspberry\n',
    'reserve: { system: windows }\n',
    'agents: { max: many }\n',
    'agents: { ports: { base: 80, step: 1 } }\n',
    'stacks: [{ name: shop }]\n',
    'ignore: [{ rule: image-no-arm64 }]\n',
    'rules: { limit-split: fatal }\n',
    'host: "a b; c"\n',
  ])('refuses what the reader refuses: %j', (text) => {
    expect([bySchema(text), byReader(text)]).toEqual([false, false]);
  });
});
