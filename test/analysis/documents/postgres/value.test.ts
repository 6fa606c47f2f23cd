import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../../../src/analysis/documents/postgres/settings.ts';
import { printValue, readValue } from '../../../../src/analysis/documents/postgres/value.ts';
import { render } from '../../../../src/base/message.ts';

function value(name: string, written: string, version = 15): string {
  const definition = settingsOf(version).find(name);
  if (definition === undefined) return 'unknown';
  const read = readValue(definition, written, { version });
  return read.ok ? printValue(read.value) : `! ${render(read.error.message)}`;
}

describe('a value', () => {
  it.each([
    ['shared_buffers', '256MB', '32768'],
    ['shared_buffers', '132kB', '16'],
    ['shared_buffers', '133kB', '17'],
    ['work_mem', '020000', '8192'],
    ['work_mem', '0x2000kB', '8192'],
    ['work_mem', ' 8 MB ', '8192'],
    ['work_mem', '1e4', '10000'],
    ['work_mem', '0x1.8p3MB', '12288'],
    ['max_connections', '25.6', '26'],
    ['checkpoint_timeout', '15min', '900'],
    ['random_page_cost', '.5', '0.5'],
    ['cpu_tuple_cost', '1e10', '1e+10'],
    ['fsync', 'of', 'off'],
    ['wal_level', 'Hot_Standby', 'replica'],
    ['wal_compression', 'on', 'pglz'],
    ['wal_buffers', '1', '4'],
    ['autovacuum_work_mem', '1', '1024'],
    ['unix_socket_permissions', '0770', '504'],
    ['DateStyle', 'german', 'German, DMY'],
    ['client_encoding', 'utf-8', 'UTF8'],
    ['cluster_name', 'ä', '??'],
    ['external_pid_file', 'a//./b/../c', 'a/c'],
  ])('of %s, %s, is %s', (name, written, expected) => {
    expect(value(name, written)).toBe(expected);
  });

  it.each([
    ['work_mem', '8mb', 'invalid value for parameter "work_mem": "8mb"'],
    ['work_mem', '08192', 'invalid value for parameter "work_mem": "08192"'],
    ['work_mem', '100TB', 'invalid value for parameter "work_mem": "100TB"'],
    ['work_mem', '63kB', '63 kB is outside the valid range for parameter "work_mem" (64 .. 2147483647)'],
    ['work_mem', '8B', '0 kB is outside the valid range for parameter "work_mem" (64 .. 2147483647)'],
    ['fsync', 'o', 'parameter "fsync" requires a Boolean value'],
    ['synchronous_commit', 'tr', 'invalid value for parameter "synchronous_commit": "tr"'],
    ['random_page_cost', 'nan', 'invalid value for parameter "random_page_cost": "nan"'],
    ['block_size', '8192', 'parameter "block_size" cannot be changed'],
    ['TimeZone', 'Mars/Base', 'invalid value for parameter "TimeZone": "Mars/Base"'],
    ['search_path', 'a b', 'invalid value for parameter "search_path": "a b"'],
  ])('of %s is refused: %s', (name, written, expected) => {
    expect(value(name, written)).toBe(`! ${expected}`);
  });

  it('means to each version what that version makes of it', () => {
    expect([14, 15].map((version) => value('wal_compression', 'lz4', version))).toEqual([
      '! parameter "wal_compression" requires a Boolean value',
      'lz4',
    ]);
    expect([16, 17].map((version) => value('maintenance_work_mem', '64kB', version).startsWith('!'))).toEqual([true, false]);
    expect([17, 18].map((version) => value('log_connections', 'all', version).startsWith('!'))).toEqual([true, false]);
  });
});

describe('the settings of a version', () => {
  const names = (version: number): ReadonlySet<string> =>
    new Set(
      settingsOf(version)
        .all()
        .map(({ name }) => name),
    );

  it('come and go', () => {
    expect([12, 13].map((version) => names(version).has('wal_keep_segments'))).toEqual([true, false]);
    expect([17, 18].map((version) => names(version).has('io_method'))).toEqual([false, true]);
    expect([15, 16].map((version) => names(version).has('vacuum_buffer_usage_limit'))).toEqual([false, true]);
  });

  it('have the default of their version', () => {
    const defaults = (name: string): readonly (string | undefined)[] =>
      [11, 12, 14, 15, 17, 18].map((version) => settingsOf(version).find(name)?.defaultText);
    expect(defaults('jit')).toEqual(['off', 'on', 'on', 'on', 'on', 'on']);
    expect(defaults('hash_mem_multiplier')).toEqual([undefined, undefined, '1', '2', '2', '2']);
    expect(defaults('effective_io_concurrency')).toEqual(['1', '1', '1', '1', '1', '16']);
  });

  it('are found by old names and in any case', () => {
    expect(settingsOf(15).find('SORT_MEM')?.name).toBe('work_mem');
    expect(settingsOf(15).find('vacuum_mem')?.name).toBe('maintenance_work_mem');
    expect([17, 18].map((version) => settingsOf(version).find('ssl_ecdh_curve')?.name)).toEqual(['ssl_ecdh_curve', 'ssl_groups']);
  });

  it('all take their own default', () => {
    for (const version of [10, 11, 12, 13, 14, 15, 16, 17, 18]) {
      for (const definition of settingsOf(version).all()) {
        if (definition.context === 'internal' || definition.type === 'string') continue;
        expect([version, definition.name, readValue(definition, definition.defaultText, { version }).ok]).toEqual([
          version,
          definition.name,
          true,
        ]);
      }
    }
  });
});
