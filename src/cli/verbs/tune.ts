import { readFileSync, writeFileSync } from 'node:fs';
import { parsePostgresConf } from '../../analysis/documents/postgres/parse.ts';
import { NEWEST_VERSION, SUPPORTED_VERSIONS } from '../../analysis/documents/postgres/settings.ts';
import { tunePostgres, type Tuning, type TuneRequest, type Workload } from '../../analysis/memory/postgres-tuner/tune.ts';
import { keptIn, tunedConf, tunedEdits, tunedWords } from '../../analysis/memory/postgres-tuner/write.ts';
import { parseSize } from '../../base/bytes.ts';
import { applyEdits } from '../../base/edit.ts';
import { message, render } from '../../base/message.ts';
import { joinPath } from '../../base/path.ts';
import { fileId } from '../../base/span.ts';
import type { PostgresConf } from '../../analysis/documents/postgres/model.ts';
import { text } from '../postgres-text.ts';
import { flag, textOption, UsageError, type Call, type ExitCode, type Terminal, type Verb } from '../verb.ts';

export const tune: Verb = {
  name: 'tune',
  summary: text.tuneSummary,
  usage:
    'headroom tune postgres [CONF] --limit SIZE [--connections N] [--storage sd|ssd] [--pg MAJOR] [--workload web|oltp|mixed] [--cores N] [--as conf|command] [--write] [--json]',
  options: {
    limit: { type: 'string' },
    connections: { type: 'string' },
    storage: { type: 'string' },
    pg: { type: 'string' },
    workload: { type: 'string' },
    cores: { type: 'string' },
    as: { type: 'string' },
    write: { type: 'boolean' },
  },
  run(call, terminal) {
    const [program, file] = call.words;
    if (program !== 'postgres') throw new UsageError(message(text.unknownProgram, { program: program ?? '' }));
    const conf = file === undefined ? undefined : readConf(file, terminal, versionOf(call));
    const tuned = tunePostgres(requestOf(call, conf));
    if (tuned.ok) return print(tuned.value, conf, call, terminal);
    if (textOption(call, 'format') === 'json') {
      terminal.out(`${JSON.stringify({ version: 1, refused: tuned.error.map((each) => render(each)) })}\n`);
    } else for (const said of tuned.error) terminal.say(said);
    return 1;
  },
};

function requestOf(call: Call, conf: PostgresConf | undefined): TuneRequest {
  const limit = parseSize(textOption(call, 'limit') ?? '');
  if (!limit.ok) throw new UsageError(message(text.needsLimit));
  return {
    limit: limit.value,
    connections: wholeOption(call, 'connections'),
    storage: choice(call, 'storage', { sd: 'card', card: 'card', ssd: 'ssd' }, 'card'),
    version: versionOf(call) ?? NEWEST_VERSION,
    workload: choice<Workload>(call, 'workload', { web: 'web', oltp: 'oltp', mixed: 'mixed' }, 'web'),
    // A Pi has four; the first ones with one are beyond what this is for.
    cores: wholeOption(call, 'cores') ?? 4,
    kept: conf === undefined ? new Map() : keptIn(conf),
  };
}

function print(tuning: Tuning, conf: PostgresConf | undefined, call: Call, terminal: Terminal): ExitCode {
  if (textOption(call, 'format') === 'json') terminal.out(`${JSON.stringify(asJson(tuning), undefined, 2)}\n`);
  else if (choice(call, 'as', { conf: 'conf', command: 'command' }, 'conf') === 'command') {
    terminal.out(
      `command:\n  - postgres\n${tunedWords(tuning)
        .map((word) => `  - ${word}\n`)
        .join('')}`,
    );
  } else if (conf === undefined) terminal.out(tunedConf(tuning, terminal.translate));
  else {
    const { file, text: before } = conf.source;
    const after = applyEdits(file, before, tunedEdits(conf, tuning, terminal.translate));
    if (flag(call, 'write')) writeFileSync(file, after);
    else terminal.out(after);
  }
  return 0;
}

function asJson({ request, connections, settings, estimate }: Tuning): unknown {
  const { limit, storage, version: pg, workload } = request;
  return {
    version: 1,
    limit,
    connections,
    storage,
    pg,
    workload,
    peak: estimate.peak,
    settings: settings.map(({ name, value, reason }) => ({ name, value, reason: render(reason) })),
  };
}

function readConf(path: string, terminal: Terminal, version: number | undefined): PostgresConf {
  const file = joinPath(fileId(terminal.workingDirectory), path);
  try {
    return parsePostgresConf({ file, text: readFileSync(file, 'utf8') }, version);
  } catch {
    throw new UsageError(message(text.cannotRead, { file: path }));
  }
}

function versionOf(call: Call): number | undefined {
  const written = textOption(call, 'pg');
  if (written === undefined) return undefined;
  const version = Number(/^(\d+)(?:\.\d+)?$/.exec(written)?.[1]);
  if ((SUPPORTED_VERSIONS as readonly number[]).includes(version)) return version;
  throw new UsageError(message(text.badVersion, { version: written, known: SUPPORTED_VERSIONS.join(', ') }));
}

function wholeOption(call: Call, name: string): number | undefined {
  const written = textOption(call, name);
  if (written === undefined) return undefined;
  if (/^\d+$/.test(written)) return Number(written);
  throw new UsageError(message(text.badNumber, { option: `--${name}`, value: written }));
}

function choice<T extends string>(call: Call, name: string, known: Readonly<Record<string, T>>, fallback: T): T {
  const written = textOption(call, name);
  const chosen = written === undefined ? fallback : known[written];
  if (chosen !== undefined) return chosen;
  throw new UsageError(
    message(text.badChoice, { option: `--${name}`, value: written ?? '', known: Object.keys(known).join(', ') }),
  );
}
