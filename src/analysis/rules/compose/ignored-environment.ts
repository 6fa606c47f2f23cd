import { parseImage } from '../../memory/image-reference.ts';
import type { EnvironmentVariable, Service, Stack } from '../../documents/compose/model.ts';
import type { FixReport, Rule } from '../rule.ts';
import type { Files } from '../../memory/fit/limit-edits.ts';
import { removeFromService, setInService } from '../service-edits.ts';

type Messages = 'ignored' | 'noScript' | 'move';

export const ignoredEnvironment: Rule<Stack, Messages> = {
  id: 'ignored-environment',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'runtime',
  docs: {
    what: 'An environment variable that looks like a setting, but that the image never reads.',
    why: 'The official postgres image reads a few variables on its first start and no tuning at all: with `POSTGRES_SHARED_BUFFERS: 16MB` the server still takes its default of 128 MB, in a container that was sized for 16.',
    instead: 'Give settings to the server itself: `command: postgres -c shared_buffers=16MB`.',
    references: ['https://github.com/docker-library/docs/blob/master/postgres/README.md'],
    invalid: [
      'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_SHARED_BUFFERS: 16MB\n',
      'services:\n  db:\n    image: pgvector/pgvector:pg16\n    environment: [POSTGRES_MAX_CONNECTIONS=20]\n',
      'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_MULTIPLE_DATABASES: a,b\n',
    ],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    command: postgres -c shared_buffers=16MB\n    environment:\n      POSTGRES_PASSWORD: x\n',
      'services:\n  app:\n    image: my/app\n    environment:\n      POSTGRES_SHARED_BUFFERS: 16MB\n',
      'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_MULTIPLE_DATABASES: a,b\n    volumes: [./init.sh:/docker-entrypoint-initdb.d/init.sh]\n',
    ],
  },
  messages: {
    ignored: 'The postgres image does not read {name}: the server keeps its own default of {setting}',
    noScript: 'The postgres image does not read {name}, and no script is mounted that might',
    move: 'Give the server what it can read: command: postgres {settings}',
  },
  *check({ model, yaml }) {
    for (const service of model.services.filter(keepsEntrypoint)) {
      const scripted = service.mounts.some(({ target }) => target.text.startsWith('/docker-entrypoint-initdb.d'));
      const ignored = [...service.environment.values()].filter(({ name }) => settingOf(name) !== undefined);
      for (const { name, nameSpan } of ignored)
        yield {
          message: 'ignored',
          data: { name, setting: settingOf(name) ?? '' },
          span: nameSpan,
          fixes: move(service, ignored, yaml),
        };
      const databases = service.environment.get('POSTGRES_MULTIPLE_DATABASES');
      if (databases !== undefined && !scripted)
        yield { message: 'noScript', data: { name: databases.name }, span: databases.nameSpan };
    }
  },
};

function settingOf(name: string): string | undefined {
  const setting = name.replace(/^POSTGRES_/, '').toLowerCase();
  return name !== setting.toUpperCase() && SETTINGS.has(setting) ? setting : undefined;
}

/** All of them at once: half a tuning is none. Not where a command is there already, or a value isn't known. */
function move(service: Service, ignored: readonly EnvironmentVariable[], files: Files): FixReport<Messages>[] {
  if (service.command !== undefined || ignored.some(({ value }) => value.value === undefined || !/^[\w.]+$/.test(value.text)))
    return [];
  const words = ignored.flatMap(({ name, value }) => ['-c', `${settingOf(name) ?? ''}=${value.text}`]);
  const removed = ignored.map(({ name }) => removeFromService(files, service, ['environment', name]));
  const added = setInService(files, service, ['command'], ['postgres', ...words], { after: ['image', 'container_name'] });
  if (added === undefined || removed.some((edits) => edits === undefined)) return [];
  return [
    {
      title: 'move',
      data: { settings: words.join(' ') },
      safety: 'review',
      edits: [...removed.flatMap((edits) => edits ?? []), ...added],
    },
  ];
}

/** Images on the official entrypoint. An entrypoint or a shell of one's own may do with variables what it likes. */
const OFFICIAL = /^(?:postgres|postgis\/postgis|pgvector\/pgvector)$/;

function keepsEntrypoint({ image, entrypoint, command }: Service): boolean {
  const name = image?.value === undefined ? undefined : parseImage(image.value)?.name;
  if (name === undefined || !OFFICIAL.test(name) || entrypoint !== undefined) return false;
  return !(command?.words.some(({ text }) => text.includes('$') || /^(?:sh|bash)$|\/(?:sh|bash)$/.test(text)) ?? false);
}

/** Server settings that people spell as variables. */
const SETTINGS = new Set([
  'shared_buffers',
  'effective_cache_size',
  'work_mem',
  'maintenance_work_mem',
  'autovacuum_work_mem',
  'temp_buffers',
  'wal_buffers',
  'max_connections',
  'max_worker_processes',
  'max_parallel_workers',
  'max_parallel_workers_per_gather',
  'max_parallel_maintenance_workers',
  'max_wal_size',
  'min_wal_size',
  'wal_level',
  'checkpoint_timeout',
  'checkpoint_completion_target',
  'random_page_cost',
  'effective_io_concurrency',
  'default_statistics_target',
  'shared_preload_libraries',
  'synchronous_commit',
  'log_statement',
  'log_min_duration_statement',
  'huge_pages',
  'fsync',
]);
