/** The grammar of synchronous_standby_names: `a, b`, `2 (a, b)`, `FIRST 2 (a, b)`, `ANY 1 (*)`. */
export function isStandbyList(value: string): boolean {
  if (value === '') return true;
  const tokens = tokensOf(value);
  if (tokens === undefined) return false;
  const counted = /^(?:(?:first|any) )?([0-9]+) \((?: |$)(.*) \)$/i.exec(tokens.join(' '));
  if (counted !== null) return Number(counted[1]) > 0 && isNames((counted[2] ?? '').split(' '));
  return isNames(tokens);
}

const TOKEN = /\s*("(?:[^"]|"")+"|\*|[A-Za-z_\u0080-\uffff][A-Za-z_0-9$\u0080-\uffff]*|[0-9]+|[(),])\s*/y;

function tokensOf(value: string): readonly string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < value.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(value);
    if (match?.[1] === undefined) return undefined;
    tokens.push(match[1].startsWith('"') ? '"quoted"' : match[1]);
  }
  return tokens;
}

function isNames(tokens: readonly string[]): boolean {
  return (
    tokens.length % 2 === 1 &&
    tokens.every((token, at) => (at % 2 === 0 ? !/^[(),]$/.test(token) && !/^(?:first|any)$/i.test(token) : token === ','))
  );
}
