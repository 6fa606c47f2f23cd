import type { Origin } from '../located.ts';
import { interpolate, type Interpolated, type Lookup } from './interpolate.ts';
import type { Problems } from './problems.ts';
import { text as words } from './text.ts';
import type { Scalar } from './value.ts';

/** A scalar with its variables put in, which remembers what came from where. */
export function substitute(raw: Scalar, lookup: Lookup, problems: Problems, where: () => string): Scalar {
  const result = interpolate(raw.text, lookup);
  report(raw, result, problems, where);
  const substitution = {
    exactUntil: raw.text.indexOf('$'),
    unset: result.uses.some((use) => use.unset),
    origins: result.uses.flatMap((use) => originsOf(raw, use)),
  };
  return raw.with({ text: result.text, value: result.text, substitution }).styled(raw.style);
}

function report(raw: Scalar, { error, uses }: Interpolated, problems: Problems, where: () => string): void {
  if (error?.kind === 'invalid') {
    problems.refuse('interpolation-invalid', raw.inner(error.start, raw.text.length), words.interpolationInvalid, {
      path: where(),
    });
  } else if (error?.kind === 'required') {
    const { name, reason, start } = error;
    problems.refuse('variable-required', raw.inner(start, raw.text.length), words.variableRequired, { name, reason });
  }
  for (const { unset, start, end, name } of uses) {
    if (unset) problems.warn('variable-unset', raw.inner(start, end), words.variableUnset, { name });
  }
}

function originsOf(raw: Scalar, use: Interpolated['uses'][number]): Origin[] {
  const span = raw.inner(use.start, use.end);
  const variable: Origin = { kind: 'variable', name: use.name, span };
  if (use.fallback !== undefined) return [variable, { kind: 'default', text: use.fallback, span }];
  return [variable, ...(use.found?.origins ?? [])];
}
