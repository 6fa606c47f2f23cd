import type { Argv } from './command.ts';

/**
 * The one place where words become a shell line, because SSH's exec request carries a line and no argv, which the
 * login shell of the user takes apart again. Single quotes mean the same in sh, dash, bash, zsh and ksh.
 */
export function shellLine(argv: Argv): string {
  return argv.map(quoted).join(' ');
}

function quoted(word: string): string {
  // A NUL can't be in an argument; the kernel would cut the word there.
  const safe = word.replaceAll('\0', '');
  if (/^[A-Za-z0-9_@%+:,./-]+$/.test(safe)) return safe;
  return `'${safe.replaceAll("'", `'\\''`)}'`;
}
