import type { Disposable } from '../../base/disposable.ts';
import { openDemo } from '../../demo/open-demo.ts';
import { isDemoHost } from '../../demo/names.ts';
import type { SessionPorts } from '../../live/host/host-session.ts';
import { connect, type Session } from '../../live/session.ts';

/** A session, and the whole of what goes with it: of the demo also the machine that it is connected to. */
export interface OpenedSession extends Disposable {
  readonly session: Session;
}

/** In a bundle of its own, because here SSH and the client of Docker's API come in: they load at the first connection. */
export function openSession(host: string, ports: SessionPorts): OpenedSession {
  if (isDemoHost(host)) return openDemo(host);
  const session = connect(host, ports);
  return { session, dispose: () => session.dispose() };
}
