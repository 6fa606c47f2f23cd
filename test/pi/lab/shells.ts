import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { FrameDecoder, type Decoded } from '../../../src/live/sample/decode.ts';
import { sampler, tickLine, type Ask } from '../../../src/live/sample/sampler.ts';

/** A shell with an awk, of those that are installed here; Debian's packages dash, mawk, gawk and busybox-static. */
export interface Pairing {
  readonly name: string;
  readonly shell: readonly [string, ...string[]];
  readonly awk: string;
}

/** busybox ash takes its own awk whatever PATH says, as on Alpine. */
export function pairings(): readonly Pairing[] {
  const all: readonly Pairing[] = [
    { name: 'dash with mawk', shell: ['/bin/dash'], awk: '/usr/bin/mawk' },
    { name: 'dash with gawk', shell: ['/bin/dash'], awk: '/usr/bin/gawk' },
    { name: 'dash with the awk of busybox', shell: ['/bin/dash'], awk: '/bin/busybox' },
    { name: 'dash with bwk awk', shell: ['/bin/dash'], awk: '/usr/bin/original-awk' },
    { name: 'busybox ash', shell: ['/bin/busybox', 'sh'], awk: '/bin/busybox' },
    { name: 'bash with mawk', shell: ['/bin/bash'], awk: '/usr/bin/mawk' },
  ];
  return all.filter(({ shell, awk }) => existsSync(shell[0]) && existsSync(awk));
}

/** Runs the sampler as a host would, without the SSH between. */
export class LocalSampler {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #folder: string;
  readonly #decoder = new FrameDecoder();
  readonly #waiting: ((decoded: Decoded) => void)[] = [];
  readonly #arrived: Decoded[] = [];
  readonly raw: string[] = [];
  complaint = '';

  constructor({ shell, awk }: Pairing, root = '') {
    this.#folder = mkdtempSync(join(tmpdir(), 'headroom-awk-'));
    symlinkSync(awk, join(this.#folder, 'awk'));
    const [program, ...words] = shell;
    this.#child = spawn(program, [...words, '-s', '--', ...(root === '' ? [] : [root])], {
      env: { PATH: `${this.#folder}:${process.env.PATH ?? ''}` },
    });
    this.#child.stderr.on('data', (data: Buffer) => (this.complaint += data.toString()));
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#line(line));
    this.#child.stdin.write(sampler.text);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  next(): Promise<Decoded> {
    const decoded = this.#arrived.shift();
    if (decoded !== undefined) return Promise.resolve(decoded);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no answer; stderr: ${this.complaint}; said: ${this.raw.join('|')}`)),
        10_000,
      );
      this.#waiting.push((answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  async ask(ask: Ask = {}): Promise<Decoded & { kind: 'frame' }> {
    if (this.raw.length === 0) await this.next();
    this.#child.stdin.write(tickLine(ask));
    const decoded = await this.next();
    if (decoded.kind !== 'frame') throw new Error(`not a frame: ${decoded.kind}: ${this.raw.join('|')}`);
    return decoded;
  }

  reset(): void {
    this.#decoder.reset();
  }

  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.#child.on('close', resolve));
    this.#child.stdin.end();
    const code = await ended;
    rmSync(this.#folder, { recursive: true });
    return code;
  }

  #line(line: string): void {
    this.raw.push(line);
    const decoded = this.#decoder.line(line);
    if (decoded === undefined) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#arrived.push(decoded);
    else waiting(decoded);
  }
}
