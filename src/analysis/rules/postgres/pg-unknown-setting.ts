import { nearest } from '../../../base/nearest.ts';
import type { ConfSetting, PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import { removedSetting } from '../../documents/postgres/removed.ts';
import { isEditable, offered } from './edits.shared.ts';
import { NEWEST_VERSION, settingsOf, type SettingsCatalogue } from '../../documents/postgres/settings.ts';
import type { FixReport, Report, Rule } from '../rule.ts';

type Msg = 'unknown' | 'unknownNear' | 'tooNew' | 'unreleased' | 'blank' | 'rename' | 'trim';

export const pgUnknownSetting: Rule<PostgresConf, Msg> = {
  id: 'pg-unknown-setting',
  appliesTo: 'postgres-conf',
  severity: 'error',
  group: 'postgres',
  docs: {
    what: 'A name that PostgreSQL does not know, or that only a newer version knows.',
    why: 'With an unknown name in its file the server does not start; at reload it applies nothing of the file. Only names with a dot are taken as they come: those belong to extensions.',
    instead: 'Correct the name, or remove the line.',
    references: ['https://www.postgresql.org/docs/current/runtime-config.html'],
    invalid: ['shard_buffers = 128MB\n', 'maximum_speed = on\n', '# headroom: pg=15\nio_method = worker\n'],
    valid: [
      'shared_buffers = 128MB\n',
      'SHARED_BUFFERS = 128MB\n',
      'pg_stat_statements.max = 1000\n',
      '# headroom: pg=18\nio_method = worker\n',
    ],
  },
  messages: {
    unknown: 'PostgreSQL knows no setting {name}: it does not start',
    unknownNear: 'PostgreSQL knows no setting {name}: it does not start. Was {nearest} meant?',
    tooNew: '{name} comes with PostgreSQL {since}; version {version} does not know it and does not start',
    unreleased: '{name} comes with PostgreSQL {since}, which is not released yet',
    blank: 'The blank is part of the name here: PostgreSQL knows no setting "{name}"',
    rename: 'Write {nearest}',
    trim: 'Remove the blanks around =',
  },
  *check({ model }) {
    const { settings, catalogue } = readingOf(model);
    for (const setting of settings) {
      if (isNobodysBusiness(setting, catalogue)) continue;
      yield reportOf(setting, catalogue);
    }
  },
};

/** Known, an extension's, removed (another rule's), or spoilt by a byte order mark (another rule's too). */
function isNobodysBusiness({ name }: ConfSetting, catalogue: SettingsCatalogue): boolean {
  if (catalogue.find(name) !== undefined || name.includes('.') || name.startsWith('\ufeff')) return true;
  const removed = catalogue.findAny(name)?.removed;
  return removedSetting(name) !== undefined || (removed !== undefined && removed <= (catalogue.version ?? NEWEST_VERSION));
}

function reportOf(setting: ConfSetting, catalogue: SettingsCatalogue): Report<Msg> {
  const { name, nameSpan } = setting;
  const trimmed = name.trim();
  if (trimmed !== name && catalogue.find(trimmed) !== undefined)
    return { message: 'blank', data: { name }, span: nameSpan, fixes: trim(setting) };
  const since = catalogue.findAny(name)?.since;
  if (since !== undefined) {
    const released = since <= NEWEST_VERSION;
    return {
      message: released ? 'tooNew' : 'unreleased',
      data: { name, since, version: catalogue.version ?? '' },
      span: nameSpan,
    };
  }
  const near = nearest(name, candidatesFor(catalogue));
  if (near === undefined) return { message: 'unknown', data: { name }, span: nameSpan };
  const fixes = offered<Msg>('rename', { nearest: near }, isEditable(setting) ? [{ span: nameSpan, text: near }] : []);
  return { message: 'unknownNear', data: { name, nearest: near }, span: nameSpan, fixes };
}

function candidatesFor(catalogue: SettingsCatalogue): readonly string[] {
  return settingsOf(catalogue.version)
    .all()
    .filter(({ context }) => context !== 'internal')
    .map(({ name }) => name);
}

/** `-c "work_mem = 9MB"`: on a command line nothing is trimmed. */
function trim(setting: ConfSetting): FixReport<Msg>[] {
  const { nameSpan, valueSpan, name, value } = setting;
  const edits = [
    { span: nameSpan, text: name.trim() },
    { span: valueSpan, text: value.trim() },
  ];
  return offered('trim', {}, isEditable(setting) ? edits : [], 'safe');
}
