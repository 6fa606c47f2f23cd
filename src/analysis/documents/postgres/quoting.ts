/** Takes the quotes and escapes of a string token away, as the server's DeescapeQuotedString does. */
export function unquote(token: string): string {
  // C strings end at NUL, and so does what the server copies from the token.
  const text = untilNul(token);
  let value = '';
  for (let at = 1; at < text.length - 1; at++) {
    const unit = text.charAt(at);
    if (unit === '\\') {
      const octals = OCTALS.exec(text.slice(at))?.[0];
      if (octals !== undefined) {
        value += decodeBytes(octals);
        at += octals.length - 1;
      } else {
        const next = text.charAt(at + 1);
        value += ESCAPES[next] ?? next;
        at++;
      }
    } else {
      value += unit;
      // A doubled quote counts once, unless its second half is the closing one that NUL cut off.
      if (unit === "'" && text.charAt(at + 1) === "'") at++;
    }
  }
  return untilNul(value);
}

export function untilNul(text: string): string {
  const nul = text.indexOf('\0');
  return nul < 0 ? text : text.slice(0, nul);
}

/** The shortest way to write a value: bare where the grammar takes it as one token, else in quotes. */
export function quoteIfNeeded(value: string): string {
  return BARE.test(value) ? value : quote(value);
}

export function quote(value: string): string {
  return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "''").replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`;
}

/** Escapes are bytes, so that a row of them may spell one character in UTF-8. */
function decodeBytes(octals: string): string {
  const bytes = [...octals.matchAll(/[0-7]+/g)].map(([digits]) => Number.parseInt(digits, 8) & 0xff);
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return String.fromCharCode(...bytes);
  }
}

const OCTALS = /^(?:\\[0-7]{1,3})+/;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const BARE =
  /^(?:[A-Za-z_][A-Za-z_0-9]*|[A-Za-z_][A-Za-z_0-9]*[-:/][A-Za-z_0-9\-._:/]*|[+-]?(?:0x[0-9a-fA-F]+|[0-9]+)[a-zA-Z]*|[+-]?[0-9]+\.[0-9]+)$/;
