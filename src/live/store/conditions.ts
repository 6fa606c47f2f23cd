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
  readonly message: Message;
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
  const culprit = largest(containers);
  const data = {
    host,
    available: size(available),
    total: size(total),
    percent: Math.round(percent ?? 0),
    culprit: culprit ?? '',
  };
  const memory = message(culprit === undefined ? text.hostMemoryHighAlone : text.hostMemoryHigh, data);
  const now = reading.throttling?.now;
  const named = culprit === undefined ? {} : { culprit };
  const swapping = { host, rate: size(swapInPerSecond), culprit: culprit ?? '' };
  return [
    condition('host-memory', 'warning', judge(percent, rules.hostWarning, rules.hostWarning - HYSTERESIS), memory, named),
    {
      ...condition('host-memory', 'alarm', judge(percent, rules.hostAlarm, rules.hostAlarm - HYSTERESIS), memory, named),
      needsPerson: true,
    },
    condition(
      'swapping',
      'warning',
      judge(swapInPerSecond, rules.swapIn, rules.swapIn / 2),
      message(culprit === undefined ? text.swappingAlone : text.swapping, swapping),
      named,
    ),
    condition(
      'throttled',
      'warning',
      flagged(now, (flags) => flags.throttled || flags.softTemperatureLimit || flags.frequencyCapped),
      message(celsius === undefined ? text.throttledUnknown : text.throttled, { host, celsius: Math.round(celsius ?? 0) }),
      {},
    ),
    {
      ...condition(
        'under-voltage',
        'alarm',
        reading.underVoltage === undefined ? flagged(now, (flags) => flags.underVoltage) : reading.underVoltage ? 'bad' : 'good',
        message(text.underVoltage, { host }),
        {},
      ),
      needsPerson: true,
    },
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
  const data = {
    host,
    container: container.name,
    held: size(held),
    percent: Math.round(percent ?? 0),
    limit: limit.kind === 'limit' ? size(limit.size) : '?',
  };
  return condition('near-limit', 'warning', reading, message(text.nearLimit, data), container);
}

function thrashing({ host }: Situation, container: ContainerView): Condition {
  // Has its own window and hysteresis, so it counts at once.
  const rate = size(container.refaultsPerSecond === undefined ? undefined : container.refaultsPerSecond * 4096);
  const said = message(text.thrashing, { host, container: container.name, rate });
  const base = condition('thrashing', 'alarm', container.thrashing ? 'bad' : 'good', said, container);
  return { ...base, immediate: true, needsPerson: true };
}

function restartLoop({ host, now }: Situation, container: ContainerView, rules: AlertRules): Condition {
  const count = container.restartTimes.filter((time) => now - time <= rules.restartsWithinMs).length;
  const minutes = Math.round(rules.restartsWithinMs / 60_000);
  const said = message(text.restartLoop, { host, container: container.name, count, minutes });
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
  const said = message(template, { host, container: container.name, limit: size(limit) });
  const base = condition('oom-kill', 'alarm', recent ? 'bad' : 'good', said, container);
  return { ...base, immediate: true, needsPerson: true };
}

function condition(
  kind: AlertKind,
  severity: Condition['severity'],
  reading: Condition['reading'],
  said: Message,
  about: ContainerView | { readonly culprit?: string },
): Condition {
  const base = { kind, severity, reading, message: said, needsPerson: false, immediate: false };
  // By name, so that a container that was created anew is still the same to the reader.
  if ('id' in about) return { ...base, key: `${kind}:${about.name}`, containerId: about.id, culprit: about.name };
  return { ...base, key: `${kind}:${severity}`, ...about };
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
