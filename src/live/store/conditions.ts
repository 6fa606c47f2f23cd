import { bytes, formatBytes } from '../../base/bytes.ts';
import { message, type Message } from '../../base/message.ts';
import type { HostReading, ThrottlingFlags } from '../cgroup/reading.ts';
import { hostUsed } from '../cgroup/quantities.ts';
import { HYSTERESIS, type AlertKind, type AlertRules } from './alert-rules.ts';
import type { ContainerView } from './container-entry.ts';
import { judge } from './latch.ts';
import { text } from './text.ts';

/** One thing that may be wrong, as it stands in this moment. What it becomes over time is decided by `Alerts`. */
export interface Condition {
  readonly key: string;
  readonly kind: AlertKind;
  readonly severity: 'warning' | 'alarm';
  /** Whether a person must do something that Headroom can't. */
  readonly needsPerson: boolean;
  readonly reading: 'bad' | 'between' | 'good' | 'unknown';
  /** Counts at once: it has been over time already. */
  readonly immediate: boolean;
  readonly containerId?: string;
  readonly culprit?: string;
  /** Made only where someone will read it: of a thousand containers a second, next to none. */
  readonly say: () => Message;
}

export interface Situation {
  readonly host: string;
  readonly reading: HostReading;
  /** Bytes a second. */
  readonly swapInPerSecond: number | undefined;
  readonly containers: readonly ContainerView[];
  readonly now: number;
}

export function hostConditions(situation: Situation, rules: AlertRules): readonly Condition[] {
  const { host, reading, containers, swapInPerSecond } = situation;
  const { total, available, celsius } = reading;
  const used = hostUsed(reading);
  const percent = used === undefined || total === undefined || total === 0 ? undefined : (used / total) * 100;
  const blamed = (template: string, alone: string, data: Message['data']): Message => {
    const culprit = largest(containers);
    return culprit === undefined ? message(alone, { host, ...data }) : message(template, { host, ...data, culprit });
  };
  const memory = (): Message => {
    const data = { available: size(available), total: size(total), percent: Math.round(percent ?? 0) };
    return blamed(text.hostMemoryHigh, text.hostMemoryHighAlone, data);
  };
  const swapping = (): Message => blamed(text.swapping, text.swappingAlone, { rate: size(swapInPerSecond) });
  const slow = (): Message =>
    message(celsius === undefined ? text.throttledUnknown : text.throttled, { host, celsius: Math.round(celsius ?? 0) });
  const now = reading.throttling?.now;
  const throttled = flagged(now, (flags) => flags.throttled || flags.softTemperatureLimit || flags.frequencyCapped);
  const { underVoltage } = reading;
  const weak = underVoltage === undefined ? flagged(now, (flags) => flags.underVoltage) : underVoltage ? 'bad' : 'good';
  const alarm = judge(percent, rules.hostAlarm, rules.hostAlarm - HYSTERESIS);
  const starved = { blames: containers };
  return [
    condition('host-memory', 'warning', judge(percent, rules.hostWarning, rules.hostWarning - HYSTERESIS), memory, starved),
    { ...condition('host-memory', 'alarm', alarm, memory, starved), needsPerson: true },
    condition('swapping', 'warning', judge(swapInPerSecond, rules.swapIn, rules.swapIn / 2), swapping, starved),
    condition('throttled', 'warning', throttled, slow, {}),
    { ...condition('under-voltage', 'alarm', weak, () => message(text.underVoltage, { host }), {}), needsPerson: true },
  ];
}

export function containerConditions(situation: Situation, rules: AlertRules): readonly Condition[] {
  return situation.containers.flatMap((container) => [
    nearLimit(situation, container, rules),
    thrashing(situation, container),
    restartLoop(situation, container, rules),
    oomKill(situation, container, rules),
  ]);
}

