import { formatBytes } from '../../../base/bytes.ts';
import type { Stack } from '../../documents/compose/model.ts';
import { budgetFor } from '../../memory/budget.ts';
import type { Rule } from '../rule.ts';

export const imageNeedsMore: Rule<Stack, 'needs'> = {
  id: 'image-needs-more',
  appliesTo: 'compose',
  severity: 'error',
  group: 'image',
  docs: {
    what: 'An image that does not start, or only crawls, with everything that the board has for containers.',
    why: 'No limit and no other service is to blame: alone on the board it would not work either. SQL Server refuses to start under 2 GB; search engines and office suites are killed while they load.',
    instead: 'Take a smaller program for the same task, or run this one elsewhere.',
    references: [],
    invalid: [],
    valid: [
      'services:\n  db:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n    platform: linux/amd64\n    mem_limit: 4G\n    profiles: [never]\n',
    ],
  },
  messages: {
    needs: '{image} works from {floor} on; the {board} has {available} for all containers',
  },
  *check({ surroundings: { board, reserve, host }, memory }) {
    if (board === undefined) return;
    const { available } = budgetFor(board, reserve, 1, host);
    for (const { service, estimate, runtime } of memory()) {
      if (!estimate.known || estimate.confidence === 'heuristic') continue;
      const measured = estimate.confidence === 'measured';
      if (estimate.floor <= available * (measured ? 1 : DOUBTFUL)) continue;
      yield {
        message: 'needs',
        severity: measured || estimate.floor > available * CERTAIN ? 'error' : 'warning',
        data: {
          image: service.image?.text ?? runtime ?? service.name,
          floor: formatBytes(estimate.floor),
          board: board.name,
          available: formatBytes(available),
        },
        span: service.image?.spans[0] ?? service.nameSpan,
      };
    }
  },
};

/** A floor that comes from somebody else's documentation is taken for certain only from a distance. */
const DOUBTFUL = 1.25;
const CERTAIN = 1.5;
