import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../../src/analysis/check-file.ts';
import { checkStack } from '../../src/analysis/check-stack.ts';
import { kindOf } from '../../src/analysis/document-kinds.ts';
import * as dockerfile from '../../src/analysis/dockerfile/check-dockerfiles.ts';
import { Documents } from '../../src/analysis/documents/compose/resolve.ts';
import type { FileReader } from '../../src/analysis/documents/source.ts';
import { boardById } from '../../src/analysis/memory/boards.ts';
import * as mounted from '../../src/analysis/mounted/check-mounted.ts';
import * as postgres from '../../src/analysis/postgres/check-postgres.ts';
import type { Surroundings } from '../../src/analysis/rules/surroundings.ts';
import { LineIndex } from '../../src/base/position.ts';
import { fileId, type FileId } from '../../src/base/span.ts';
import { DiskFiles } from '../../src/cli/disk-files.ts';
import { checkText, nothingKnown } from '../analysis/rules/check-text.ts';
import { sharedFolder } from './shared-folder.ts';

/*
 * The files of somebody's real systems, with the mistakes that are known to be in them: every one is found where it
 * stands, and nothing else is. Line and rule of each finding, all severities.
 */

const stacks = join(sharedFolder ?? '', 'stacks');
const parts = { postgres, dockerfile, mounted };

/** Where a file of the stack expects another one, and where that lies. */
const elsewhere: Readonly<Record<string, string>> = {
  'production/monitoring/prometheus.yml': 'production/prometheus.yml',
  'production/nginx/nginx.conf': 'production/nginx.conf',
};

interface Around {
  readonly board?: string;
  readonly agents?: number;
  readonly agentPorts?: Surroundings['agentPorts'];
}

function found(
  name: string,
  { board = 'none', agents: count = 1, agentPorts }: Around = {},
): Readonly<Record<string, readonly string[]>> {
  const disk = new DiskFiles();
  const moved = new Map(Object.entries(elsewhere).map(([from, to]) => [join(stacks, from), fileId(join(stacks, to))]));
  const reader: FileReader = { read: (file) => disk.read(moved.get(file) ?? file), list: (folder) => disk.list(folder) };
  const documents = new Documents(reader);
  const file = fileId(join(stacks, name));
  const judgement = {
    surroundings: { ...nothingKnown, board: boardById(board), agents: count, agentPorts },
    rules: new Map(),
    project: undefined,
  };
  const kind = kindOf(file);
  const { findings } =
    kind === undefined || kind === 'compose'
      ? checkStack({ stack: { files: [file], environment: new Map(), profiles: [] }, documents, judgement, parts })
      : checkFile(file, kind, { documents, judgement, parts });
  const byFile: Record<string, string[]> = {};
  for (const { rule, span, severity } of findings) {
    const path = span.file.slice(stacks.length + 1);
    (byFile[path] ??= []).push(`${lineOf(span.file, span.start)} ${rule} ${severity}`);
  }
  return byFile;
}

function lineOf(file: FileId, offset: number): number {
  return new LineIndex(readFileSync(file, 'utf8')).position(offset).line + 1;
}

const agents = { base: 60000, step: 100, max: 4, template: undefined };
const ignored = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `${from + at} ignored-environment warning`);

