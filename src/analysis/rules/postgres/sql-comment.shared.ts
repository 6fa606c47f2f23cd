/** `-- text` and `// text`, on a line of their own or behind a setting: comments elsewhere, an error here. */
export function isSqlComment(line: string): boolean {
  return sqlCommentAt(line) !== undefined;
}

/** Where the comment begins, and how long its mark is. */
export function sqlCommentAt(line: string): { readonly at: number; readonly length: number } | undefined {
  const whole = /^(?:--+|\/\/+)/.exec(line);
  if (whole !== null) return { at: 0, length: whole[0].length };
  const behind = /^([A-Za-z_][\w.]*\s*=?\s*(?:'(?:[^'\\]|\\.|'')*'|[^\s'#-][^\s'#]*|-\d\S*)\s+)(--+|\/\/+)(?:\s|$)/.exec(line);
  return behind === null ? undefined : { at: (behind[1] ?? '').length, length: (behind[2] ?? '').length };
}
