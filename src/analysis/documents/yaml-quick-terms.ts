import type { ScalarStyle, YamlScalar } from './yaml-tree.ts';

/** Something that the short way leaves to the long one. */
export class Unusual extends Error {}

/** The end of the text ends a line, too. */
export function isBreak(character: string | undefined): boolean {
  return character === undefined || character === '\n' || character === '\r';
}

export function scalar(text: string, style: ScalarStyle, start: number, end: number): YamlScalar {
  return { kind: 'scalar', text, style, start, end, tag: undefined, anchor: undefined, outerStart: start };
}
