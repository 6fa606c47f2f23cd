import { readdirSync, readFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { ConfigReader } from './config-file.ts';
import { matchesPattern } from './known-hosts.ts';

/** The computer that Headroom runs on, as far as SSH cares. */
export interface Machine {
  readonly home: string;
  readonly user: string;
  readonly platform: string;
  readonly environment: ReadonlyMap<string, string>;
  /** The ssh client to ask with `-G`; an empty text means that there is none and our own parser is used. */
  readonly sshProgram: string;
  /** The user's configuration file, where it isn't `~/.ssh/config`. */
  readonly configFile?: string;
}

export function thisMachine(environment: ReadonlyMap<string, string>): Machine {
  return { home: homedir(), user: userInfo().username, platform: process.platform, environment, sshProgram: 'ssh' };
}

export function configFiles(machine: Machine): string[] {
  const system =
    machine.platform === 'win32' ? join(machine.environment.get('ProgramData') ?? 'C:\\ProgramData', 'ssh') : '/etc/ssh';
  return [machine.configFile ?? join(machine.home, '.ssh', 'config'), join(system, 'ssh_config')];
}

/** `~` and `~/…`, and what is relative to the SSH folder. */
export function expandHome(path: string, { home }: Machine): string {
  return path === '~' ? home : /^~[/\\]/.test(path) ? join(home, path.slice(2)) : path;
}

export function configReader(machine: Machine): ConfigReader {
  return {
    read(path) {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return undefined;
      }
    },
    expand(pattern) {
      const full = expandHome(pattern, machine);
      return expandWildcards(isAbsolute(full) ? full : join(machine.home, '.ssh', full));
    },
  };
}

function expandWildcards(path: string): string[] {
  const [root = '', ...parts] = path.split(/[/\\]/);
  let found = [root === '' ? '/' : root];
  for (const part of parts) {
    if (!/[*?]/.test(part)) found = found.map((folder) => join(folder, part));
    else
      found = found.flatMap((folder) =>
        namesIn(folder)
          .filter((name) => matchesPattern(part, name))
          .map((name) => join(folder, name)),
      );
  }
  return found;
}

function namesIn(folder: string): string[] {
  try {
    // Hidden files only where the pattern says so would need the pattern here; configuration folders have none.
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort();
  } catch {
    return [];
  }
}
