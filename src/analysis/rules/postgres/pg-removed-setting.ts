import type { ConfSetting, PostgresConf } from '../../documents/postgres/model.ts';
import { quoteIfNeeded } from '../../documents/postgres/quoting.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import { removedSetting } from '../../documents/postgres/removed.ts';
import { NEWEST_VERSION, type SettingsCatalogue } from '../../documents/postgres/settings.ts';
import type { FixReport, Rule } from '../rule.ts';
import { isEditable, removeLine } from './edits.shared.ts';

type Msg = 'removed' | 'replaced' | 'write' | 'remove';

export const pgRemovedSetting: Rule<PostgresConf, Msg> = {
  id: 'pg-removed-setting',
  appliesTo: 'postgres-conf',
  severity: 'error',
  group: 'postgres',
  docs: {
    what: 'A setting that PostgreSQL has dropped or renamed.',
    why: 'A name that was right once is an unknown name now, and with one in its file the server does not start. Old tuning guides are full of them.',
    instead: 'Use what took its place; the fix carries the value over.',
    references: ['https://www.postgresql.org/docs/release/'],
    invalid: [
      'checkpoint_segments = 8\n',
      '# headroom: pg=16\nwal_keep_segments = 32\n',
      '# headroom: pg=17\nold_snapshot_threshold = -1\n',
    ],
    valid: ['max_wal_size = 384MB\n', '# headroom: pg=12\nwal_keep_segments = 32\n'],
  },
  messages: {
    removed: '{name} was removed in PostgreSQL {removed}: a server since then does not start with it',
    replaced:
      '{name} was removed in PostgreSQL {removed}: a server since then does not start with it. {replacement} took its place',
    write: 'Write {line}',
    remove: 'Remove the line',
  },
  *check({ model }) {
    const { settings, catalogue } = readingOf(model);
    for (const setting of settings) {
      const removed = removedIn(setting.name, catalogue);
      if (removed === undefined) continue;
      const replacement = removedSetting(setting.name)?.replacement;
      const data = { name: setting.name, removed, ...(replacement === undefined ? {} : { replacement }) };
      yield {
        message: replacement === undefined ? 'removed' : 'replaced',
        data,
        span: setting.nameSpan,
        // Somebody may still run the old version, if nothing says which one it is.
        severity: catalogue.version === undefined && catalogue.findAny(setting.name) !== undefined ? 'warning' : 'error',
        fixes: fixesFor(model, setting),
      };
    }
  },
};

function removedIn(name: string, catalogue: SettingsCatalogue): string | number | undefined {
  const known = catalogue.findAny(name);
  if (known === undefined) return removedSetting(name)?.removed;
  return known.removed !== undefined && known.removed <= (catalogue.version ?? NEWEST_VERSION) ? known.removed : undefined;
}

function fixesFor(model: PostgresConf, setting: ConfSetting): FixReport<Msg>[] {
  if (!isEditable(setting)) return [];
  const line = removedSetting(setting.name)?.carry?.(quoteIfNeeded(setting.value));
  if (line !== undefined && model.form === 'arguments') {
    const edits = [{ span: setting.span, text: line.replace(' = ', '=') }];
    return [{ title: 'write', data: { line }, safety: 'review', edits }];
  }
  if (line !== undefined)
    return [{ title: 'write', data: { line }, safety: 'safe', edits: [{ span: setting.span, text: line }] }];
  const edits = removeLine(model, setting);
  return edits.length === 0 ? [] : [{ title: 'remove', safety: 'review', edits }];
}
