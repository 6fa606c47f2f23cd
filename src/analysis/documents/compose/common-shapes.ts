import { keysOf, list, listOf, named, object, scalar, type Shape } from './shape.ts';

/** What the name of a service, network, volume … may look like. */
export const NAME = /^[a-zA-Z0-9._-]+$/;

export const text = scalar('string', ['string']);
/** Text that may be written as a number. */
export const anyText = scalar('string', ['string', 'number']);
export const nullableText = scalar('string', ['string', 'number', 'null']);
export const yesOrNo = scalar('boolean', ['boolean', 'string'], { cast: 'boolean' });
/** As above, where the tool doesn't cast what substitution left: the text is read as a boolean later, to the same end. */
export const looseYesOrNo = scalar('boolean', ['boolean', 'string']);
export const size = scalar('size', ['number', 'string']);
export const wholeSize = scalar('size', ['integer', 'string']);
export const duration = scalar('kept-duration', ['string']);
export const count = scalar('integer', ['number', 'string'], { cast: 'int' });

export const strings = list(text, { prints: 'strings' });
export const distinctStrings = list(text, { prints: 'strings', distinct: true });
export const stringsOrString: Shape = {
  scalar: { accepts: ['string'] },
  list: listOf(text, true),
  prints: 'string-list',
};

export const mapText: Shape = scalar('string', ['string', 'number', 'boolean', 'null']);
const listOrMap: Pick<Shape, 'map' | 'list'> = {
  map: { ...keysOf({}), others: { pattern: /.+/s, shape: mapText }, extensible: false },
  list: listOf(text, true),
};
export const labels: Shape = { ...listOrMap, prints: 'labels' };
export const environment: Shape = { ...listOrMap, prints: 'environment' };
export const mapping: Shape = { ...listOrMap, prints: 'mapping' };

export const command: Shape = {
  scalar: { accepts: ['null', 'string'] },
  list: listOf(text, false),
  merge: 'replace',
  prints: 'command',
};

const hostAddresses: Shape = { scalar: { accepts: ['string'] }, list: listOf(text, false), prints: 'strings' };
export const hosts: Shape = {
  map: { ...keysOf({}), others: { pattern: /.+/s, shape: hostAddresses }, extensible: false },
  list: listOf(text, true),
  merge: 'hosts',
  prints: 'hosts',
};

/** A secret or a config that a service uses. */
export const fileMount: Shape = {
  scalar: { accepts: ['string'] },
  map: {
    ...keysOf({
      source: text,
      target: text,
      uid: text,
      gid: text,
      mode: scalar('kept-unsigned', ['number', 'string'], { cast: 'int' }),
    }),
    extensible: true,
  },
  canonical: 'mount',
  prints: 'object',
};

export function ulimits(cast: boolean): Shape {
  const more = cast ? ({ cast: 'int' } as const) : {};
  const bound = scalar('integer', ['integer', 'string'], more);
  const limits = object({ soft: bound, hard: bound }, { required: ['soft', 'hard'] });
  const limit: Shape = { ...limits, scalar: { accepts: ['integer', 'string'], ...more }, merge: 'ulimit', canonical: 'ulimit' };
  return named(limit, /^[a-z]+$/, { prints: 'ulimits', open: true });
}

export const hook = object(
  { command, user: text, privileged: looseYesOrNo, working_dir: text, environment },
  { nulls: ['command'] },
);
