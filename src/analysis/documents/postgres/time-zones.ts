/**
 * Whether the server takes a time zone: a name of the IANA list, whatever its case, an offset in hours, an
 * interval, or a POSIX rule such as `EST5EDT`, which many a misspelt name with a digit is.
 */
export function isTimeZone(value: string): boolean {
  if (/^\s*[+-]?(?:\d+\.?\d*|\.\d+)/.test(value)) return true;
  if (/^interval\s*'[^']+'$/i.test(value)) return true;
  if (POSIX_RULE.test(value)) return true;
  const name = value.replace(/^posix\//i, '');
  return EXTRA.has(name.toLowerCase()) || (/^[A-Za-z]/.test(name) && !ABBREVIATION.test(name) && isIana(name));
}

const POSIX_RULE =
  /^(?:[A-Za-z]{3,}|<[\w+-]+>)[+-]?\d{1,3}(?::\d{1,2}){0,2}(?:[A-Za-z]{3,}|<[\w+-]+>)?(?:[+-]?\d{1,3})?(?:,.*)?$/;

/** Names of the zone database that aren't places. */
const EXTRA = new Set(['posixrules', 'factory', 'localtime']);

/** What JavaScript takes for a zone and the server only as an abbreviation within a timestamp. */
const ABBREVIATION = /^(?:PST|CST|IST|JST|AST|CNT|AGT|ACT|AET|ART|BET|BST|CAT|CTT|EAT|ECT|IET|MIT|NET|NST|PLT|PNT|PRT|SST|VST)$/i;

function isIana(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
