import { bytes, type Bytes } from '../../base/bytes.ts';
import type { PostgresConf } from '../documents/postgres/model.ts';
import { readingOf } from '../documents/postgres/reading.ts';
import { estimateConf, numbersOf } from './postgres-conf-estimate.ts';

const MIB = 1024 ** 2;

/** A connection that has run simple queries and looked into the catalogue; measured on PostgreSQL 15. */
const PER_CONNECTION = 2.7;
/** A sort takes a little more than `work_mem`: 1.06 to 1.2 times were measured. */
const SORT = 1.2;

export interface WorstCase {
  readonly size: Bytes;
  readonly connections: number;
}

/** Every connection busy with one sort or hash, every autovacuum worker at work: the ceiling that load can reach. */
export function worstCase(conf: PostgresConf): WorstCase {
  const reading = readingOf(conf);
  const estimate = estimateConf(conf, reading);
  const at = (name: Parameters<ReturnType<typeof numbersOf>['number']>[0]): number => numbersOf(conf, reading).number(name).value;
  const steady = estimate.regions.filter(({ label, class: kind }) => kind === 'programText' || STEADY.has(label));
  const connections = at('max_connections');
  const autovacuum = at('autovacuum_work_mem') < 0 ? at('maintenance_work_mem') : at('autovacuum_work_mem');
  const load =
    connections * (PER_CONNECTION + at('work_mem') * Math.max(SORT, at('hash_mem_multiplier'))) +
    Math.min(autovacuum, 1024) * at('autovacuum_max_workers');
  return { size: bytes(Math.round(steady.reduce((sum, { peak }) => sum + peak, 0) + load * MIB)), connections };
}

/** Regions of the estimate that load doesn't change. */
const STEADY = new Set(['Shared memory', 'Server processes']);
