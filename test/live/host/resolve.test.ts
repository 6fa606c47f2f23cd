import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configuredHosts, readConfig } from '../../../src/live/host/config-file.ts';
import { configReader, type Machine } from '../../../src/live/host/machine.ts';
import { resolveHost } from '../../../src/live/host/resolve.ts';
import { installed } from '../../lab/installed.ts';
import { parseHostName, type HostTarget } from '../../../src/live/host/target.ts';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'headroom-config-'));
  mkdirSync(join(home, '.ssh/conf.d'), { recursive: true });
});
afterAll(() => rmSync(home, { recursive: true }));

function machine(config: string, sshProgram: string, environment: Record<string, string> = {}): Machine {
  const configFile = join(home, '.ssh/config');
  writeFileSync(configFile, config);
  return { home, user: 'me', platform: 'linux', environment: new Map(Object.entries(environment)), sshProgram, configFile };
}

async function target(host: string, config: string, sshProgram = '', environment = {}): Promise<HostTarget> {
  const resolved = await resolveHost(host, machine(config, sshProgram, environment));
  if (!resolved.ok) throw new Error(resolved.error.kind);
  return resolved.value;
}

describe('what a person types', () => {
  it.each([
    ['attic-pi', { name: 'attic-pi' }],
    ['pi@attic.local', { name: 'attic.local', user: 'pi' }],
    ['pi@10.0.0.7:2222', { name: '10.0.0.7', user: 'pi', port: 2222 }],
    ['pi@[fe80::1%eth0]:2222', { name: 'fe80::1%eth0', user: 'pi', port: 2222 }],
    ['2001:db8::7', { name: '2001:db8::7' }],
    ['ssh://pi@attic:22', { name: 'attic', user: 'pi', port: 22 }],
    ['dom\u00e4ne@pi', { name: 'pi', user: 'dom\u00e4ne' }],
  ])('%s is a host', (typed, expected) => {
    expect(parseHostName(typed)).toEqual({ ok: true, value: expected });
  });

  it.each([
    '',
    '-oProxyCommand=x',
    'pi;reboot',
    '$(x)@pi',
    'pi`x`',
    'pi:0',
    'pi:99999',
    'a b',
    'pi\nHost x',
    '@pi',
    'pi@',
    "pi'",
    '[pi',
    'x@-pi',
  ])('%j is none: it would reach a program of the user’s configuration', (typed) => {
    expect(parseHostName(typed)).toMatchObject({ ok: false, error: { kind: 'badHostName' } });
  });
});

const CONFIG = `
Host attic
  HostName attic-%h.lan
  User pi
  Port 2200
  IdentityFile "~/.ssh/my key"
  IdentityFile ~/.ssh/second
  IdentityAgent /run/agent.sock
Host *.lan !guest.lan
  User lan-user   # the router's
Host *
  User everyone
  HashKnownHosts yes
`;

