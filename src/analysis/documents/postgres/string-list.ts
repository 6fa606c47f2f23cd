/**
 * Splits a list of identifiers as the server does (SplitIdentifierString): separated by commas, unquoted ones
 * folded to lower case, double quotes for those with blanks. Undefined where the syntax is wrong.
 */
export function splitList(value: string): readonly string[] | undefined {
  const items: string[] = [];
  let rest = value.replace(LEADING_BLANKS, '');
  if (rest === '') return items;
  for (;;) {
    const match = QUOTED.exec(rest) ?? BARE.exec(rest);
    if (match === null) return undefined;
    items.push(match[1] === undefined ? match[0].toLowerCase() : match[1].replace(/""/g, '"'));
    rest = rest.slice(match[0].length).replace(LEADING_BLANKS, '');
    if (rest === '') return items;
    if (!rest.startsWith(',')) return undefined;
    rest = rest.slice(1).replace(LEADING_BLANKS, '');
  }
}

const LEADING_BLANKS = /^[ \t\n\v\f\r]+/;
const QUOTED = /^"((?:[^"]|"")*)"/;
const BARE = /^[^, \t\n\v\f\r"][^, \t\n\v\f\r]*/;
