import { message, type Message } from '../../../base/message.ts';
import { serverWords as text } from './server-words.ts';
import { printValue, type SettingValue } from './value.ts';

/** What the server refuses because of another setting's value at that moment; the complaint where it does. */
export function conflictWith(
  name: string,
  value: SettingValue,
  current: (other: string) => string,
  version: number,
): Message | undefined {
  const refused = message(text.invalidValue, { name, value: value.kind === 'bool' ? 1 : printValue(value) });
  if (BACKENDS.includes(name) && version >= 12) {
    const others = BACKENDS.filter((other) => other !== name).reduce((sum, other) => sum + Number(current(other)), 0);
    return others + Number(printValue(value)) + 1 > MAX_BACKENDS ? refused : undefined;
  }
  if (TARGETS.includes(name)) {
    const another = TARGETS.some((other) => other !== name && current(other) !== '');
    return another ? message(text.multipleTargets) : undefined;
  }
  const on = value.kind === 'bool' && value.on;
  if (name === 'log_statement_stats' && on && STAGES.some((stage) => current(stage) === 'on')) return refused;
  return STAGES.includes(name) && on && current('log_statement_stats') === 'on' ? refused : undefined;
}

/** Processes that the server makes room for at start; their sum, with the autovacuum launcher, has a limit. */
export const BACKENDS = ['max_connections', 'autovacuum_max_workers', 'max_worker_processes', 'max_wal_senders'];
export const MAX_BACKENDS = 262143;
export const TARGETS = [
  'recovery_target',
  'recovery_target_lsn',
  'recovery_target_name',
  'recovery_target_time',
  'recovery_target_xid',
];
export const STAGES = ['log_parser_stats', 'log_planner_stats', 'log_executor_stats'];
