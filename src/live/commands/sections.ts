/**
 * How our inspection scripts print: `== name` begins a section, and every line of it is indented by one blank, so
 * that no file's content can look like a heading. What login scripts print before the first heading is nobody's.
 */
export function readSections(stdout: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of stdout.split('\n')) {
    const heading = /^== ([\w.-]+)$/.exec(line)?.[1];
    if (heading !== undefined) {
      current = sections.get(heading) ?? [];
      sections.set(heading, current);
    } else if (line.startsWith(' ')) current?.push(line.slice(1));
  }
  return new Map([...sections].map(([name, lines]) => [name, lines.join('\n').trim()]));
}

/** The shell's side of it: `show name command…` prints a section, and an empty one where the command fails. */
export const SHOW = `
show() {
  printf '== %s\\n' "$1"
  shift
  "$@" 2>/dev/null </dev/null | tr -d '\\000\\033' | sed 's/^/ /'
}
have() { command -v "$1" >/dev/null 2>&1; }
PATH=$PATH:/usr/sbin:/sbin
export PATH
LC_ALL=C
export LC_ALL
`;
