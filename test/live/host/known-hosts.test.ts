import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installed } from '../../lab/installed.ts';
import { fingerprintOf, hostKeyAlgorithms, hostKeyFacts } from '../../../src/live/host/host-key.ts';
import {
  judgeHostKey,
  knownHostsEntry,
  knownKeyTypes,
  matchesPattern,
  parseKnownHosts,
} from '../../../src/live/host/known-hosts.ts';
import { knownHostsFiles } from '../../../src/live/host/known-hosts-files.ts';

/** A key blob of a type, different for each seed; only type and bytes matter to known_hosts. */
function key(seed: number, type = 'ssh-ed25519'): Buffer {
  const name = Buffer.from(type);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(name.length);
  return Buffer.concat([head, name, Buffer.from([0, 0, 0, 4]), Buffer.from([seed, 1, 2, 3])]);
}

const line = (hosts: string, blob: Buffer, type = 'ssh-ed25519'): string => `${hosts} ${type} ${blob.toString('base64')}`;
const judge = (text: string, name: string, port: number, blob: Buffer): ReturnType<typeof judgeHostKey> =>
  judgeHostKey(parseKnownHosts('known', text), name, port, blob);

describe('a host key', () => {
  it('is known by name, in whatever case the name is written', () => {
    expect(judge(line('Pi.local', key(1)), 'pi.LOCAL', 22, key(1)).kind).toBe('known');
  });

  it('is known by one of several names', () => {
    expect(judge(line('attic,pi.local,192.168.1.7', key(1)), '192.168.1.7', 22, key(1)).kind).toBe('known');
  });

  it('is known for its port alone when the line names one', () => {
    const text = line('[pi]:2222', key(1));
    expect(judge(text, 'pi', 2222, key(1)).kind).toBe('known');
    expect(judge(text, 'pi', 22, key(1)).kind).toBe('unknown');
  });

  it('on another port is vouched for by the bare name, but never refused by it', () => {
    expect(judge(line('pi', key(1)), 'pi', 2222, key(1)).kind).toBe('known');
    expect(judge(line('pi', key(1)), 'pi', 2222, key(2)).kind).toBe('unknown');
  });

  it('has changed when another key of its type is on file, and the file and line are named', () => {
    expect(judge(`# mine\n${line('pi', key(1))}`, 'pi', 22, key(2))).toEqual({
      kind: 'changed',
      places: [{ path: 'known', line: 2 }],
    });
  });

  it('of another type than the known one has not changed: it is unknown, and the known one is named', () => {
    expect(judge(line('pi', key(1, 'ssh-rsa'), 'ssh-rsa'), 'pi', 22, key(2))).toMatchObject({
      kind: 'unknown',
      otherTypes: [{ path: 'known', line: 1 }],
    });
  });

  it('is revoked even where it is also known', () => {
    const text = `${line('pi', key(1))}\n@revoked ${line('*', key(1))}`;
    expect(judge(text, 'pi', 22, key(1))).toEqual({ kind: 'revoked', places: [{ path: 'known', line: 2 }] });
  });

  it('is not revoked by a line for other hosts or other keys', () => {
    expect(judge(`@revoked ${line('other', key(1))}\n${line('pi', key(1))}`, 'pi', 22, key(1)).kind).toBe('known');
    expect(judge(`@revoked ${line('*', key(9))}\n${line('pi', key(1))}`, 'pi', 22, key(1)).kind).toBe('known');
  });

  it('counts as unknown where only a certificate authority vouches, and that is said', () => {
    expect(judge(`@cert-authority ${line('*.lan', key(1))}`, 'pi.lan', 22, key(1))).toMatchObject({
      kind: 'unknown',
      certificateAuthority: true,
    });
  });

  it('follows patterns, and a negated one rules the line out wherever it stands', () => {
    const text = line('*.lan,!guest.lan', key(1));
    expect(judge(text, 'pi.lan', 22, key(1)).kind).toBe('known');
    expect(judge(text, 'guest.lan', 22, key(1)).kind).toBe('unknown');
    expect(judge(line('!guest.lan,*.lan', key(1)), 'guest.lan', 22, key(1)).kind).toBe('unknown');
  });

  it('ignores comments, garbage, unknown markers and lines whose type is not that of their key', () => {
    const text = [
      '',
      '# pi',
      'pi',
      'pi ssh-ed25519',
      'pi ssh-ed25519 !!!',
      `@odd ${line('pi', key(1))}`,
      line('pi', key(1), 'ssh-rsa'),
    ];
    expect(judge(text.join('\n'), 'pi', 22, key(1)).kind).toBe('unknown');
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, name) => {
        expect(['known', 'unknown', 'changed', 'revoked']).toContain(judge(text, name, 22, key(1)).kind);
      }),
    );
  });
});

