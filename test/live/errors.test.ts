import { describe, expect, it } from 'vitest';
import { render } from '../../src/base/message.ts';
import { explain, mayPass, type LiveError, type LiveErrorKind } from '../../src/live/errors.ts';

const key = { host: '[pi]:2222', keyType: 'ED25519', fingerprint: 'SHA256:abc' };
const places = [{ path: '~/.ssh/known_hosts', line: 7 }];
const auth = { kind: 'authFailed', user: 'pi', host: 'attic', tried: ['password'], accepted: [], unusable: [] } as const;

/** One of each kind, so that a kind without words doesn't compile. */
const EVERY: { readonly [K in LiveErrorKind]: LiveError & { kind: K } } = {
  badHostName: { kind: 'badHostName', name: '-x' },
  proxyCommandNeedsTrust: { kind: 'proxyCommandNeedsTrust', host: 'pi', command: 'nc' },
  proxyCommandFailed: { kind: 'proxyCommandFailed', host: 'pi', command: 'nc', detail: 'no' },
  nameNotFound: { kind: 'nameNotFound', host: 'pi' },
  unreachable: { kind: 'unreachable', host: 'pi', port: 22, why: 'refused' },
  notSsh: { kind: 'notSsh', host: 'pi', port: 22 },
  noCommonAlgorithm: { kind: 'noCommonAlgorithm', host: 'pi', detail: 'kex' },
  timedOut: { kind: 'timedOut', what: 'login', seconds: 20 },
  hostKeyUnknown: { kind: 'hostKeyUnknown', ...key, certificateAuthority: false },
  hostKeyChanged: { kind: 'hostKeyChanged', ...key, places },
  hostKeyRevoked: { kind: 'hostKeyRevoked', ...key, places },
  authFailed: auth,
  jumpFailed: { kind: 'jumpFailed', jump: 'gate', cause: auth },
  forwardingForbidden: { kind: 'forwardingForbidden', host: 'gate', to: 'pi' },
  connectionLost: { kind: 'connectionLost', host: 'pi' },
  channelRefused: { kind: 'channelRefused', host: 'pi', detail: 'open failed' },
  commandNotFound: { kind: 'commandNotFound', program: 'docker' },
  commandFailed: { kind: 'commandFailed', program: 'docker', exitCode: null, complaint: 'no' },
  outputTooLong: { kind: 'outputTooLong', program: 'ps', limit: 10 },
  outputUnreadable: { kind: 'outputUnreadable', program: 'ps', detail: 'odd' },
  dockerMissing: { kind: 'dockerMissing', host: 'pi' },
  dockerStopped: { kind: 'dockerStopped', host: 'pi', socket: '/s' },
  dockerDenied: { kind: 'dockerDenied', host: 'pi', socket: '/s', user: 'me', inGroup: false },
  dockerNoWay: { kind: 'dockerNoWay', host: 'pi', detail: 'forbidden' },
  engineRefused: { kind: 'engineRefused', status: 404, said: 'No such container' },
  engineUnreadable: { kind: 'engineUnreadable', detail: '/info' },
  cancelled: { kind: 'cancelled' },
  closed: { kind: 'closed' },
};

const VARIANTS: readonly LiveError[] = [
  ...(['refused', 'noRoute', 'reset', 'noNetwork', 'other'] as const).map((why) => ({ ...EVERY.unreachable, why })),
  ...(['connect', 'login', 'command', 'docker', 'keepalive'] as const).map((what) => ({ ...EVERY.timedOut, what })),
  ...(['missing', 'passphrase', 'agentGone'] as const).map((why) => ({ ...auth, unusable: [{ path: '~/.ssh/id', why }] })),
  { ...auth, accepted: ['password'] },
  { ...EVERY.hostKeyUnknown, certificateAuthority: true },
  { ...EVERY.dockerDenied, inGroup: true },
];

describe('a live error', () => {
  it.each([...Object.values(EVERY), ...VARIANTS])('says what happened and what to do: %j', (error: LiveError) => {
    const { what, wayOut } = explain(error);
    for (const said of [what, wayOut]) {
      expect(render(said)).not.toMatch(/[{}]|undefined|\[object/);
      expect(render(said).length).toBeGreaterThan(5);
    }
  });

  it('names files and lines of a changed key as an editor would open them', () => {
    expect(render(explain(EVERY.hostKeyChanged).what)).toContain('~/.ssh/known_hosts:7');
  });

  it('is waited out only where waiting can help', () => {
    const passing = Object.values(EVERY)
      .filter((error: LiveError) => mayPass(error))
      .map(({ kind }) => kind);
    expect(passing.sort()).toEqual([
      'channelRefused',
      'connectionLost',
      'dockerStopped',
      'nameNotFound',
      'notSsh',
      'timedOut',
      'unreachable',
    ]);
    expect(mayPass({ kind: 'jumpFailed', jump: 'gate', cause: EVERY.unreachable })).toBe(true);
  });
});
