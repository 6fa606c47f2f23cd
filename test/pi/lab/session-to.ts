import { ok } from '../../../src/base/result.ts';
import { noAsker } from '../../../src/live/host/asker.ts';

import { connect, type Session } from '../../../src/live/session.ts';
import type { SshServer } from '../../lab/sshd.ts';

/** A session with a server of the lab, past the user's own configuration. What that does is shown in host.test.ts. */
export function sessionTo({ port, user }: SshServer, key: string, name = 'lab'): Session {
  return connect(name, {
    asker: noAsker,
    machine: { home: '/', user, platform: 'linux', environment: new Map(), sshProgram: '' },
    trusted: false,
    hostKeys: { read: () => Promise.resolve([]), append: () => Promise.resolve(true) },
    resolve: () =>
      Promise.resolve(
        ok({
          name,
          hostName: '127.0.0.1',
          port,
          user,
          identityFiles: [key],
          identitiesOnly: true,
          agents: [],
          jumps: [],
          knownHosts: { userFiles: ['none'], globalFiles: [], hashNames: false, unknown: 'accept' },
          notes: [],
        }),
      ),
  });
}
