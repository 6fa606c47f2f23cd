import { mebibytes } from '../../../base/bytes.ts';
import { figuresOf } from '../images.ts';
import type { Reported } from '../images/image-figures.ts';
import { heapSettings } from '../node-options.ts';
import { imageOf } from '../program.ts';
import { byDefault, known, region, unknown } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';
import { jvm } from './jvm.ts';
import { node } from './node.ts';
import { maxHeap } from '../java-options.ts';

/** The images people run on Pis that have no model of their own: published figures, or an honest unknown. */
export const catalogue: RuntimeModel = {
  id: 'catalogue',
  references: [],
  detects(inputs) {
    const image = imageOf(inputs);
    const figures = image === undefined ? undefined : figuresOf(image);
    if (figures === undefined) return undefined;
    return 'empty' in figures ? 'dockerfile' : 'image';
  },
  estimate(inputs) {
    const image = imageOf(inputs);
    const figures = image === undefined ? undefined : figuresOf(image);
    if (image === undefined || figures === undefined) return unknown(undefined, 'image');
    if ('empty' in figures) return unknown(undefined, 'command');
    if ('source' in figures) return reported(image.base, figures);
    const model = 'like' in figures && capped(inputs, figures.like) ? LIKE[figures.like] : undefined;
    return model?.estimate(inputs) ?? unknown('like' in figures ? figures.like : image.base, 'measurement');
  },
  fitTo(inputs, limit) {
    const image = imageOf(inputs);
    const figures = image === undefined ? undefined : figuresOf(image);
    if (figures === undefined || !('like' in figures) || !capped(inputs, figures.like)) return undefined;
    return LIKE[figures.like]?.fitTo?.(inputs, limit);
  },
  examples: [
    { service: 'image: vaultwarden/server:latest', peak: mebibytes(60), because: 'a published figure' },
    {
      service: 'image: nodered/node-red:latest\nenvironment: { NODE_OPTIONS: --max-old-space-size=128 }',
      peak: mebibytes(179),
      because: 'a Node program is known once its heap is capped',
    },
  ],
};

function reported(name: string, { typical, peak, floor, source }: Reported) {
  return known(name, [region('As reported', 'unreclaimable', typical, peak, byDefault(source))], mebibytes(floor), 'documented');
}

const LIKE: Readonly<Record<string, RuntimeModel | undefined>> = { node, jvm };

/** Only a heap that somebody capped says what a program of unknown size comes to. */
function capped(inputs: RuntimeInputs, like: string): boolean {
  if (like === 'node') return heapSettings(inputs)?.explicit === true;
  return like === 'jvm' && [...inputs.service.environment.values()].some((each) => maxHeap(each.value.text) !== undefined);
}
