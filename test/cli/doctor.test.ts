import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.ts';
import type { Terminal } from '../../src/cli/verb.ts';
import type { Message } from '../../src/base/message.ts';

interface Said {
  readonly code: number;
  readonly out: string;
  readonly messages: readonly Message[];
}

async function headroom(...argv: string[]): Promise<Said> {
  const out: string[] = [];
  const messages: Message[] = [];
  const terminal: Terminal = {
    workingDirectory: '/',
    environment: new Map(),
    color: false,
    interactive: false,
    columns: 100,
    translate: (english) => english,
    signal: new AbortController().signal,
    out: (text) => out.push(text),
    err: () => undefined,
    say: (message) => messages.push(message),
    readStdin: () => Promise.resolve(''),
  };
  const code = await run(argv, terminal);
  return { code, out: out.join(''), messages };
}

describe('headroom doctor', () => {
  it('finds that the demo Pi has its memory cgroup off, and shows the line that mends it', async () => {
    const { code, out } = await headroom('doctor', 'demo');
    expect(code).toBe(1);
    expect(out).toContain('Raspberry Pi Zero 2 W');
    expect(out).toMatch(/✗ The memory cgroup is off/);
    expect(out).toMatch(/root=\S+ .*cgroup_enable=memory/);
  });

  it('says the same to scripts', async () => {
    const { code, out } = await headroom('doctor', 'demo', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      host: 'demo',
      identity: { model: 'Raspberry Pi Zero 2 W Rev 1.0', architecture: 'arm64' },
      checks: expect.arrayContaining([expect.objectContaining({ id: 'memory-cgroup', status: 'bad' })]) as unknown,
    });
  });

  it('tells a host that can’t be reached from one that is not ready', async () => {
    const { code, out } = await headroom('doctor', 'me@127.0.0.1:1', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ version: 1, error: { kind: 'unreachable' } });
  });

  it('takes no word that is no host', async () => {
    expect((await headroom('doctor', 'me@pi;reboot')).code).toBe(2);
    expect((await headroom('doctor')).code).toBe(2);
  });
});
