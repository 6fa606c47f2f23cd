import type { Alert } from './alert.ts';
import { DEFAULT_ALERT_RULES, type AlertRules } from './alert-rules.ts';
import { containerConditions, hostConditions, type Condition, type Situation } from './conditions.ts';
import { Latch } from './latch.ts';

/**
 * The alerts of one host. Most only show as a state; those that need a person are handed out once by
 * `takeNotifications`, and not again within the cool-down.
 */
export class Alerts {
  #rules: AlertRules;
  readonly #tracks = new Map<string, Track>();
  #active: readonly Alert[] = [];
  #fresh: Alert[] = [];

  constructor(rules: AlertRules = DEFAULT_ALERT_RULES) {
    this.#rules = rules;
  }

  set rules(rules: AlertRules) {
    this.#rules = rules;
    // Thresholds of before have no say in how long something has been bad.
    this.#tracks.clear();
  }

  get active(): readonly Alert[] {
    return this.#active;
  }

  /** What has not been shown to anyone yet; for one notification, however many they are. */
  takeNotifications(): readonly Alert[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }

  update(situation: Situation, wall: number): void {
    const conditions = [...hostConditions(situation, this.#rules), ...containerConditions(situation, this.#rules)];
    const seen = new Set(conditions.map(({ key }) => key));
    for (const [key, track] of this.#tracks) {
      if (!seen.has(key) && situation.now - (track.notifiedAt ?? 0) > this.#rules.coolDownMs) this.#tracks.delete(key);
    }
    const active = conditions.flatMap((condition) => this.#follow(condition, situation, wall));
    const alarming = active.some(({ kind, severity }) => kind === 'host-memory' && severity === 'alarm');
    this.#active = alarming ? active.filter(({ key }) => key !== 'host-memory:warning') : active;
  }

  #follow(condition: Condition, situation: Situation, wall: number): readonly Alert[] {
    const track = this.#trackOf(condition.key);
    const wasOn = track.latch.raisedAt !== undefined;
    const on = condition.immediate
      ? track.immediate.update(situation.now, condition.reading)
      : track.latch.update(situation.now, condition.reading);
    if (!on) {
      track.since = undefined;
      return [];
    }
    track.since ??= wall;
    const alert: Alert = {
      key: condition.key,
      kind: condition.kind,
      severity: condition.severity,
      host: situation.host,
      since: track.since,
      message: condition.say(),
      ...(condition.containerId === undefined ? {} : { containerId: condition.containerId }),
      ...(condition.culprit === undefined ? {} : { culprit: condition.culprit }),
    };
    if (!wasOn && condition.needsPerson) this.#notify(alert, track, situation.now);
    return [alert];
  }

  #notify(alert: Alert, track: Track, now: number): void {
    if (track.announced === track.since) return;
    track.announced = track.since;
    if (track.notifiedAt !== undefined && now - track.notifiedAt < this.#rules.coolDownMs) return;
    track.notifiedAt = now;
    this.#fresh.push(alert);
  }

  #trackOf(key: string): Track {
    const known = this.#tracks.get(key);
    if (known !== undefined) return known;
    const { raiseAfterMs, clearAfterMs } = this.#rules;
    const track: Track = {
      latch: new Latch({ raiseAfterMs, clearAfterMs }),
      immediate: new Latch({ raiseAfterMs: 0, clearAfterMs: 0 }),
    };
    this.#tracks.set(key, track);
    return track;
  }
}

interface Track {
  readonly latch: Latch;
  readonly immediate: Latch;
  since?: number | undefined;
  /** The `since` that was announced, so that one spell is announced once. */
  announced?: number | undefined;
  notifiedAt?: number;
}
