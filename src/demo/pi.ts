import { kibibytes, mebibytes, type Bytes } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { DemoContainer } from './container.ts';
import { DEMO_SERVICES, type DemoService } from './stack.ts';

/** An event of the pretend engine, as its API sends it. */
export interface DemoEvent {
  readonly Type: 'container';
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly time: number;
  readonly timeNano: number;
}

/**
 * The pretend Zero 2 W itself: memory that moves, a kernel command line that can be repaired, an engine's containers.
 * It starts like a new Raspberry Pi OS, with the memory cgroup off, so no limit holds until that is repaired.
 */
export class DemoPi implements Disposable {
  readonly clock: Clock;
  readonly containers: readonly DemoContainer[];
  readonly total: Bytes = kibibytes(426_068);
  readonly swapTotal: Bytes = kibibytes(426_064);
  /** Files that were changed, over those that `files.ts` makes up. */
  readonly written = new Map<string, string>();
  memoryCgroup: 'v2' | 'off';
  hostOomKills = 0;
  bootedAt: number;
  readonly #listeners = new Set<(event: DemoEvent) => void>();
  readonly #leavers = new Set<() => void>();
  #timer: Disposable | undefined;
  #watchers = 0;
  #advancedAt = 0;
  #downUntil: number | undefined;

  constructor(clock: Clock, memoryCgroup: 'v2' | 'off', services: readonly DemoService[] = DEMO_SERVICES) {
    this.clock = clock;
    this.memoryCgroup = memoryCgroup;
    const now = clock.wall();
    this.bootedAt = now - UPTIME_MS;
    this.containers = services.map((spec, index) => {
      // Not all at once: some have been up for hours, the leaking one has some way to go.
      const age = spec.leak === undefined ? UPTIME_MS - index * 61_000 : 55_000;
      const container: DemoContainer = new DemoContainer(spec, now - age, (action, attributes) =>
        this.#happened(container, action, attributes ?? {}),
      );
      if (memoryCgroup === 'v2') container.limit = spec.limit;
      return container;
    });
    this.advance();
  }

  get down(): boolean {
    return this.#downUntil !== undefined && this.clock.wall() < this.#downUntil;
  }

  /** Time passes while someone is connected; between that it is caught up with at the next look. */
  watch(): Disposable {
    if (this.#watchers++ === 0) this.#turn();
    let over = false;
    return {
      dispose: () => {
        if (over) return;
        over = true;
        if (--this.#watchers === 0) this.#timer?.dispose();
      },
    };
  }

  advance(): void {
    const wall = this.clock.wall();
    if (wall - this.#advancedAt < STEP_MS) return;
    this.#advancedAt = wall;
    for (const container of this.containers) {
      const killed = container.advance(wall, this.memoryCgroup === 'v2');
      if (killed && !container.oomKilled) this.hostOomKills++;
    }
  }

  find(idOrName: string): DemoContainer | undefined {
    const known = this.containers.find(({ spec }) => spec.name === idOrName);
    return known ?? (/^[0-9a-f]{6,64}$/.test(idOrName) ? this.containers.find(({ id }) => id.startsWith(idOrName)) : undefined);
  }

  /** Created anew, a container gets its limit, if the kernel can keep it. */
  recreate(container: DemoContainer): void {
    const wall = this.clock.wall();
    container.stop(wall);
    container.limit = this.memoryCgroup === 'v2' ? container.spec.limit : undefined;
    container.start(wall);
  }

  onEvent(listener: (event: DemoEvent) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** Called when the machine goes down and takes its connections with it. */
  onDown(listener: () => void): Disposable {
    this.#leavers.add(listener);
    return { dispose: () => void this.#leavers.delete(listener) };
  }

  reboot(): void {
    const wall = this.clock.wall();
    this.#downUntil = wall + BOOT_MS;
    for (const leave of [...this.#leavers]) leave();
    const line = this.written.get(CMDLINE_PATH) ?? CMDLINE;
    this.memoryCgroup = /^[^\n]*\bcgroup_enable=memory\b/.test(line) ? 'v2' : 'off';
    this.bootedAt = wall + BOOT_MS;
    for (const container of this.containers) if (container.running) container.start(this.bootedAt);
  }

  /** In bytes, as /proc/meminfo would show them. */
  memory(): {
    readonly available: number;
    readonly free: number;
    readonly cached: number;
    readonly anon: number;
    readonly swapped: number;
  } {
    const sum = (part: (container: DemoContainer) => number) =>
      this.containers.reduce((total, each) => total + (each.running ? part(each) : 0), 0);
    const held = sum(({ usage }) => usage.anon + usage.shmem + usage.kernel);
    const cached = sum(({ usage }) => usage.cache) + mebibytes(46);
    const breath = Math.sin(this.clock.wall() / 9000) * mebibytes(2);
    const available = Math.max(mebibytes(6), this.total - mebibytes(98) - held - breath);
    return {
      available,
      free: Math.max(mebibytes(5), available - cached * 0.7),
      cached,
      anon: sum(({ usage }) => usage.anon) + mebibytes(52),
      swapped: mebibytes(44) + Math.max(0, mebibytes(60) - available) * 0.5,
    };
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#listeners.clear();
    this.#leavers.clear();
  }

  #turn(): void {
    this.advance();
    this.#timer = this.clock.after(1000, () => this.#turn());
  }

  #happened({ id, spec }: DemoContainer, action: string, attributes: Readonly<Record<string, string>>): void {
    const wall = this.clock.wall();
    const event: DemoEvent = {
      Type: 'container',
      Action: action,
      Actor: { ID: id, Attributes: { name: spec.name, image: spec.image, ...attributes } },
      time: Math.floor(wall / 1000),
      timeNano: wall * 1e6,
    };
    for (const listener of [...this.#listeners]) listener(event);
  }
}

export const CMDLINE_PATH = '/boot/firmware/cmdline.txt';
export const CMDLINE = 'console=serial0,115200 console=tty1 root=PARTUUID=de30de30-02 rootfstype=ext4 fsck.repair=yes rootwait\n';

const UPTIME_MS = 5 * 3600_000;
const STEP_MS = 900;
const BOOT_MS = 4000;
