import type { Shape } from '../analysis/documents/project/shape.ts';
import { projectShape } from '../analysis/documents/project/project-shape.ts';
import { ruleIds } from '../analysis/rules/rule-ids.generated.ts';
import { groups } from '../analysis/rules/rule.ts';
import { boards } from '../analysis/memory/boards.ts';
import type { Generated } from './generate.ts';

/** The JSON schema of headroom.yaml, from the same shape that the reader checks against. */
export function schemaFile(): Generated {
  const { properties, ...rest } = schemaOf(projectShape);
  const known = properties as Record<string, Record<string, unknown>>;
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'headroom.yaml',
    ...rest,
    properties: {
      ...known,
      // What the shape can't know without reading half of the analysis: the names that exist.
      board: { ...known.board, examples: boards.map(({ id }) => id) },
      rules: { ...known.rules, propertyNames: { enum: [...groups, ...ruleIds] } },
    },
  };
  return { path: 'media/headroom.schema.json', content: `${JSON.stringify(schema, null, 2)}\n` };
}

function schemaOf(shape: Shape): Record<string, unknown> {
  const { description } = shape;
  switch (shape.kind) {
    case 'text':
      return {
        description,
        type: 'string',
        ...(shape.oneOf && { enum: shape.oneOf }),
        ...(shape.pattern !== undefined && { pattern: shape.pattern }),
      };
    case 'number':
      return { description, type: 'integer', minimum: shape.minimum, maximum: shape.maximum };
    case 'list':
      return { description, type: 'array', items: schemaOf(shape.of) };
    case 'table':
      return { description, type: 'object', additionalProperties: schemaOf(shape.of) };
    case 'either':
      return { description, anyOf: shape.of.map(schemaOf) };
    case 'map':
      return {
        description,
        type: 'object',
        properties: Object.fromEntries(Object.entries(shape.keys).map(([key, inner]) => [key, schemaOf(inner)])),
        patternProperties: { '^x-': {} },
        additionalProperties: false,
        ...(shape.required && { required: shape.required }),
      };
  }
}
