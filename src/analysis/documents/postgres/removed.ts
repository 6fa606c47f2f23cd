/** A name that PostgreSQL once knew: since when it doesn't, and what took its place. */
export interface RemovedSetting {
  readonly name: string;
  /** As people say it: `9.5`, `13`. */
  readonly removed: string;
  readonly replacement: string | undefined;
  /** The line that carries the value over, where that can be told. */
  carry?(value: string): string | undefined;
}

/** Names that no supported version knows, and renamed ones among those that some do. */
export function removedSetting(name: string): RemovedSetting | undefined {
  return REMOVED.find((each) => each.name === name.toLowerCase());
}

const SEGMENT_MB = 16;

const same =
  (replacement: string) =>
  (value: string): string =>
    `${replacement} = ${value}`;

const gone = (name: string, removed: string): RemovedSetting => ({ name, removed, replacement: undefined });

const REMOVED: readonly RemovedSetting[] = [
  {
    name: 'checkpoint_segments',
    removed: '9.5',
    replacement: 'max_wal_size',
    // The release notes of 9.5: three times as many segments of 16 MB.
    carry: (value) =>
      /^\d+$/.test(value) ? `max_wal_size = ${String(Math.max(32, Number(value) * 3 * SEGMENT_MB))}MB` : undefined,
  },
  {
    name: 'wal_keep_segments',
    removed: '13',
    replacement: 'wal_keep_size',
    carry: (value) => (/^\d+$/.test(value) ? `wal_keep_size = ${String(Number(value) * SEGMENT_MB)}MB` : undefined),
  },
  {
    name: 'min_parallel_relation_size',
    removed: '10',
    replacement: 'min_parallel_table_scan_size',
    carry: same('min_parallel_table_scan_size'),
  },
  { name: 'force_parallel_mode', removed: '16', replacement: 'debug_parallel_query', carry: same('debug_parallel_query') },
  {
    name: 'unix_socket_directory',
    removed: '9.3',
    replacement: 'unix_socket_directories',
    carry: same('unix_socket_directories'),
  },
  { name: 'replication_timeout', removed: '9.3', replacement: 'wal_sender_timeout', carry: same('wal_sender_timeout') },
  { name: 'trigger_file', removed: '12', replacement: undefined },
  { name: 'standby_mode', removed: '12', replacement: undefined },
  gone('krb_srvname', '9.4'),
  gone('sql_inheritance', '10'),
  gone('custom_variable_classes', '9.2'),
  gone('silent_mode', '9.2'),
  gone('add_missing_from', '9.0'),
  gone('regex_flavor', '9.0'),
  gone('max_fsm_pages', '8.4'),
  gone('max_fsm_relations', '8.4'),
  gone('stats_start_collector', '8.3'),
];
