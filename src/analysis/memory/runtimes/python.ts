import { mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate } from '../estimate.ts';
import { evidenceOf } from '../evidence.ts';
import { optionChange, turnDown, variableChange } from '../fitting.ts';
import { hasWord, option, originOf, programName, programWords, variable, type Setting } from '../program.ts';
import { byDefault, known, measured, programText, region, unknown } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const python: RuntimeModel = {
  id: 'python',
  references: ['https://docs.gunicorn.org/en/stable/design.html#how-many-workers'],
  detects: (inputs) =>
    evidenceOf(inputs, {
      image: /^(?:python|uvicorn-gunicorn(?:-fastapi|-starlette)?)$/,
      program: /^(?:python[\d.]*|gunicorn|uvicorn|hypercorn|celery|flask|django-admin|uwsgi|daphne)$/,
      variable: /^(?:PYTHONUNBUFFERED|PYTHONPATH|DJANGO_SETTINGS_MODULE|FLASK_APP|GUNICORN_CMD_ARGS|WEB_CONCURRENCY)$/,
    }),
  estimate(inputs) {
    const settings = settingsOf(inputs);
    return settings === undefined ? unknown('python', 'variable') : estimateOf(settings);
  },
  fitTo(inputs, limit) {
    const settings = settingsOf(inputs);
    if (settings === undefined) return undefined;
    return turnDown({
      least: 1,
      most: settings.workers,
      limit,
      estimate: (workers) => estimateOf({ ...settings, workers }),
      change: (workers) => [workersChange(inputs, settings, workers)],
    });
  },
  examples: [
    {
      service: 'image: python:3.12\ncommand: gunicorn --workers 2 app:app',
      peak: mebibytes(79),
      because: 'workers share next to nothing',
    },
  ],
};

interface Settings {
  readonly workers: number;
  readonly written: Setting | undefined;
  /** gunicorn's master stays beside its workers. */
  readonly master: boolean;
  readonly threads: number;
  readonly preload: boolean;
}

const MEASURED = 'Python 3.11, x86_64';
/** Private memory of a worker with a small framework: workers share next to nothing once they have run. */
const PER_WORKER = 27;
/** With --preload the application is loaded once and its pages are shared as long as nobody writes to them. */
const PER_PRELOADED_WORKER = 10;

function estimateOf({ workers, written, master, threads, preload }: Settings): KnownEstimate {
  const each = (preload ? PER_PRELOADED_WORKER : PER_WORKER) + Math.min(threads, 64) * 0.3;
  const regions = [
    master ? region('Master process', 'unreclaimable', 14, preload ? PER_WORKER : 16, measured(MEASURED)) : undefined,
    region('Workers', 'unreclaimable', workers * each * 0.8, workers * each, originOf(written, 'one process')),
    programText(8, byDefault('the interpreter and its libraries')),
  ];
  return known('python', regions, mebibytes(Math.min(24 + workers * 8, 64)), 'heuristic');
}

function settingsOf(inputs: RuntimeInputs): Settings | undefined {
  const words = programWords(inputs);
  const program = programName(inputs) ?? '';
  const inVariable = /(?:^|\s)(?:-w|--workers)[ =]?(\d+)/.exec(variable(inputs, 'GUNICORN_CMD_ARGS')?.text ?? '')?.[1];
  const served = /gunicorn|uvicorn|hypercorn/.test(program) || words.some((word) => /^(?:gunicorn|uvicorn)$/.test(word.text));
  const written =
    option(words, '--workers', '-w', '--concurrency') ??
    (served || program === '' ? variable(inputs, 'WEB_CONCURRENCY') : undefined);
  const workers = Number(written?.text ?? inVariable ?? 1);
  if (!Number.isInteger(workers) || workers < 0) return undefined;
  const threads = Number(option(words, '--threads')?.text ?? 1);
  const master = words.some((word) => word.text.includes('gunicorn')) || workers > 1;
  const preload = hasWord(words, /^--preload$/);
  return {
    workers: Math.min(Math.max(1, workers), 512),
    written,
    master,
    threads: Number.isFinite(threads) ? threads : 1,
    preload,
  };
}

function workersChange(inputs: RuntimeInputs, settings: Settings, workers: number) {
  const before = String(settings.workers);
  if (settings.written?.located !== undefined && variable(inputs, 'WEB_CONCURRENCY')?.located !== settings.written.located) {
    return optionChange(settings.written, {
      name: '--workers',
      before,
      after: String(workers),
      program: programName(inputs) ?? 'gunicorn',
    });
  }
  return variableChange('WEB_CONCURRENCY', before, String(workers));
}
