import { execFile } from 'node:child_process';
import type { Machine } from './machine.ts';
import type { HostName } from './target.ts';

/**
 * What the installed ssh client would do for a host: `ssh -G` evaluates Match, Include, canonicalisation and the
 * system's defaults as no copy of ours could. Undefined where there is no ssh client or it refuses the configuration.
 */
export function askSsh(
  host: HostName,
  machine: Machine,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  if (machine.sshProgram === '') return Promise.resolve(undefined);
  const args = ['-G'];
  if (machine.configFile !== undefined) args.push('-F', machine.configFile);
  if (host.user !== undefined) args.push('-l', host.user);
  if (host.port !== undefined) args.push('-p', String(host.port));
  args.push('--', host.name);
  const options = { timeout: 10_000, maxBuffer: 1024 * 1024, windowsHide: true, ...(signal === undefined ? {} : { signal }) };
  return new Promise((resolve) => {
    execFile(machine.sshProgram, args, options, (error, stdout) => resolve(error === null ? parseAnswers(stdout) : undefined));
  });
}

/** One `keyword value` a line; IdentityFile comes once per file. */
export function parseAnswers(stdout: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const line of stdout.split(/\r?\n/)) {
    const cut = line.indexOf(' ');
    if (cut <= 0) continue;
    const keyword = line.slice(0, cut).toLowerCase();
    const value = line.slice(cut + 1).trim();
    const words = FILE_LISTS.has(keyword) ? value.split(/\s+/) : [value];
    values.set(keyword, [...(values.get(keyword) ?? []), ...words]);
  }
  return values;
}

const FILE_LISTS = new Set(['userknownhostsfile', 'globalknownhostsfile']);