describe('what is written', () => {
  it('is known afterwards, plain or hashed, on any port', () => {
    fc.assert(
      fc.property(fc.domain(), fc.integer({ min: 1, max: 65535 }), fc.boolean(), (name, port, hashed) => {
        const entry = knownHostsEntry(name, port, key(1), hashed);
        expect(judge(entry, name, port, key(1)).kind).toBe('known');
        expect(judge(entry, name, port, key(2)).kind).toBe('changed');
        expect(judge(entry, `${name}x`, port, key(2)).kind).toBe('unknown');
        expect(entry.includes(name.toLowerCase())).toBe(!hashed);
      }),
    );
  });

  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'headroom-known-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('goes on a line of its own, also after a file without a line end', async () => {
    const path = join(folder, 'unended');
    writeFileSync(path, line('first', key(1)));
    await knownHostsFiles.append(path, knownHostsEntry('second', 22, key(2), false));
    expect(parseKnownHosts(path, readFileSync(path, 'utf8')).map(({ hosts }) => hosts)).toEqual(['first', 'second']);
  });

  it('makes the folder and the file for their owner alone', async () => {
    const path = join(folder, 'fresh', 'known_hosts');
    expect(await knownHostsFiles.append(path, knownHostsEntry('pi', 22, key(1), false))).toBe(true);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'fresh')).mode & 0o077).toBe(0);
  });

  it('says so where it can’t be written', async () => {
    expect(await knownHostsFiles.append('/proc/known_hosts', 'x')).toBe(false);
  });

  it.runIf(installed('ssh-keygen'))('is found by ssh-keygen, whose hashes are understood in turn', () => {
    const path = join(folder, 'hashed');
    const real = execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'k')]);
    const [type = '', blob = ''] = readFileSync(join(folder, 'k.pub'), 'utf8').split(' ');
    const host = Buffer.from(blob, 'base64');
    expect(real.length).toBe(0);
    writeFileSync(path, knownHostsEntry('attic-pi', 2222, host, true));
    expect(execFileSync('ssh-keygen', ['-F', '[attic-pi]:2222', '-f', path], { encoding: 'utf8' })).toContain('found');
    writeFileSync(path, `attic-pi ${type} ${blob}\n`);
    execFileSync('ssh-keygen', ['-H', '-f', path], { stdio: 'ignore' });
    expect(readFileSync(path, 'utf8')).toMatch(/^\|1\|/);
    expect(judge(readFileSync(path, 'utf8'), 'attic-pi', 22, host).kind).toBe('known');
    const printed = execFileSync('ssh-keygen', ['-lf', join(folder, 'k.pub')], { encoding: 'utf8' });
    expect(printed).toContain(fingerprintOf(host));
    expect(hostKeyFacts('pi', host).keyType).toBe('ED25519');
  });
});

describe('host key algorithms', () => {
  it('begin with the types on file, so that a server with several keys shows a known one', () => {
    expect(hostKeyAlgorithms(['ssh-rsa'], undefined).slice(0, 2)).toEqual(['rsa-sha2-512', 'rsa-sha2-256']);
    expect(hostKeyAlgorithms(['ecdsa-sha2-nistp256'], undefined)[0]).toBe('ecdsa-sha2-nistp256');
    expect(hostKeyAlgorithms([], undefined)[0]).toBe('ssh-ed25519');
  });

  it('offer SHA-1 only where the configuration does, and never certificates', () => {
    expect(hostKeyAlgorithms(['ssh-rsa'], undefined)).not.toContain('ssh-rsa');
    expect(hostKeyAlgorithms([], ['ssh-ed25519-cert-v01@openssh.com', 'ssh-ed25519', 'ssh-rsa'])).toEqual([
      'ssh-ed25519',
      'ssh-rsa',
    ]);
    expect(hostKeyAlgorithms([], ['nonsense'])[0]).toBe('ssh-ed25519');
  });

  it('are taken from plain lines of the very host', () => {
    const lines = parseKnownHosts(
      'known',
      `${line('pi', key(1, 'ssh-rsa'), 'ssh-rsa')}\n${line('other', key(1))}\n@revoked ${line('pi', key(3))}`,
    );
    expect(knownKeyTypes(lines, 'pi', 22)).toEqual(['ssh-rsa']);
  });
});

describe('a pattern', () => {
  it('matches as its regular expression would', () => {
    const sign = fc.constantFrom('a', 'b', '.', '*', '?');
    fc.assert(
      fc.property(
        fc.array(sign, { maxLength: 8 }),
        fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 8 }),
        (signs, letters) => {
          const expected = new RegExp(
            `^${signs.map((each) => (each === '*' ? '.*' : each === '?' ? '.' : `\\${each}`).replace(/\\([ab])/, '$1')).join('')}$`,
          );
          expect(matchesPattern(signs.join(''), letters.join(''))).toBe(expected.test(letters.join('')));
        },
      ),
    );
  });

  it('can’t be made slow', () => {
    expect(matchesPattern('*a'.repeat(200), 'a'.repeat(5000) + 'b')).toBe(false);
  });
});