function nearLimit({ host }: Situation, container: ContainerView, rules: AlertRules): Condition {
  const { limit, unreclaimable: held } = container;
  const percent = limit.kind !== 'limit' || held === undefined ? undefined : (held / Math.max(1, limit.size)) * 100;
  // A container that stopped or lost its limit is not near it any more.
  const reading =
    percent === undefined && (container.reading === undefined || limit.kind === 'none')
      ? 'good'
      : judge(percent, rules.nearLimit, rules.nearLimit - HYSTERESIS);
  const said = (): Message =>
    message(text.nearLimit, {
      host,
      container: container.name,
      held: size(held),
      percent: Math.round(percent ?? 0),
      limit: limit.kind === 'limit' ? size(limit.size) : '?',
    });
  return condition('near-limit', 'warning', reading, said, container);
}

function thrashing({ host }: Situation, container: ContainerView): Condition {
  // Has its own window and hysteresis, so it counts at once.
  const { refaultsPerSecond: pages, name } = container;
  const said = (): Message =>
    message(text.thrashing, { host, container: name, rate: size(pages === undefined ? undefined : pages * 4096) });
  const base = condition('thrashing', 'alarm', container.thrashing ? 'bad' : 'good', said, container);
  return { ...base, immediate: true, needsPerson: true };
}

function restartLoop({ host, now }: Situation, container: ContainerView, rules: AlertRules): Condition {
  const count = container.restartTimes.filter((time) => now - time <= rules.restartsWithinMs).length;
  const minutes = Math.round(rules.restartsWithinMs / 60_000);
  const said = (): Message => message(text.restartLoop, { host, container: container.name, count, minutes });
  const base = condition(
    'restart-loop',
    'alarm',
    count >= rules.restarts ? 'bad' : count === 0 ? 'good' : 'between',
    said,
    container,
  );
  return { ...base, immediate: true, needsPerson: true };
}

function oomKill({ host, now }: Situation, container: ContainerView, rules: AlertRules): Condition {
  const last = container.lastOomKill;
  const recent = last !== undefined && now - last.at < rules.oomShownMs;
  const limit = container.limit.kind === 'limit' ? container.limit.size : undefined;
  const template = {
    'own-limit': limit === undefined ? text.oomOwnLimitUnknown : text.oomOwnLimit,
    host: text.oomHost,
    unknown: text.oomUnknown,
  }[last?.cause ?? 'unknown'];
  const said = (): Message => message(template, { host, container: container.name, limit: size(limit) });
  const base = condition('oom-kill', 'alarm', recent ? 'bad' : 'good', said, container);
  return { ...base, immediate: true, needsPerson: true };
}

function condition(
  kind: AlertKind,
  severity: Condition['severity'],
  reading: Condition['reading'],
  say: () => Message,
  about: ContainerView | { readonly blames?: readonly ContainerView[] },
): Condition {
  const base = { kind, severity, reading, say, needsPerson: false, immediate: false };
  // By name, so that a container that was created anew is still the same to the reader.
  if ('id' in about) return { ...base, key: `${kind}:${about.name}`, containerId: about.id, culprit: about.name };
  const culprit = reading === 'good' || about.blames === undefined ? undefined : largest(about.blames);
  return { ...base, key: `${kind}:${severity}`, ...(culprit === undefined ? {} : { culprit }) };
}

function flagged(flags: ThrottlingFlags | undefined, test: (flags: ThrottlingFlags) => boolean): Condition['reading'] {
  return flags === undefined ? 'unknown' : test(flags) ? 'bad' : 'good';
}

function largest(containers: readonly ContainerView[]): string | undefined {
  let most: ContainerView | undefined;
  for (const each of containers) {
    if (weight(each) > (most === undefined ? 0 : weight(most))) most = each;
  }
  return most === undefined ? undefined : `${most.name} (${size(weight(most))})`;
}

function weight({ unreclaimable, workingSet }: ContainerView): number {
  return unreclaimable ?? workingSet ?? 0;
}

function size(count: number | undefined): string {
  return count === undefined ? '?' : formatBytes(bytes(Math.round(count)));
}
