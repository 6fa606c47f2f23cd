import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sshContexts } from '../../../src/live/host/docker-contexts.ts';

const home = mkdtempSync(join(tmpdir(), 'headroom-contexts-'));
afterAll(() => rmSync(home, { recursive: true }));

const machine = { home, user: 'me', platform: 'linux', environment: new Map(), sshProgram: '' };

describe('docker contexts', () => {
  it('give the hosts that are reached over SSH, and nothing else', async () => {
    const contexts: Record<string, unknown> = {
      b: { Name: 'cellar', Endpoints: { docker: { Host: 'ssh://pi@cellar.local:2222' } } },
      a: { Name: 'attic', Endpoints: { docker: { Host: 'ssh://pi@attic/run/user/1000/docker.sock' } } },
      tcp: { Name: 'tcp', Endpoints: { docker: { Host: 'tcp://10.0.0.1:2376' } } },
      evil: { Name: 'evil', Endpoints: { docker: { Host: 'ssh://-oProxyCommand=x' } } },
      odd: { Endpoints: [] },
    };
    for (const [name, meta] of Object.entries(contexts)) {
      const folder = join(home, '.docker/contexts/meta', name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'meta.json'), JSON.stringify(meta));
    }
    mkdirSync(join(home, '.docker/contexts/meta/broken'));
    writeFileSync(join(home, '.docker/contexts/meta/broken/meta.json'), '{"Name"');
    expect(await sshContexts(machine)).toEqual([
      { context: 'attic', host: 'pi@attic' },
      { context: 'cellar', host: 'pi@cellar.local:2222' },
    ]);
  });

  it('are none where Docker was never used', async () => {
    expect(await sshContexts({ ...machine, home: join(home, 'nobody') })).toEqual([]);
  });
});
