import { render } from '../../../base/message.ts';
import type { ConfSetting, PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { SettingDefinition } from '../../documents/postgres/settings.ts';
import { readValue } from '../../documents/postgres/value.ts';
import { nearest } from '../../../base/nearest.ts';
import type { FixReport, Rule } from '../rule.ts';
import { rewriting } from './edits.shared.ts';
import { isOctalMistake } from './octal.shared.ts';
import { correctedUnit } from './units.shared.ts';

type Msg = 'refused' | 'refusedHint' | 'write';

export const pgInvalidValue: Rule<PostgresConf, Msg> = {
  id: 'pg-invalid-value',
  appliesTo: 'postgres-conf',
  severity: 'error',
  group: 'postgres',
  docs: {
    what: 'A value that PostgreSQL refuses: a unit in the wrong case, a number out of range, a word that it does not know.',
    why: 'The server does not start with it. Units have a case (`kB`, `MB`, `GB`; `ms`, `s`, `min`, `h`, `d`), there is no `M` and no `MiB`.',
    instead: 'Write a value that the setting takes; its hover says which.',
    references: ['https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES'],
    invalid: [
      'work_mem = 8mb\n',
      'shared_buffers = 64KB\n',
      'fsync = maybe\n',
      'wal_level = replicate\n',
      'checkpoint_timeout = 10s\n',
      'work_mem = 100TB\n',
    ],
    valid: [
      'work_mem = 8MB\n',
      'fsync = on\n',
      'wal_level = replica\n',
      'wal_level = hot_standby\n',
      'checkpoint_timeout = 10min\n',
    ],
  },
  messages: {
    refused: 'PostgreSQL refuses this value and does not start: {reason}',
    refusedHint: 'PostgreSQL refuses this value and does not start: {reason}. {hint}',
    write: 'Write {better}',
  },
  *check({ model }) {
    const reading = readingOf(model);
    const lastOf = new Map(reading.settings.map((setting) => [setting.name, setting]));
    for (const setting of reading.settings) {
      // An earlier line of the same name is not even looked at.
      if (lastOf.get(setting.name) !== setting && model.form === 'file') continue;
      const definition = reading.definitionOf(setting);
      if (definition === undefined || definition.context === 'internal' || isOctalMistake(definition, setting.value)) continue;
      const read = readValue(definition, setting.value, { name: setting.name, version: model.version });
      if (read.ok) continue;
      const { message, hint } = read.error;
      const data = { reason: render(message), ...(hint === undefined ? {} : { hint: render(hint) }) };
      yield {
        message: hint === undefined ? 'refused' : 'refusedHint',
        data,
        span: setting.valueSpan,
        fixes: betterValue(model, setting, definition),
      };
    }
  },
};

function betterValue(model: PostgresConf, setting: ConfSetting, definition: SettingDefinition): FixReport<Msg>[] {
  const better = candidates(setting, definition).find(
    (candidate) =>
      candidate !== undefined && candidate !== setting.value && readValue(definition, candidate, { version: model.version }).ok,
  );
  if (better === undefined) return [];
  return rewriting('write', setting, better, isSpelling(better, setting.value) ? 'safe' : 'review');
}

function candidates({ value, quoting }: ConfSetting, { type, unit, values }: SettingDefinition): readonly (string | undefined)[] {
  // A list item of Compose hands its quotes on: nothing takes them away on a command line.
  const bare = quoting === 'argument' ? value.replace(/^(['"])(.*)\1$/, '$2') : value.trim();
  const kind = unit === 'ms' || unit === 's' || unit === 'min' ? 'time' : 'memory';
  const booleans =
    type === 'bool'
      ? [/^(?:enabled?|active)$/i.test(bare) ? 'on' : /^(?:disabled?|inactive|none)$/i.test(bare) ? 'off' : undefined]
      : [];
  return [
    bare,
    unit === undefined ? undefined : correctedUnit(bare, kind),
    ...booleans,
    type === 'enum' ? nearest(bare, values) : undefined,
  ];
}

/** Only case and quotes differ: nothing else can have been meant. */
function isSpelling(better: string, written: string): boolean {
  return written.replace(/['"\s]/g, '').toLowerCase() === better.toLowerCase();
}
