import type { ConfSetting, PostgresConf } from '../../documents/postgres/model.ts';
import { withUnit } from '../../documents/postgres/format.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { SettingDefinition } from '../../documents/postgres/settings.ts';
import { readValue } from '../../documents/postgres/value.ts';
import type { FixReport, Rule } from '../rule.ts';
import { offered, rewriteValue, rewriting } from './edits.shared.ts';

type Msg = 'blocks' | 'kilobytes' | 'milliseconds' | 'write' | 'say';

export const pgNumberWithoutUnit: Rule<PostgresConf, Msg> = {
  id: 'pg-number-without-unit',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'postgres',
  docs: {
    what: 'A small number without a unit, where PostgreSQL counts in blocks, kilobytes or milliseconds.',
    why: 'Each setting has a unit of its own for bare numbers. `shared_buffers = 128` are 128 blocks of 8 kB, 1 MB in all; `work_mem = 64` are 64 kB; `statement_timeout = 30` are 30 milliseconds.',
    instead: 'Write the unit: `128MB`, `30s`.',
    references: ['https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES'],
    invalid: ['shared_buffers = 128\n', 'work_mem = 64\n', 'statement_timeout = 30\n'],
    valid: [
      'shared_buffers = 128MB\n',
      'shared_buffers = 16384\n',
      'max_wal_size = 1024\n',
      'log_min_duration_statement = 250\n',
      'wal_buffers = -1\n',
      'statement_timeout = 0\n',
      'statement_timeout = 30000\n',
    ],
  },
  messages: {
    blocks: '{value} without a unit are blocks of 8 kB here: {name} is {meaning}',
    kilobytes: '{value} without a unit are kilobytes here: {name} is {meaning}',
    milliseconds: '{value} without a unit are milliseconds here',
    write: 'Write {better}',
    say: 'Say what it is: {meaning}',
  },
  *check({ model }) {
    const reading = readingOf(model);
    for (const setting of reading.settings) {
      const definition = reading.definitionOf(setting);
      const message = definition === undefined ? undefined : suspicion(definition, setting.value);
      if (definition === undefined || message === undefined) continue;
      const read = readValue(definition, setting.value, { version: model.version });
      if (!read.ok || read.value.kind !== 'int') continue;
      const meaning = withUnit(read.value.number, definition.unit);
      yield {
        message,
        data: { value: setting.value, name: definition.name, meaning },
        span: setting.valueSpan,
        fixes: fixesFor(model, setting, definition, meaning),
      };
    }
  },
};

/** Numbers that a person writes for megabytes or seconds. Larger ones come from tools, which know their units. */
const MOST_MEGABYTES = 2048;
const MOST_SECONDS = 600;

const LONG_TIMES = /^(?:statement|lock|transaction|idle_session|idle_in_transaction_session)_timeout$/;
/** Sizes in blocks or kilobytes that are meant to be small. */
const SMALL_SIZES =
  /_flush_after$|^(?:io_|vacuum_buffer|max_stack_depth$|min_parallel_|backend_|gin_|wal_skip_threshold|log_temp_files)/;

function suspicion({ type, unit, name }: SettingDefinition, value: string): Msg | undefined {
  if (type !== 'int' || !/^\s*[1-9]\d*\s*$/.test(value)) return undefined;
  const number = Number(value);
  if (unit === 'ms') return LONG_TIMES.test(name) && number <= MOST_SECONDS ? 'milliseconds' : undefined;
  if ((unit !== '8kB' && unit !== 'kB') || number > MOST_MEGABYTES || SMALL_SIZES.test(name)) return undefined;
  return unit === '8kB' ? 'blocks' : 'kilobytes';
}

function fixesFor(model: PostgresConf, setting: ConfSetting, definition: SettingDefinition, meaning: string): FixReport<Msg>[] {
  const better = `${setting.value.trim()}${definition.unit === 'ms' ? 's' : 'MB'}`;
  const said = offered<Msg>('say', { meaning }, rewriteValue(setting, meaning));
  const taken = readValue(definition, better, { version: model.version }).ok;
  return taken ? [...rewriting<Msg>('write', setting, better), ...said] : said;
}
