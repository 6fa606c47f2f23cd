import {
  environment,
  fileMount,
  hosts,
  labels,
  looseYesOrNo,
  mapping,
  mapText,
  strings,
  text,
  ulimits,
  wholeSize,
} from './common-shapes.ts';
import { keysOf, list, listOf, named, type Shape } from './shape.ts';

const contexts: Shape = {
  ...named({ ...mapText, path: 'context' }, /.+/s),
  list: listOf(text, true),
  merge: 'sequence',
  unique: 'name',
  canonical: 'contexts',
  prints: 'mapping',
};

export const build: Shape = {
  scalar: { accepts: ['string'] },
  map: {
    ...keysOf({
      context: { ...text, path: 'context' },
      dockerfile: text,
      dockerfile_inline: text,
      entitlements: strings,
      args: { ...environment, merge: 'sequence', unique: 'name' },
      ssh: { ...mapping, canonical: 'ssh', prints: 'ssh' },
      labels: { ...labels, merge: 'sequence', unique: 'name' },
      cache_from: strings,
      cache_to: strings,
      no_cache: looseYesOrNo,
      additional_contexts: contexts,
      pull: looseYesOrNo,
      extra_hosts: hosts,
      isolation: text,
      network: text,
      target: text,
      secrets: list(fileMount),
      shm_size: wholeSize,
      tags: { ...strings, unique: 'name' },
      ulimits: ulimits(false),
      platforms: strings,
      privileged: looseYesOrNo,
    }),
    extensible: true,
  },
  merge: 'build',
  canonical: 'build',
  prints: 'object',
};
