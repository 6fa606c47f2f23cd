import type { Stack } from '../../documents/compose/model.ts';
import { rewrite } from '../../documents/rewrite.ts';
import type { Rule } from '../rule.ts';

/** Each probe starts a process through runc: some 50 ms of a Pi's core. Checks of 2 s were removed by users of a Pi 4. */
const SHORTEST = 10_000;

export const healthcheckTooFrequent: Rule<Stack, 'frequent' | 'calm'> = {
  id: 'healthcheck-too-frequent',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'host',
  docs: {
    what: 'A healthcheck that runs every few seconds, for as long as the service lives.',
    why: 'Each check starts a process in the container through the engine. On a Pi a check every second has been seen to take most of the idle load.',
    instead: 'Check every 30 s. For a fast start use `start_interval`, which counts only during `start_period`.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#healthcheck',
      'https://github.com/moby/moby/issues/39102',
    ],
    invalid: [],
    valid: ['services:\n  db:\n    image: postgres:16\n    healthcheck:\n      test: pg_isready\n      interval: 30s\n'],
  },
  messages: {
    frequent: 'A process every {seconds} s for as long as it lives: on a {board} that is felt',
    calm: 'Check every 30 s',
  },
  *check({ model, surroundings: { board } }) {
    if (board === undefined) return;
    for (const { healthcheck } of model.services) {
      const interval = healthcheck?.interval;
      if (interval?.value === undefined || interval.value <= 0 || interval.value >= SHORTEST || healthcheck?.disabled === true)
        continue;
      const edits = rewrite(interval, '30s');
      yield {
        message: 'frequent',
        data: { seconds: interval.value / 1000, board: board.name },
        span: interval.spans[0],
        fixes: edits === undefined ? [] : [{ title: 'calm', safety: 'review', edits }],
      };
    }
  },
};
