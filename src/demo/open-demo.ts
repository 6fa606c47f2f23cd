import type { Clock } from '../base/clock.ts';
import { onDispose, type Disposable } from '../base/disposable.ts';
import { fail, ok } from '../base/result.ts';
import { noAsker } from '../live/host/asker.ts';
import type { Dial } from '../live/host/dial.ts';
import { HostSession } from '../live/host/host-session.ts';
import type { HostKeyStore } from '../live/host/known-hosts-files.ts';
import type { Machine } from '../live/host/machine.ts';
import type { HostTarget } from '../live/host/target.ts';
import type { Session } from '../live/session.ts';
import { systemClock } from '../live/system-clock.ts';
import { DEMO_HOST, REPAIRED_DEMO_HOST } from './names.ts';
import { DemoPi } from './pi.ts';
import { DemoSshServer } from './server.ts';
import { socketPair } from './socket-pair.ts';

export interface Demo extends Disposable {
  readonly session: Session;
  readonly pi: DemoPi;
}

/**
 * A session with the pretend Pi: the same client, protocol and parsers as with a real one, over a pair of streams in
 * this process. No port is opened, no key is read or written, nothing is asked.
 */
export function openDemo(host: string = DEMO_HOST, clock: Clock = systemClock): Demo {
  const pi = new DemoPi(clock, host === REPAIRED_DEMO_HOST ? 'v2' : 'off');
  const server = new DemoSshServer(pi);
  const session = new HostSession(host, {
    asker: noAsker,
    machine: NO_MACHINE,
    trusted: false,
    clock,
    hostKeys: NO_FILES,
    dial: dialInto(pi, server),
    resolve: () => Promise.resolve(ok(targetOf(host))),
  });
  const all = onDispose(() => {
    session.dispose();
    server.dispose();
    pi.dispose();
  });
  return { session, pi, dispose: () => all.dispose() };
}

function dialInto(pi: DemoPi, server: DemoSshServer): Dial {
  return (host, port) => {
    if (pi.down) return Promise.resolve(fail({ kind: 'unreachable', host, port, why: 'noRoute' }));
    const [ours, theirs] = socketPair();
    server.accept(theirs);
    return Promise.resolve(ok(ours));
  };
}

function targetOf(host: string): HostTarget {
  return {
    name: host,
    hostName: host,
    port: 22,
    user: 'demo',
    identityFiles: [],
    identitiesOnly: true,
    agents: [],
    jumps: [],
    // The key was made a moment ago in this process; there is nobody in between.
    knownHosts: { userFiles: ['demo'], globalFiles: [], hashNames: false, unknown: 'accept' },
    notes: [],
  };
}

const NO_FILES: HostKeyStore = { read: () => Promise.resolve([]), append: () => Promise.resolve(true) };

const NO_MACHINE: Machine = { home: '/', user: 'demo', platform: 'demo', environment: new Map(), sshProgram: '' };
