import { appendFile, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseKnownHosts, type KnownHostsLine } from './known-hosts.ts';

/** Where host keys are remembered. Tests and the demo keep them in memory. */
export interface HostKeyStore {
  read(paths: readonly string[]): Promise<readonly KnownHostsLine[]>;
  /** False where it could not be written; the key then holds for this session only. */
  append(path: string, entry: string): Promise<boolean>;
}

export const knownHostsFiles: HostKeyStore = {
  async read(paths) {
    const texts = await Promise.all(
      paths.map(async (path) => {
        try {
          return { path, text: await readFile(path, 'utf8') };
        } catch {
          // Most people have one of the four files that OpenSSH looks for.
          return { path, text: '' };
        }
      }),
    );
    return texts.flatMap(({ path, text }) => parseKnownHosts(path, text));
  },

  async append(path, entry) {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // One write, so that an ssh client that appends at the same moment can't end up inside our line.
      await appendFile(path, (await endsInLine(path)) ? entry : `\n${entry}`, { mode: 0o600 });
      return true;
    } catch {
      return false;
    }
  },
};

async function endsInLine(path: string): Promise<boolean> {
  let file;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    if (size === 0) return true;
    const last = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return last.buffer[0] === 0x0a;
  } catch {
    return true;
  } finally {
    await file?.close();
  }
}
