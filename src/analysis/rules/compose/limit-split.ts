import type { Span } from '../../../base/span.ts';
import type { Entry, Service, Stack } from '../../documents/compose/model.ts';
import type { Located } from '../../documents/located.ts';
import type { FixReport, Report, Rule } from '../rule.ts';
import type { Files } from '../../memory/fit/limit-edits.ts';
import { removeFromService, setInService } from '../service-edits.ts';

type Messages = 'differ' | 'half' | 'other' | 'keepDeploy' | 'moveIntoDeploy';

export const limitSplit: Rule<Stack, Messages> = {
  id: 'limit-split',
  appliesTo: 'compose',
  severity: 'error',
  group: 'memory',
  docs: {
    what: 'A limit is written twice, as a key of the service and under `deploy.resources`, and the two differ; or `deploy.resources` is there without it.',
    why: 'Compose refuses the whole file: "can’t set distinct values on `mem_limit` and `deploy.resources.limits.memory`". It counts a `limits` block without memory as a limit of zero, so that a block which only sets `cpus` contradicts `mem_limit` too.',
    instead:
      'Keep one of the two. `deploy.resources` is the form that the Compose specification recommends; `mem_limit` is shorter and just as good.',
    references: ['https://docs.docker.com/reference/compose-file/deploy/#resources'],
    invalid: [
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 96M\n    deploy:\n      resources:\n        limits:\n          memory: 128M\n',
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 96M\n    deploy:\n      resources:\n        limits:\n          cpus: "0.5"\n',
      'services:\n  db:\n    image: postgres:16\n    cpus: 1\n    deploy:\n      resources:\n        limits:\n          cpus: "0.5"\n',
    ],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 96M\n    deploy:\n      resources:\n        limits:\n          memory: 98304K\n',
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 96M\n    deploy:\n      resources:\n        reservations:\n          memory: 64M\n',
      'services:\n  db:\n    image: postgres:16\n    deploy:\n      resources:\n        limits:\n          memory: 128M\n          cpus: "0.5"\n',
    ],
  },
  messages: {
    differ: '{short} is {one} but {long} is {two}: Compose refuses two different values',
    half: '{short} is set but {long} is not, though its block is there: Compose counts that as a different value and refuses the file',
    other: 'the other one',
    keepDeploy: 'Keep {long}: {two}, remove {short}',
    moveIntoDeploy: 'Move {one} into {long}',
  },
  *check({ model, yaml }) {
    for (const service of model.services) {
      for (const pair of pairsOf(service)) {
        const { short, long, block } = pair;
        if (short?.value === undefined || short.value === 0 || block === undefined) continue;
        if (long === undefined) yield half({ ...pair, short, block }, service, yaml);
        else if (long.value !== undefined && long.value !== short.value) yield differ({ ...pair, short, long }, service, yaml);
      }
    }
  },
};

/** One quantity that has two homes: a key of the service and a leaf below `deploy.resources`. */
interface Pair {
  readonly key: string;
  readonly path: readonly [string, ...string[]];
  readonly short: Located<number> | undefined;
  readonly long: Located<number> | undefined;
  /** The block that the leaf belongs into; without it there is no contradiction. */
  readonly block: Entry | undefined;
}

function pairsOf({ memory, cpus, deployCpus, pidsLimit, deployPids }: Service): readonly Pair[] {
  const limits = ['deploy', 'resources', 'limits'] as const;
  const reservations = ['deploy', 'resources', 'reservations'] as const;
  return [
    { key: 'mem_limit', path: [...limits, 'memory'], short: memory.limit, long: memory.deployLimit, block: memory.deployLimits },
    {
      key: 'mem_reservation',
      path: [...reservations, 'memory'],
      short: memory.reservation,
      long: memory.deployReservation,
      block: memory.deployReservations,
    },
    { key: 'cpus', path: [...limits, 'cpus'], short: cpus, long: deployCpus, block: memory.deployLimits },
    { key: 'pids_limit', path: [...limits, 'pids'], short: pidsLimit, long: deployPids, block: memory.deployLimits },
  ];
}

function differ({ key, path, short, long }: Pair & Written, service: Service, files: Files): Report<Messages> {
  const data = { short: key, long: path.join('.'), one: short.text, two: long?.text ?? '' };
  const edits = removeFromService(files, service, [key]);
  // What Compose itself would use if it didn't check: `deploy` wins.
  const fixes: FixReport<Messages>[] = edits === undefined ? [] : [{ title: 'keepDeploy', data, safety: 'safe', edits }];
  return { message: 'differ', data, span: short.spans[0], related: other(long?.spans[0]), fixes };
}

function half(
  { key, path, short, block }: Pair & Written & { readonly block: Entry },
  service: Service,
  files: Files,
): Report<Messages> {
  const data = { short: key, long: path.join('.'), one: short.text };
  const added = setInService(files, service, path, short.text);
  const removed = removeFromService(files, service, [key]);
  const fixes: FixReport<Messages>[] =
    added === undefined || removed === undefined
      ? []
      : [{ title: 'moveIntoDeploy', data, safety: 'safe', edits: [...added, ...removed] }];
  return { message: 'half', data, span: short.spans[0], related: other(block.key), fixes };
}

interface Written {
  readonly short: Located<number>;
}

function other(span: Span | undefined): Report<Messages>['related'] & object {
  return span === undefined ? [] : [{ message: 'other', span }];
}
