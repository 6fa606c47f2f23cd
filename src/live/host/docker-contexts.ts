import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Machine } from './machine.ts';
import { parseHostName } from './target.ts';

/** A host that Docker's own client already knows how to reach. */
export interface ContextHost {
  readonly context: string;
  /** As `connect` takes it: `pi@attic:2222`. */
  readonly host: string;
}

/** The `ssh://` entries of `docker context`, read from where the client keeps them; no client is needed. */
export async function sshContexts(machine: Machine): Promise<readonly ContextHost[]> {
  const folder = join(machine.environment.get('DOCKER_CONFIG') ?? join(machine.home, '.docker'), 'contexts', 'meta');
  const entries = await readdir(folder).catch(() => []);
  const found = await Promise.all(entries.map((entry) => readContext(join(folder, entry, 'meta.json'))));
  return found.filter((each) => each !== undefined).sort((one, other) => one.context.localeCompare(other.context));
}

async function readContext(path: string): Promise<ContextHost | undefined> {
  try {
    const meta = JSON.parse(await readFile(path, 'utf8')) as { Name?: unknown; Endpoints?: { docker?: { Host?: unknown } } };
    const host = meta.Endpoints?.docker?.Host;
    if (typeof meta.Name !== 'string' || typeof host !== 'string' || !host.startsWith('ssh://')) return undefined;
    const parsed = parseHostName(host.replace(/(?<=^ssh:\/\/[^/]+)\/.*$/, ''));
    if (!parsed.ok) return undefined;
    return { context: meta.Name, host: host.replace(/^ssh:\/\//, '').replace(/\/.*$/, '') };
  } catch {
    // A file that is half-written, or of a client with other ideas.
    return undefined;
  }
}
