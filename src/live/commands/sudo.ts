import { ok } from '../../base/result.ts';
import type { Argv, RemoteCommand } from './command.ts';

/**
 * How a command becomes root's. A password is given only where sudo was seen to want one: where it wants none, it
 * would leave the line to the program, and a shell would run the password as a command.
 */
export interface Sudo {
  readonly root?: boolean;
  readonly password?: string;
}

/** The password travels on standard input alone, never in an argument that a process list shows. */
export function asRoot(argv: Argv, { root = false, password }: Sudo, input = ''): Pick<RemoteCommand<unknown>, 'argv' | 'input'> {
  if (root) return { argv, input };
  if (password === undefined) return { argv: ['sudo', '-n', ...argv], input };
  // -k has it asked for even within sudo's grace period, so that the first line is always taken.
  return { argv: ['sudo', '-k', '-S', '-p', '', ...argv], input: `${password}\n${input}` };
}

export const isRoot: RemoteCommand<boolean> = {
  argv: ['id', '-u'],
  parse: ({ stdout }) => ok(stdout.trim() === '0'),
};

/** False on Raspberry Pi OS as it comes, where the first user may do everything. */
export const needsSudoPassword: RemoteCommand<boolean> = {
  argv: ['sudo', '-n', 'true'],
  exits: 'any',
  parse: ({ exitCode }) => ok(exitCode !== 0),
};

/** Tried alone first: sudo asks three times, and would take a script's first lines for passwords. */
export function passwordWorks(password: string): RemoteCommand<boolean> {
  return { ...asRoot(['true'], { password }), exits: 'any', parse: ({ exitCode }) => ok(exitCode === 0) };
}
