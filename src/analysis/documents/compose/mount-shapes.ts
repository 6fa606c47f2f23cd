import { looseYesOrNo, text, yesOrNo } from './common-shapes.ts';
import { object, scalar, type Shape } from './shape.ts';

export const port = object(
  {
    name: text,
    mode: text,
    host_ip: text,
    target: scalar('unsigned', ['integer', 'string'], { cast: 'int' }),
    published: scalar('string', ['string', 'integer']),
    protocol: text,
    app_protocol: text,
  },
  { scalar: { accepts: ['number', 'string'] } },
);

export const mount: Shape = {
  ...object(
    {
      type: text,
      source: text,
      target: text,
      read_only: yesOrNo,
      consistency: text,
      bind: object({
        selinux: scalar('string', ['string'], { oneOf: ['z', 'Z'] }),
        propagation: text,
        create_host_path: looseYesOrNo,
        recursive: scalar('string', ['string'], { oneOf: ['enabled', 'disabled', 'writable', 'readonly'] }),
      }),
      volume: object({ nocopy: yesOrNo, subpath: text }),
      tmpfs: object({
        size: scalar('size', ['integer', 'string'], { range: [0, Infinity] }),
        mode: scalar('unsigned', ['number', 'string']),
      }),
    },
    { required: ['type'] },
  ),
  scalar: { accepts: ['string'] },
  canonical: 'volume',
  path: 'mount',
};

export const device: Shape = {
  ...object({ source: text, target: text, permissions: text }, { required: ['source'] }),
  scalar: { accepts: ['string'] },
  canonical: 'device',
};
