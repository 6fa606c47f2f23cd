import { parseImage } from '../../memory/image-reference.ts';
import type { Service, Stack } from '../../documents/compose/model.ts';
import type { FixReport, Rule } from '../rule.ts';
import { rewrite } from '../../documents/rewrite.ts';
import type { Files } from '../../memory/fit/limit-edits.ts';
import { setInService } from '../service-edits.ts';

export const killOrder: Rule<Stack, 'inverted' | 'spare'> = {
  id: 'kill-order',
  appliesTo: 'compose',
  severity: 'info',
  group: 'memory',
  docs: {
    what: 'The kernel would kill a more important service before a less important one.',
    why: 'When the board runs out of memory the kernel picks by size and by `oom_score_adj`. A database is large and keeps its connections, so without a word from you it is first to go, and everything else fails with it. This works without any laptop watching.',
    instead:
      'Give what matters most the lowest `oom_score_adj`; databases last. The order comes from `importance` in `headroom.yaml`.',
    references: ['https://docs.docker.com/reference/compose-file/services/#oom_score_adj'],
    invalid: [
      'services:\n  db:\n    image: postgres:16\n    oom_score_adj: 500\n  web:\n    image: nginx:alpine\n    oom_score_adj: 0\n',
    ],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    oom_score_adj: -500\n  web:\n    image: nginx:alpine\n    oom_score_adj: 500\n',
      'services:\n  db:\n    image: postgres:16\n  web:\n    image: nginx:alpine\n',
    ],
  },
  messages: {
    inverted: '{first} ({adjustment}) would be killed before {second} ({other}), which matters less',
    spare: 'Set oom_score_adj of {service} to {adjustment}',
  },
  *check({ model, surroundings: { importance }, yaml }) {
    const ranked = model.services.filter(({ active }) => active).flatMap((service) => rank(service, importance));
    if (!ranked.some(({ written }) => written)) return;
    for (const more of ranked) {
      const less = ranked.find((other) => other.importance < more.importance && other.adjustment < more.adjustment);
      // Only what somebody wrote is judged.
      if (less === undefined || (!more.written && !less.written)) continue;
      yield {
        message: 'inverted',
        data: { first: more.service.name, adjustment: more.adjustment, second: less.service.name, other: less.adjustment },
        span: more.service.memory.oomScoreAdj?.spans[0] ?? more.service.nameSpan,
        fixes: spare(more.service, Math.max(-1000, less.adjustment - 100), yaml),
      };
    }
  },
};

interface Ranked {
  readonly service: Service;
  readonly importance: number;
  readonly adjustment: number;
  readonly written: boolean;
}

const DATABASE =
  /^(?:postgres|postgis\/postgis|pgvector\/pgvector|timescale\/timescaledb|mysql|mariadb|linuxserver\/mariadb|mongo|influxdb)$/;

/** Named importance wins; of the rest only databases are known to matter more than what uses them. */
function rank(service: Service, named: ReadonlyMap<string, number>): Ranked[] {
  const adjustment = service.memory.oomScoreAdj;
  if (adjustment !== undefined && adjustment.value === undefined) return [];
  const image = service.image?.value === undefined ? undefined : parseImage(service.image.value)?.name;
  const importance = named.get(service.name) ?? (image !== undefined && DATABASE.test(image) ? 100 : 50);
  return [{ service, importance, adjustment: adjustment?.value ?? 0, written: adjustment !== undefined }];
}

function spare(service: Service, adjustment: number, files: Files): FixReport<'spare'>[] {
  const written = service.memory.oomScoreAdj;
  const edits =
    written === undefined ? setInService(files, service, ['oom_score_adj'], adjustment) : rewrite(written, String(adjustment));
  return edits === undefined ? [] : [{ title: 'spare', data: { service: service.name, adjustment }, safety: 'review', edits }];
}
