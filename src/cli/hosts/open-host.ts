import { render } from '../../base/message.ts';
import { isDemoHost } from '../../demo/names.ts';
import { explain, type LiveError } from '../../live/errors.ts';
import type { Session } from '../../live/session.ts';
import { terminalAsker } from './terminal-asker.ts';
import type { Terminal } from '../verb.ts';

/** A session for HOST of the command line. SSH is loaded here and not before: linting never needs it. */
export async function openHost(host: string, terminal: Terminal): Promise<Session> {
  if (isDemoHost(host)) return (await import('../../demo/open-demo.ts')).openDemo(host).session;
  const [{ connect }, { thisMachine }] = await Promise.all([
    import('../../live/session.ts'),
    import('../../live/host/machine.ts'),
  ]);
  return connect(host, {
    asker: terminalAsker(terminal),
    machine: thisMachine(terminal.environment),
    // Whoever types a command runs their own configuration.
    trusted: true,
    notice: (notice) => terminal.say(notice),
  });
}

/** What happened and the way out, on stderr. */
export function sayError(error: LiveError, terminal: Terminal): void {
  const { what, wayOut } = explain(error);
  terminal.say(what);
  terminal.say(wayOut);
  if (error.kind === 'jumpFailed') sayError(error.cause, terminal);
}

/** For scripts: always English, with a kind that never changes. */
export function errorJson(error: LiveError): { readonly kind: string; readonly message: string; readonly wayOut: string } {
  const { what, wayOut } = explain(error);
  return { kind: error.kind, message: render(what), wayOut: render(wayOut) };
}
