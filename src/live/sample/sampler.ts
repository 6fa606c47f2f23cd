import type { RemoteScript } from '../commands/command.ts';
import { SAMPLER_PROGRAM } from './program.ts';

/**
 * Being asked for each frame beats a `sleep` of its own: no process is started for a tick, nothing piles up in a slow
 * network, the period changes without a restart, and nothing is left behind on the host when the connection dies. The
 * shell replaces itself, so that one awk of about a megabyte is all that stays.
 */
export const sampler: RemoteScript = { name: 'sampler', text: SAMPLER_PROGRAM, keepInput: true };

/** What a tick asks for. The line that carries it is made by `tickLine`. */
export interface Ask {
  /** Look for containers that came. */
  readonly scan?: boolean;
  /** Read every file now, also those that have their turn later. */
  readonly everything?: boolean;
  /** Forget what was sent and start afresh. */
  readonly afresh?: boolean;
}

export function tickLine({ scan, everything, afresh }: Ask): string {
  return `t${scan === true ? 's' : ''}${everything === true ? 'a' : ''}${afresh === true ? 'f' : ''}\n`;
}

/** Sizes travel in pages of 4 KiB: whatever the kernel's own page is, it is a multiple of that. */
export const SIZE_UNIT = 4096;
