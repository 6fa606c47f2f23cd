import { afterEach, describe, expect, it } from 'vitest';
import type { ServerChannel } from 'ssh2';
import { ok } from '../../../src/base/result.ts';
import { becomeRoot, mendCmdline, restartHost } from '../../../src/live/readiness/mend.ts';
import type { Session } from '../../../src/live/session.ts';
import { fakeSshd, sessionTo, type FakeSshd } from '../host/fake-sshd.ts';

let sshd: FakeSshd | undefined;
let session: Session | undefined;
afterEach(async () => {
  session?.dispose();
  await sshd?.close();
});

/** A host whose sudo wants a password, or none, and that remembers what it was told to run. */
async function host(uid: number, password: string | undefined): Promise<{ session: Session; lines: string[]; inputs: string[] }> {
  const lines: string[] = [];
  const inputs: string[] = [];
  const exec = (line: string, channel: ServerChannel): void => {
    let input = '';
    channel.on('data', (data: Buffer) => (input += data.toString()));
    channel.on('end', () => {
      lines.push(line);
      inputs.push(input);
      const [first = '', ...rest] = input.split('\n');
      const asked = line.startsWith('sudo -k -S');
      const allowed = asked ? first === password : !line.startsWith('sudo') || password === undefined;
      if (line === 'id -u') channel.write(`${String(uid)}\n`);
      if (line.includes('sh -s') && allowed) channel.write(`== backup\n /boot/backup ${asked ? rest.length > 1 : ''}\n`);
      channel.exit(allowed ? 0 : 1);
      channel.end();
    });
  };
  sshd = await fakeSshd({ exec });
  session = sessionTo(sshd.port);
  return { session, lines, inputs };
}

const plan = { kind: 'edit', path: '/boot/firmware/cmdline.txt', before: 'root=x', after: 'root=x y', added: ['y'] } as const;
const nobody = (): Promise<never> => Promise.reject(new Error('asked'));

describe('becoming root', () => {
  it('needs no sudo for root', async () => {
    const { session, lines } = await host(0, 'secret');
    expect(await becomeRoot(session, nobody)).toEqual(ok({ root: true }));
    await mendCmdline(session, plan, { root: true });
    expect(lines.some((line) => line.includes('sudo'))).toBe(false);
  });

  it('asks nobody where sudo wants no password, and never sends one', async () => {
    const { session, inputs } = await host(1000, undefined);
    expect(await becomeRoot(session, nobody)).toEqual(ok({}));
    expect(await mendCmdline(session, plan, {})).toMatchObject({ ok: true });
    expect(inputs.at(-1)).toMatch(/^set -eu/);
  });

  it('asks again after a wrong password, and sends the right one on standard input alone', async () => {
    const { session, lines, inputs } = await host(1000, 'secret');
    const answers = ['wrong', 'secret'];
    const sudo = await becomeRoot(session, (attempt) => Promise.resolve(answers[attempt - 1]));
    expect(sudo).toEqual(ok({ password: 'secret' }));
    if (!sudo.ok) return;
    expect(await mendCmdline(session, plan, sudo.value)).toMatchObject({ ok: true });
    expect(lines.join('\n')).not.toContain('secret');
    expect(inputs.at(-1)).toMatch(/^secret\nset -eu/);
  });

  it('stops when the person says no, and after three wrong answers', async () => {
    const { session } = await host(1000, 'secret');
    expect(await becomeRoot(session, () => Promise.resolve(undefined))).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(await becomeRoot(session, () => Promise.resolve('wrong'))).toMatchObject({
      error: { kind: 'commandFailed', program: 'sudo' },
    });
    expect(await becomeRoot(session, () => Promise.resolve('secret\nreboot'))).toMatchObject({ ok: false });
  });
});

describe('a restart', () => {
  it('counts as done when the connection goes with it', async () => {
    sshd = await fakeSshd({ exec: () => sshd?.cut() });
    session = sessionTo(sshd.port);
    expect(await restartHost(session, {})).toEqual(ok(undefined));
  });
});
