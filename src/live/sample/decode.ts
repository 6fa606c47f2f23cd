import type { ContainerReading, HostReading, MemoryCgroup } from '../cgroup/reading.ts';
import { containerFrom, hostFrom } from './fields.ts';

export type Decoded =
  | { readonly kind: 'started'; readonly memoryCgroup: MemoryCgroup }
  | { readonly kind: 'frame'; readonly host: HostReading; readonly containers: readonly ContainerReading[] }
  /** Lines were lost or others wrote between them: ask for a frame that starts afresh. */
  | { readonly kind: 'damaged' };

/**
 * Reads what the sampler prints, line by line. A frame only counts when its last line says the number of characters
 * that came; lines that can't be the sampler's are ignored, and nothing that arrives makes this grow beyond bounds.
 */
export class FrameDecoder {
  readonly #host = new Map<string, number>();
  readonly #slots = new Map<number, Slot>();
  #lines: string[] = [];
  #characters = 0;
  #tick: number | undefined;
  #cgroup: MemoryCgroup = 'off';
  #pageSize = 4096;

  get memoryCgroup(): MemoryCgroup {
    return this.#cgroup;
  }

  /** Forgets everything; the next frame is taken as one that starts afresh. */
  reset(): void {
    this.#host.clear();
    this.#slots.clear();
    this.#lines = [];
    this.#characters = 0;
    this.#tick = undefined;
  }

  line(text: string): Decoded | undefined {
    const line = text.endsWith('\r') ? text.slice(0, -1) : text;
    const greeting = GREETING.exec(line);
    if (greeting !== null) return this.#start(greeting);
    const end = FRAME_END.exec(line);
    if (end !== null) return this.#finish(Number(end[1]), Number(end[2]));
    if (line.length > MAX_LINE || !RECORDS.test(line)) return undefined;
    if (this.#lines.length < MAX_LINES) this.#lines.push(line);
    this.#characters += line.length;
    return undefined;
  }

  #start([, version, pageSize]: RegExpExecArray): Decoded {
    this.reset();
    this.#cgroup = version === '2' ? 'v2' : version === '1' ? 'v1' : 'off';
    this.#pageSize = Number(pageSize);
    return { kind: 'started', memoryCgroup: this.#cgroup };
  }

  #finish(tick: number, characters: number): Decoded {
    const lines = this.#lines;
    const whole = characters === this.#characters && lines.length < MAX_LINES;
    const inOrder = this.#tick === undefined || tick === this.#tick + 1;
    this.#lines = [];
    this.#characters = 0;
    this.#tick = tick;
    if (!whole || !inOrder || !lines.every((line) => line.split(' ').every((record) => this.#apply(record)))) {
      return { kind: 'damaged' };
    }
    const containers = [...this.#slots.values()].map(({ id, letters }) => containerFrom(id, letters));
    return { kind: 'frame', host: hostFrom(this.#host, this.#pageSize), containers };
  }

  #apply(record: string): boolean {
    if (record.startsWith('h')) return applyLetters(this.#host, record.slice(1));
    const arrival = ARRIVAL.exec(record);
    if (arrival?.[2] !== undefined) {
      this.#slots.set(Number(arrival[1]), { id: arrival[2], letters: new Map() });
      return this.#slots.size <= MAX_SLOTS;
    }
    if (record.startsWith('-')) return this.#slots.delete(Number(record.slice(1)));
    const slot = /^\d{1,4}/.exec(record)?.[0] ?? '';
    const known = this.#slots.get(Number(slot));
    return known !== undefined && applyLetters(known.letters, record.slice(slot.length));
  }
}

interface Slot {
  readonly id: string;
  readonly letters: Map<string, number>;
}

/** `c12I4s!`: c grew by 12, i shrank by 4, s is no longer known. */
function applyLetters(letters: Map<string, number>, changes: string): boolean {
  for (const [, letter = '', change = ''] of changes.matchAll(CHANGE)) {
    const name = letter.toLowerCase();
    if (change === '!') letters.delete(name);
    else {
      const value = (letters.get(name) ?? 0) + (name === letter ? Number(change) : -Number(change));
      if (!Number.isSafeInteger(value) || value < 0) return false;
      letters.set(name, value);
    }
  }
  return true;
}

const GREETING = /^headroom 1 ([012]) (\d{4,6})$/;
const FRAME_END = /^\.(\d{1,10}) (\d{1,8})$/;
const RECORDS =
  /^(?:h(?:[a-zA-Z](?:\d+|!))+|\+\d{1,4}=[0-9a-f]{64}|-\d{1,4}|\d{1,4}(?:[a-zA-Z](?:\d+|!))+)(?: (?:\+\d{1,4}=[0-9a-f]{64}|-\d{1,4}|\d{1,4}(?:[a-zA-Z](?:\d+|!))+))*$/;
const ARRIVAL = /^\+(\d{1,4})=([0-9a-f]{64})$/;
const CHANGE = /([a-zA-Z])(\d+|!)/g;
/** The sampler breaks lines at 1000 characters; one record is far shorter than that. */
const MAX_LINE = 4096;
const MAX_LINES = 2000;
const MAX_SLOTS = 2000;
