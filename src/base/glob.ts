/**
 * Whether a `/`-separated path matches a pattern: `*` and `?` stay within a name, `**` crosses folders. As in
 * .gitignore, a pattern without a slash may match a name anywhere.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  const rooted = pattern.replace(/^\.?\//, '');
  const anywhere = !pattern.includes('/') ? `**/${rooted}` : rooted;
  return expression(anywhere.endsWith('/') ? `${anywhere}**` : anywhere).test(path);
}

function expression(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\/\*\*$|\*\*|[*?]|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '/**') return '(?:/.*)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}
