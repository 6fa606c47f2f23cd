import { message, type Message } from '../../../base/message.ts';
import { nearest } from '../../../base/nearest.ts';
import type { FileId } from '../../../base/span.ts';
import { pairOf, spanOf, type YamlMap, type YamlNode } from '../yaml-tree.ts';
import type { ProjectProblem } from './model.ts';
import type { MapShape, NumberShape, Shape, TextShape } from './shape.ts';
import { text } from './text.ts';

/** Holds a file against its shape and says where it departs. */
export function checkShape(file: FileId, node: YamlNode, shape: Shape): readonly ProjectProblem[] {
  const target = node.kind === 'alias' ? node.target : node;
  if (target === undefined) return [];
  const bad = (said: Message): ProjectProblem[] => [{ code: 'project-bad-value', message: said, span: spanOf(file, node) }];
  switch (shape.kind) {
    case 'text':
      return target.kind === 'scalar'
        ? checkText(target.text, shape, bad)
        : bad(message(text.wantsText, { what: shape.description }));
    case 'number':
      return target.kind === 'scalar' && isWithin(target.text, shape)
        ? []
        : bad(message(text.wantsNumber, { minimum: shape.minimum, maximum: shape.maximum }));
    case 'list':
      if (target.kind !== 'list') return bad(message(text.wantsList, { what: shape.description }));
      return target.items.flatMap((item) => checkShape(file, item, shape.of));
    case 'table':
      if (target.kind !== 'map') return bad(message(text.wantsMap, { what: shape.description }));
      return target.pairs.flatMap(({ value }) => checkShape(file, value, shape.of));
    case 'map':
      return target.kind === 'map' ? checkMap(file, target, shape) : bad(message(text.wantsMap, { what: shape.description }));
    case 'either': {
      const answers = shape.of.map((each) => checkShape(file, node, each));
      return answers.some((problems) => problems.length === 0) ? [] : (answers.at(-1) ?? []);
    }
  }
}

function checkText(
  written: string,
  { oneOf, pattern, description }: TextShape,
  bad: (said: Message) => ProjectProblem[],
): ProjectProblem[] {
  if (oneOf !== undefined && !oneOf.includes(written)) return bad(message(text.wantsOneOf, { known: oneOf.join(', ') }));
  if (pattern !== undefined && !new RegExp(pattern).test(written))
    return bad(message(text.wantsPattern, { value: written, what: description }));
  return [];
}

function isWithin(written: string, { minimum, maximum }: NumberShape): boolean {
  return /^\d+$/.test(written) && Number(written) >= minimum && Number(written) <= maximum;
}

function checkMap(file: FileId, map: YamlMap, shape: MapShape): ProjectProblem[] {
  const known = Object.keys(shape.keys);
  const problems = map.pairs.flatMap(({ key, value }): readonly ProjectProblem[] => {
    const name = key.kind === 'scalar' ? key.text : '';
    const inner = Object.hasOwn(shape.keys, name) ? shape.keys[name] : undefined;
    if (inner !== undefined) return value.kind === 'scalar' && value.style === 'missing' ? [] : checkShape(file, value, inner);
    // `x-` keys are the user's own, as in Compose: a place for anchors.
    if (name.startsWith('x-')) return [];
    const meant = nearest(name, known);
    return [
      {
        code: 'project-unknown-key',
        message:
          meant === undefined
            ? message(text.unknownKey, { key: name, known: known.join(', ') })
            : message(text.unknownKeyNear, { key: name, nearest: meant }),
        span: spanOf(file, key),
        ...(meant !== undefined && { nearest: meant }),
      },
    ];
  });
  const missing = (shape.required ?? []).filter((key) => pairOf(map, key) === undefined);
  return [
    ...problems,
    ...missing.map((key): ProjectProblem => ({
      code: 'project-bad-value',
      message: message(text.missingKey, { key }),
      span: spanOf(file, map),
    })),
  ];
}
