import type { Problems } from './problems.ts';
import type { Cast } from './shape.ts';
import { text as words } from './text.ts';
import { isPlaceholder, type Scalar } from './value.ts';

/** What Compose does to substituted text where a number or a boolean belongs: `"yes"` is true here, though YAML calls it text. */
export function castText(scalar: Scalar, cast: Cast, where: () => string, problems: Problems): Scalar {
  const { text } = scalar;
  if (cast === 'boolean') {
    const value = booleanOf(text);
    if (value !== undefined) return scalar.with({ type: 'bool', value });
  } else if (cast === 'int') {
    if (/^[-+]?\d+$/.test(text)) return scalar.with({ type: 'int', value: Number(text) + 0 });
  } else {
    const value = floatOf(text);
    if (value !== undefined && Number.isFinite(value)) return scalar.with({ type: 'float', value });
  }
  if (isPlaceholder(text)) problems.refuse('placeholder', scalar.span, words.placeholder, { text });
  else problems.refuse('cast-failed', scalar.span, words.castFailed, { path: where(), text, type: cast });
  return scalar;
}

export function booleanOf(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (['true', 'y', 'yes', 'on'].includes(word)) return true;
  return ['false', 'n', 'no', 'off'].includes(word) ? false : undefined;
}

/** What strconv.ParseFloat takes, but for hexadecimal fractions. */
export function floatOf(text: string): number | undefined {
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
  if (/^[-+]?(?:inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^nan$/i.test(text) ? NaN : undefined;
}