describe.each([...(installed('ssh') ? [['ssh -G', 'ssh'] as const] : []), ['our parser', ''] as const])(
  'the configuration through %s',
  (_name, ssh) => {
    it('gives the first value of a keyword, all identity files, and expands names and homes', async () => {
      const found = await target('attic', CONFIG, ssh);
      expect(found).toMatchObject({ hostName: 'attic-attic.lan', user: 'pi', port: 2200, agents: ['/run/agent.sock'] });
      expect(found.identityFiles.slice(0, 2)).toEqual([join(home, '.ssh/my key'), join(home, '.ssh/second')]);
      expect(found.knownHosts.hashNames).toBe(true);
    });

    it('lets what was typed win over what is configured', async () => {
      expect(await target('root@attic:22', CONFIG, ssh)).toMatchObject({ user: 'root', port: 22, hostName: 'attic-attic.lan' });
    });

    it('matches patterns, negated ones too', async () => {
      expect((await target('pi.lan', CONFIG, ssh)).user).toBe('lan-user');
      expect((await target('guest.lan', CONFIG, ssh)).user).toBe('everyone');
    });

    it('follows Include, inside a Host block only for that host', async () => {
      writeFileSync(join(home, '.ssh/conf.d/a.conf'), 'Port 2222\nHost other\n  Port 3333\n');
      const config = `Host pi\n  Include ${join(home, '.ssh/conf.d')}/*.conf\nHost *\n  Port 4444\n`;
      expect((await target('pi', config, ssh)).port).toBe(2222);
      expect((await target('another', config, ssh)).port).toBe(4444);
    });

    it('resolves each jump host by its own block, and the first one’s own jumps', async () => {
      const config =
        'Host pi\n  ProxyJump user@gate:2222,inner\nHost gate\n  HostName gate.example\n  ProxyJump outer\nHost inner\n  ProxyJump ignored\n';
      const { jumps } = await target('pi', config, ssh);
      expect(jumps.map(({ hostName, user, port }) => [hostName, user, port])).toEqual([
        ['outer', expect.any(String), 22],
        ['gate.example', 'user', 2222],
        ['inner', expect.any(String), 22],
      ]);
    });

    it('does not run in circles', async () => {
      const resolved = await resolveHost('a', machine('Host a\n  ProxyJump b\nHost b\n  ProxyJump a\n', ssh));
      expect(resolved.ok).toBe(false);
    });

    it('keeps a ProxyCommand as it stands, with its names filled in', async () => {
      const config = 'Host pi\n  HostName pi.lan\n  Port 2022\n  ProxyCommand nc -X 5 "%h" %p # %%\n';
      expect((await target('pi', config, ssh)).proxyCommand).toBe('nc -X 5 "pi.lan" 2022 # %');
    });

    it('takes policy for unknown keys, and never accepts changed ones', async () => {
      expect((await target('pi', 'StrictHostKeyChecking no\n', ssh)).knownHosts.unknown).toBe('accept');
      expect((await target('pi', 'StrictHostKeyChecking yes\n', ssh)).knownHosts.unknown).toBe('refuse');
      expect((await target('pi', '', ssh)).knownHosts.unknown).toBe('ask');
    });

    it('finds the agent in the environment, unless it is told none', async () => {
      expect((await target('pi', '', ssh, { SSH_AUTH_SOCK: '/run/agent' })).agents).toEqual(['/run/agent']);
      expect((await target('pi', 'IdentityAgent none\n', ssh, { SSH_AUTH_SOCK: '/run/agent' })).agents).toEqual([]);
    });
  },
);

describe('our parser', () => {
  it('reports a Match block and leaves it out', async () => {
    const found = await target('pi', 'Match exec "true"\n  User match\nHost pi\n  User pi\n');
    expect(found.user).toBe('pi');
    expect(found.notes).toMatchObject([{ data: { line: 1 } }]);
  });

  it('offers Windows’ own agent and Pageant where the environment names none', async () => {
    const windows = { ...machine('', ''), platform: 'win32' };
    const found = await resolveHost('pi', windows);
    expect(found.ok && found.value.agents).toEqual(['\\\\.\\pipe\\openssh-ssh-agent', 'pageant']);
  });

  it('lists the hosts to pick from, those of included files too, without patterns', () => {
    writeFileSync(join(home, '.ssh/conf.d/b.conf'), 'Host from-include\n');
    const here = machine('Host attic "cellar" *.lan !no\nInclude conf.d/b.conf\nHost *\n', '');
    expect(configuredHosts([join(home, '.ssh/config')], configReader(here))).toEqual(['attic', 'cellar', 'from-include']);
  });

  it('stops where files include each other', () => {
    const reader = { read: () => 'Include self\nPort 7', expand: () => ['self'] };
    expect(readConfig(['self'], 'pi', reader).values.get('port')).toEqual(['7']);
  });
});