/** Each system: what is found while no board is chosen, by file. */
const systems: readonly { readonly file: string; readonly around?: Around; readonly finds: Record<string, string[]> }[] = [
  {
    file: 'zero/docker-compose.agent-template.yml',
    finds: {
      'zero/docker-compose.agent-template.yml': [
        '2 obsolete-version hint',
        '10 hard-coded-secret hint',
        ...ignored(12, 18),
        '22 limit-below-floor info',
        '43 dotnet-knob-without-effect hint',
        '44 dotnet-hexadecimal warning',
        '61 heap-cap-at-limit warning',
        '65 limit-below-floor info',
      ],
    },
  },
  {
    file: 'zero/postgresql-pi-zero.conf',
    finds: {
      'zero/postgresql-pi-zero.conf': [
        '1 pg-sql-comment error',
        '2 pg-sql-comment error',
        '9 pg-sql-comment error',
        '13 pg-sql-comment error',
        '15 pg-card-unfit-setting info',
        '21 pg-sql-comment error',
      ],
    },
  },
  {
    file: 'zero-limited/docker-compose.agent-template.yml',
    finds: {
      'zero-limited/docker-compose.agent-template.yml': [
        '3 privileges-kept hint',
        '8 hard-coded-secret hint',
        ...ignored(12, 18),
        '22 limit-below-floor info',
        '28 database-published hint',
        '48 dotnet-hexadecimal warning',
        '49 dotnet-hexadecimal warning',
        '51 dotnet-hexadecimal warning',
        '77 build-time-variable warning',
        '99 isolated-peers warning',
      ],
    },
  },
  {
    file: 'shared-services/docker-compose.agent-lightweight.yml',
    finds: {
      'shared-services/docker-compose.agent-lightweight.yml': [
        '5 privileges-kept hint',
        '19 dotnet-hexadecimal warning',
        '43 build-time-variable warning',
      ],
    },
  },
  {
    file: 'shared-services/docker-compose.shared-services.yml',
    around: { agentPorts: agents },
    finds: {
      'shared-services/docker-compose.shared-services.yml': [
        '6 privileges-kept hint',
        '11 hard-coded-secret hint',
        ...ignored(16, 20),
        '24 limit-below-floor info',
        '30 agent-port-collision warning',
        '30 database-published hint',
        '58 agent-port-collision warning',
        '58 database-published hint',
      ],
    },
  },
  {
    file: 'production/docker-compose.prod.yml',
    finds: {
      'production/docker-compose.prod.yml': [
        '2 obsolete-version hint',
        '6 privileges-kept hint',
        '35 heap-cap-at-limit warning',
        '41 limit-below-floor info',
        '51 dotnet-name-case warning',
        '52 dotnet-name-case warning',
        '58 unhealthy-dependency warning',
        '76 password-missing warning',
        '85 limit-below-floor info',
        '100 limit-below-floor info',
        '107 unread-file-variable warning',
        '117 limit-below-floor warning',
        '131 swarm-only-secret warning',
        '133 swarm-only-secret warning',
        '135 swarm-only-secret warning',
      ],
      'production/nginx.conf': ['34 nginx-cache-before-auth warning'],
      'production/prometheus.yml': ['15 prometheus-localhost-target warning', '20 prometheus-localhost-target warning'],
    },
  },
  {
    // A fragment that is merged over others.
    file: 'production/limits.compose.yml',
    finds: { 'production/limits.compose.yml': [4, 14, 24, 34].map((line) => `${line} compose-refused hint`) },
  },
  {
    file: 'production/postgresql.conf',
    finds: { 'production/postgresql.conf': ['1 pg-sql-comment error', '7 pg-removed-setting error'] },
  },
  {
    file: 'production/backend.Dockerfile',
    finds: {
      'production/backend.Dockerfile': [
        '24 dockerfile-empty-stage warning',
        '24 dockerfile-empty-stage warning',
        '24 dockerfile-libc-mismatch warning',
      ],
    },
  },
  {
    file: 'production/backend.before.Dockerfile',
    finds: {
      'production/backend.before.Dockerfile': ['2 dockerfile-empty-stage warning', '2 dockerfile-empty-stage warning'],
    },
  },
  {
    file: 'production/frontend.Dockerfile',
    finds: { 'production/frontend.Dockerfile': ['12 dockerfile-empty-stage warning'] },
  },
  {
    file: 'production/frontend.before.Dockerfile',
    finds: { 'production/frontend.before.Dockerfile': ['2 dockerfile-dev-server warning', '2 dockerfile-root-user hint'] },
  },
  {
    // By itself it may belong to a Prometheus without a container.
    file: 'production/prometheus.yml',
    finds: {
      'production/prometheus.yml': ['15 prometheus-localhost-target hint', '20 prometheus-localhost-target hint'],
    },
  },
  { file: 'production/nginx.conf', finds: { 'production/nginx.conf': ['34 nginx-cache-before-auth warning'] } },
  {
    file: 'pi4/docker-compose.full.yml',
    finds: {
      'pi4/docker-compose.full.yml': [
        '5 pg-jit-on-small-board info',
        '5 pg-worst-case-memory info',
        '14 heap-cap-at-limit warning',
        '17 limit-below-floor info',
        // Three services share one anchor.
        ...Array<string>(3).fill('22 heap-cap-at-limit warning'),
        ...Array<string>(3).fill('25 limit-below-floor info'),
        '36 heap-cap-at-limit warning',
        '39 limit-below-floor info',
      ],
    },
  },
];

describe.runIf(sharedFolder !== undefined)('the systems of the brief', () => {
  it.each(systems)('$file has these findings and no others', ({ file, around, finds }) => {
    expect(found(file, around)).toEqual(finds);
  });

  it.each([
    ['zero/docker-compose.agent-template.yml', '4 stack-over-budget warning'],
    ['zero-limited/docker-compose.agent-template.yml', '2 stack-over-budget error'],
    ['shared-services/docker-compose.shared-services.yml', '4 stack-over-budget warning'],
    // 608M with the monitoring, 480M without.
    ['production/docker-compose.prod.yml', '4 stack-over-budget error'],
    ['production/limits.compose.yml', '2 stack-over-budget warning'],
  ])('%s does not fit on a Zero 2 W', (file, finding) => {
    const judged = found(file, { board: 'pi-zero-2w' })[file] ?? [];
    const before = found(file)[file] ?? [];
    expect(judged).toContain(finding);
    // Nothing else depends on the board than the whole, and what it does with swap.
    expect(judged.filter((each) => !before.includes(each)).map((each) => each.split(' ')[1])).toEqual([
      'stack-over-budget',
      'swap-by-default',
    ]);
  });

  it('three agents of the first template ask for more than four cores', () => {
    const file = 'zero/docker-compose.agent-template.yml';
    const rules = (count: number): boolean =>
      (found(file, { board: 'pi-zero-2w', agents: count })[file] ?? []).some((each) => each.includes('cpus-over-board'));
    expect([rules(1), rules(2), rules(3)]).toEqual([false, false, true]);
  });

  it('a mapping with `memory` three times is no YAML', () => {
    const text =
      'services:\n  web:\n    image: nginx:alpine\n    deploy:\n      resources:\n        limits:\n          memory: 64M\n          memory: 96M\n          memory: 128M\n';
    const rules = checkText(text).findings.map(({ rule }) => rule);
    expect(rules).toContain('yaml-invalid');
  });
});
