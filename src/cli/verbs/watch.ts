import { message } from '../../base/message.ts';
import type { HostMonitor } from '../../live/sample/monitor.ts';
import type { SortKey, TreeOptions } from '../../live/store/tree.ts';
import type { Session } from '../../live/session.ts';
import { errorJson, openHost, sayError } from '../hosts/open-host.ts';
import { watchJson } from '../hosts/watch-json.ts';
import { watchLines } from '../hosts/watch-table.ts';
import { text } from '../hosts/watch-text.ts';
import { flag, textOption, UsageError, type Call, type ExitCode, type Terminal, type Verb } from '../verb.ts';

export const watch: Verb = {
  name: 'watch',
  summary: text.watchSummary,
  usage: 'headroom watch HOST|demo [--interval SECONDS] [--sort name|memory|share] [--filter TEXT] [--all] [--once] [--json]',
  options: {
    interval: { type: 'string' },
    sort: { type: 'string' },
    filter: { type: 'string' },
    all: { type: 'boolean' },
    once: { type: 'boolean' },
  },
  async run(call, terminal) {
    const [host] = call.words;
    if (host === undefined || call.words.length > 1) throw new UsageError(message(text.whichHost));
    const options = optionsOf(call, terminal);
    const session = await openHost(host, terminal);
    try {
      return await show(session, options, terminal);
    } finally {
      session.dispose();
    }
  },
};

interface Options extends TreeOptions {
  readonly periodMs: number;
  readonly json: boolean;
  /** One picture and done: asked for, or because nobody looks at a screen. */
  readonly once: boolean;
}

async function show(session: Session, options: Options, terminal: Terminal): Promise<ExitCode> {
  const ready = await session.ready(terminal.signal);
  if (!ready.ok) {
    if (options.json) terminal.out(`${JSON.stringify({ version: 1, host: session.host, error: errorJson(ready.error) })}\n`);
    else sayError(ready.error, terminal);
    return 2;
  }
  const [{ HostMonitor: Monitor }, { Peaks }, { systemClock }] = await Promise.all([
    import('../../live/sample/monitor.ts'),
    import('../../live/store/peaks.ts'),
    import('../../live/system-clock.ts'),
  ]);
  const monitor = new Monitor(session, { clock: systemClock, peaks: new Peaks() });
  try {
    monitor.setPeriod(options.periodMs);
    return options.once ? await once(monitor, options, terminal) : await until(monitor, options, terminal);
  } finally {
    monitor.dispose();
  }
}

/** A picture once samples and names are there, so that a script gets the whole of it. */
async function once(monitor: HostMonitor, options: Options, terminal: Terminal): Promise<ExitCode> {
  const view = await new Promise<ReturnType<HostMonitor['view']>>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve(monitor.view());
    };
    const timer = setTimeout(finish, PATIENCE_MS);
    const listening = monitor.onChange(() => {
      const { sampledAt, containers, engineError } = monitor.view();
      if (sampledAt === undefined) return;
      const named = containers.length > 0 && containers.every(({ state }) => state !== 'unknown');
      // A host without containers says so too, a moment later.
      if (engineError !== undefined || named) finish();
    });
    terminal.signal.addEventListener('abort', finish, { once: true });
  });
  if (options.json) terminal.out(`${JSON.stringify(watchJson(view, Date.now()))}\n`);
  else terminal.out(`${watchLines(view, options, terminal).join('\n')}\n`);
  return view.sampledAt === undefined ? 2 : 0;
}

async function until(monitor: HostMonitor, options: Options, terminal: Terminal): Promise<ExitCode> {
  let drawn = 0;
  let last: number | undefined;
  const draw = (): void => {
    const view = monitor.view();
    if (options.json) {
      if (view.sampledAt === undefined || view.sampledAt === last) return;
      last = view.sampledAt;
      terminal.out(`${JSON.stringify(watchJson(view, Date.now()))}\n`);
      return;
    }
    const lines = watchLines(view, options, terminal);
    // Up to where the last picture began, each line cleared to its end, and what was below it too: no flicker.
    const up = drawn > 1 ? `\u001b[${String(drawn - 1)}A\r` : '\r';
    terminal.out(`${up}${lines.map((line) => `${line}\u001b[K`).join('\n')}\u001b[J`);
    drawn = lines.length;
  };
  const listening = options.json ? monitor.onChange(draw) : undefined;
  const timer = options.json ? undefined : setInterval(draw, Math.min(options.periodMs, REDRAW_MS));
  if (!terminal.signal.aborted) {
    await new Promise<void>((resolve) => terminal.signal.addEventListener('abort', () => resolve(), { once: true }));
  }
  listening?.dispose();
  clearInterval(timer);
  if (!options.json) terminal.out('\n');
  return 0;
}

function optionsOf(call: Call, terminal: Terminal): Options {
  const interval = textOption(call, 'interval') ?? '1';
  const seconds = Number(interval);
  if (!(seconds >= 0.5 && seconds <= 3600)) throw new UsageError(message(text.badInterval, { interval }));
  const sort = textOption(call, 'sort') ?? 'name';
  if (!isSort(sort)) throw new UsageError(message(text.badSort, { sort }));
  const filter = textOption(call, 'filter');
  const json = textOption(call, 'format') === 'json';
  return {
    periodMs: seconds * 1000,
    sort,
    json,
    all: flag(call, 'all'),
    once: flag(call, 'once') || (!json && !terminal.interactive),
    ...(filter === undefined ? {} : { filter }),
  };
}

function isSort(word: string): word is SortKey {
  return word === 'name' || word === 'memory' || word === 'share';
}

const PATIENCE_MS = 20_000;
const REDRAW_MS = 1000;
