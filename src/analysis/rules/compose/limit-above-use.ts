import { composeSize, formatBytes, mebibytes } from '../../../base/bytes.ts';
import type { Stack } from '../../documents/compose/model.ts';
import { limitEdits } from '../../memory/fit/limit-edits.ts';
import { writtenLimit } from '../../memory/stack-memory.ts';
import type { Rule } from '../rule.ts';

export const limitAboveUse: Rule<Stack, 'above' | 'lower'> = {
  id: 'limit-above-use',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'memory',
  docs: {
    what: 'A limit several times as large as what the program can use.',
    why: 'Limits count in full when a stack is judged: what one service will never take is missing for another.',
    instead: 'Lower it to the number in the fix, or leave it where you know of a load that the estimate does not.',
    references: [],
    invalid: [],
    valid: ['services:\n  web:\n    image: nginx:alpine\n    mem_limit: 32M\n'],
  },
  messages: {
    above: '{service} can use about {peak} ({runtime}); its limit of {limit} counts in full against the {board}',
    lower: 'Limit {service} to {size} (peak {peak} + 15 %, rounded up to 8)',
  },
  *check({ model, surroundings: { board }, memory, yaml }) {
    if (board === undefined) return;
    for (const { service, limit, estimate, recommendedLimit, runtime = '' } of memory()) {
      const written = writtenLimit(service);
      if (
        written === undefined ||
        limit === undefined ||
        !estimate.known ||
        estimate.confidence === 'heuristic' ||
        recommendedLimit === undefined
      )
        continue;
      // Small absolute differences are nobody's trouble, and a factor of three leaves room for what a file can't tell.
      if (limit < recommendedLimit * 3 || limit - recommendedLimit < mebibytes(64)) continue;
      const data = {
        service: service.name,
        runtime,
        peak: formatBytes(estimate.peak),
        limit: formatBytes(limit),
        board: board.name,
        size: composeSize(recommendedLimit),
      };
      const edits = limitEdits(service, recommendedLimit, model, yaml, 'one');
      yield {
        message: 'above',
        data,
        span: written.spans[0],
        fixes: edits === undefined ? [] : [{ title: 'lower', data, safety: 'review', edits }],
      };
    }
  },
};
