import * as vscode from 'vscode';
import { env } from 'node:process';
import type { HostFacts } from '../../analysis/memory/host.ts';
import { DisposableList } from '../../base/disposable.ts';
import { once } from '../../base/once.ts';
import { DEMO_HOST, isDemoHost } from '../../demo/names.ts';
import { thisMachine, type Machine } from '../../live/host/machine.ts';
import { Peaks } from '../../live/store/peaks.ts';
import { systemClock } from '../../live/system-clock.ts';
import type { ConnectedHost } from '../connected-host.ts';
import { say } from '../translate.ts';
import { windowAsker } from './asker.ts';
import type { liveSettings } from './contributions.ts';
import { WatchedHost, type HostPorts } from './watched-host.ts';

const SETTING: keyof typeof liveSettings = 'headroom.hosts';
const PEAKS = 'headroom.peaks';

/** The Pis of the sidebar: those of the user's settings, and the demo once it was opened. */
export class Hosts implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #connected: ConnectedHost;
  readonly #owned = new DisposableList();
  readonly #hosts = new Map<string, WatchedHost>();
  readonly #facts = new Map<string, HostFacts>();
  readonly #peaks: Peaks;
  readonly #loaded = once(() => import('./connecting.ts'));
  readonly #changed = new vscode.EventEmitter<void>();
  #demo = false;

  readonly onDidChange = this.#changed.event;

  constructor(context: vscode.ExtensionContext, connected: ConnectedHost) {
    this.#context = context;
    this.#connected = connected;
    this.#peaks = Peaks.from(context.globalState.get(PEAKS));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTING)) this.#renew();
      }),
    );
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()));
    this.#renew();
  }

  get all(): readonly WatchedHost[] {
    return [...this.#hosts.values()];
  }

  of(name: string): WatchedHost | undefined {
    return this.#hosts.get(name);
  }

  /** The demo is no connection: nothing of a workspace reaches it. */
  mayConnect(host: Pick<WatchedHost, 'pretend'>): boolean {
    return host.pretend || vscode.workspace.isTrusted;
  }

  openDemo(): void {
    this.#demo = true;
    this.#renew();
  }

  async add(name: string): Promise<void> {
    if (isDemoHost(name)) this.openDemo();
    else await this.#write([...this.#written(), name]);
  }

  async remove(name: string): Promise<void> {
    if (name === DEMO_HOST) this.#demo = false;
    const written = this.#written();
    if (written.includes(name)) await this.#write(written.filter((each) => each !== name));
    this.#renew();
  }

  /** Every session is ended too: each remembers what was entered in it. */
  restart(): void {
    for (const host of this.#hosts.values()) host.dispose();
    this.#hosts.clear();
    this.#renew();
  }

  /** Between sessions: what containers were seen to need. */
  keepPeaks(): void {
    if (this.#peaks.changed) void this.#context.globalState.update(PEAKS, this.#peaks.serialise());
  }

  dispose(): void {
    this.#owned.dispose();
    for (const host of this.#hosts.values()) host.dispose();
    this.#hosts.clear();
    this.#changed.dispose();
  }

  #renew(): void {
    const names = new Set([...this.#written(), ...(this.#demo ? [DEMO_HOST] : [])]);
    for (const [name, host] of this.#hosts) {
      if (names.has(name)) continue;
      host.dispose();
      this.#hosts.delete(name);
      this.#facts.delete(name);
    }
    for (const name of names) if (!this.#hosts.has(name)) this.#hosts.set(name, new WatchedHost(name, this.#portsOf(name)));
    this.#publish();
    this.#changed.fire();
  }

  #portsOf(name: string): HostPorts {
    const pretend = isDemoHost(name);
    return {
      clock: systemClock,
      // What a made-up machine needs is no measurement.
      peaks: pretend ? new Peaks() : this.#peaks,
      open: async (host) =>
        (await this.#loaded()).openSession(host, {
          asker: windowAsker(this.#context.secrets),
          machine: hereMachine(),
          trusted: vscode.workspace.isTrusted,
          notice: (notice) => void vscode.window.showInformationMessage(say(notice)),
        }),
      onFacts: (facts) => {
        if (pretend) return;
        this.#facts.set(name, facts);
        this.#publish();
      },
    };
  }

  /** Files are judged by a host only where it is clear by which. */
  #publish(): void {
    const [only, ...others] = this.#facts.values();
    this.#connected.facts = others.length === 0 ? only : undefined;
  }

  #written(): readonly string[] {
    const value: unknown = vscode.workspace.getConfiguration().get(SETTING);
    const names: readonly unknown[] = Array.isArray(value) ? value : [];
    return names.filter((name) => typeof name === 'string').filter((name) => name.trim() !== '');
  }

  async #write(names: readonly string[]): Promise<void> {
    await vscode.workspace.getConfiguration().update(SETTING, [...new Set(names)], vscode.ConfigurationTarget.Global);
  }
}

/** The computer that the extension runs on, with the environment that VS Code was started in. */
export function hereMachine(): Machine {
  return thisMachine(new Map(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))));
}
