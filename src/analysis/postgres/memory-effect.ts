import { bytes, formatBytes } from '../../base/bytes.ts';
import { message, type Message } from '../../base/message.ts';
import type { PostgresConf } from '../documents/postgres/model.ts';
import { ABSOLUTE } from '../documents/postgres/numbers.ts';
import type { SettingDefinition } from '../documents/postgres/settings.ts';
import { readValue } from '../documents/postgres/value.ts';
import { text } from './setting-text.ts';

/** What a setting costs in memory, in this container where its limit is known. */
export function memoryEffect(
  definition: SettingDefinition,
  written: string | undefined,
  conf: PostgresConf,
): Message | undefined {
  const effect = EFFECTS[definition.name];
  if (effect === undefined) return undefined;
  const read = readValue(definition, written ?? definition.defaultText, { version: conf.version });
  const number = read.ok && (read.value.kind === 'int' || read.value.kind === 'real') ? read.value.number : 0;
  const size = Math.max(0, number) * (definition.unit === undefined ? 1 : ABSOLUTE[definition.unit]) * effect.factor;
  const limit = conf.container?.limit;
  const data = { size: formatBytes(bytes(Math.round(size))), limit: limit === undefined ? '' : formatBytes(limit) };
  if (limit === undefined || size === 0 || effect.ofLimit === undefined) return message(effect.says, data);
  return message(effect.ofLimit, { ...data, percent: Math.max(1, Math.round((size / limit) * 100)) });
}

interface Effect {
  /** Bytes for each byte, or for each of what is counted. Measured on PostgreSQL 15. */
  readonly factor: number;
  readonly says: string;
  readonly ofLimit?: string;
}

const MIB = 1024 ** 2;

const EFFECTS: Readonly<Record<string, Effect>> = {
  shared_buffers: { factor: 1.03, says: text.costsShared, ofLimit: text.costsSharedOf },
  wal_buffers: { factor: 1, says: text.costsShared, ofLimit: text.costsSharedOf },
  min_dynamic_shared_memory: { factor: 1, says: text.costsShared, ofLimit: text.costsSharedOf },
  max_connections: { factor: 2.7 * MIB, says: text.costsConnections, ofLimit: text.costsConnectionsOf },
  work_mem: { factor: 1.2, says: text.costsSort, ofLimit: text.costsSortOf },
  hash_mem_multiplier: { factor: 1, says: text.costsHash },
  maintenance_work_mem: { factor: 1.4, says: text.costsMaintenance, ofLimit: text.costsMaintenanceOf },
  autovacuum_work_mem: { factor: 1, says: text.costsAutovacuum },
  autovacuum_max_workers: { factor: 1, says: text.costsWorkers },
  temp_buffers: { factor: 1, says: text.costsTemp, ofLimit: text.costsTempOf },
  logical_decoding_work_mem: { factor: 1, says: text.costsDecoding },
  max_parallel_workers_per_gather: { factor: 1, says: text.costsParallel },
  max_locks_per_transaction: { factor: 1, says: text.costsLocks },
  effective_cache_size: { factor: 1, says: text.costsNothing },
  jit: { factor: 1, says: text.costsJit },
  huge_pages: { factor: 1, says: text.costsHugePages },
};
