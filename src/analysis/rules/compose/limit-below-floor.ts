import { bytes, composeSize, formatBytes, mebibytes, type Bytes } from '../../../base/bytes.ts';
import type { Service, Stack } from '../../documents/compose/model.ts';
import type { Located } from '../../documents/located.ts';
import { rewrite } from '../../documents/rewrite.ts';
import { writtenLimit, type ServiceMemory } from '../../memory/stack-memory.ts';
import type { FixReport, Report, Rule } from '../rule.ts';
import { limitEdits, type Files } from '../../memory/fit/limit-edits.ts';
import { setInService } from '../service-edits.ts';

type Messages = 'belowFloor' | 'restarts' | 'belowPeak' | 'raise';

export const limitBelowFloor: Rule<Stack, Messages> = {
  id: 'limit-below-floor',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: 'A limit under which the program does not work, or under what it will take.',
    why: 'Below its floor a program is killed at its start, or it crawls: its own code is thrown out of memory and read from the card again, over and over, without any kill that a counter would see. With `restart: always` it does so for ever.',
    instead:
      'Raise the limit to the number in the fix (what cannot be reclaimed at its peak, with 15 % on top, rounded up to 8 MiB), or turn the program’s own settings down.',
    references: [],
    invalid: ['services:\n  db:\n    image: postgres:16\n    mem_limit: 16M\n'],
    valid: [
      'services:\n  web:\n    image: nginx:alpine\n    mem_limit: 64M\n',
      'services:\n  app:\n    image: nobody/knows-this\n    mem_limit: 16M\n',
    ],
  },
  messages: {
    belowFloor: '{service} works from {floor} on ({runtime}): under {limit} it is killed or crawls',
    restarts: '{service} works from {floor} on ({runtime}): under {limit} it will be killed and restarted without end',
    belowPeak: '{service} will take up to {peak} ({runtime}), more than its limit of {limit}',
    raise: 'Limit {service} to {size} (peak {peak} + 15 %, rounded up to 8)',
  },
  *check({ model, memory, yaml }) {
    const place = { model, yaml };
    for (const each of memory()) {
      const written = writtenLimit(each.service);
      if (
        written === undefined ||
        each.limit === undefined ||
        each.limit < DOCKER_MINIMUM ||
        !each.estimate.known ||
        each.estimate.confidence === 'heuristic'
      )
        continue;
      if (each.limit < each.estimate.floor)
        yield {
          ...report(comesBack(each.service) ? 'restarts' : 'belowFloor', each, written, place),
          // A figure of the catalogue was read somewhere, of one person's load: it is told, not warned of.
          severity: each.runtime === 'catalogue' ? 'info' : 'warning',
        };
      else if (each.limit < each.estimate.peak) yield { ...report('belowPeak', each, written, place), severity: 'info' };
    }
  },
};

/** Under it the container isn't even created: limit-under-minimum says so. */
const DOCKER_MINIMUM = mebibytes(6);

/** Where fixes are written: the stack, and its files as they are. */
interface Place {
  readonly model: Stack;
  readonly yaml: Files;
}

function report(message: Messages, each: ServiceMemory, limit: Located<Bytes>, place: Place): Report<Messages> {
  const { service, estimate, runtime = '' } = each;
  const [floor, peak] = estimate.known ? [estimate.floor, estimate.peak] : [];
  const data = {
    service: service.name,
    runtime,
    limit: shown(limit.value),
    floor: shown(floor),
    peak: shown(peak),
  };
  return { message, data, span: limit.spans[0], fixes: raise(each, limit, place, data) };
}

function raise(
  each: ServiceMemory,
  limit: Located<Bytes>,
  { model, yaml }: Place,
  data: Record<string, string>,
): FixReport<Messages>[] {
  const size = each.recommendedLimit;
  if (size === undefined || limit.value === undefined || size <= limit.value) return [];
  const edits = limitEdits(each.service, size, model, yaml, 'one');
  const swap = raisedSwap(each, size, limit.value, yaml);
  if (edits === undefined || swap === undefined) return [];
  return [{ title: 'raise', data: { ...data, size: composeSize(size) }, safety: 'review', edits: [...edits, ...swap] }];
}

/** Docker refuses a memswap_limit under the limit: one that was enough before must rise with it. */
function raisedSwap({ service }: ServiceMemory, size: Bytes, before: Bytes, files: Files) {
  const swap = service.memory.swapLimit;
  if (swap?.value === undefined || swap.value <= 0 || swap.value >= size) return [];
  // What was forbidden stays forbidden, and an allowance keeps its size.
  const text = composeSize(bytes(size + Math.max(0, swap.value - before)));
  return rewrite(swap, text) ?? setInService(files, service, ['memswap_limit'], text);
}

function comesBack({ restart }: Service): boolean {
  return restart?.value !== undefined && restart.value !== 'no';
}

function shown(size: Bytes | undefined): string {
  return size === undefined ? '' : formatBytes(size);
}
