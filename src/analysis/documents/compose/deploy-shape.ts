import { distinctStrings, labels, mapping, strings, text } from './common-shapes.ts';
import { list, object, scalar, type Shape } from './shape.ts';

const request = {
  capabilities: distinctStrings,
  driver: text,
  count: scalar('device-count', ['string', 'integer']),
  device_ids: distinctStrings,
  options: mapping,
};
const deviceRequest = object(request, { required: ['capabilities'] });
export const gpu = object(request, { open: true });

const cpus = scalar('cpus', ['number', 'string']);
/** Text only: here a bare number is refused, unlike `mem_limit`. */
const memory = scalar('size', ['string']);
const whole = scalar('integer', ['integer', 'string'], { cast: 'int' });

const update = object({
  parallelism: scalar('kept-unsigned', ['integer', 'string'], { cast: 'int' }),
  delay: scalar('duration', ['string']),
  failure_action: text,
  monitor: scalar('duration', ['string']),
  max_failure_ratio: scalar('float32', ['number', 'string'], { cast: 'float' }),
  order: scalar('string', ['string'], { oneOf: ['start-first', 'stop-first'] }),
});

const genericResource = object({
  discrete_resource_spec: object({ kind: text, value: scalar('integer', ['number', 'string']) }),
});

export const deploy: Shape = object(
  {
    mode: text,
    replicas: scalar('kept-integer', ['integer', 'string'], { cast: 'int' }),
    labels: { ...labels, merge: 'sequence', unique: 'name' },
    update_config: update,
    rollback_config: update,
    resources: object({
      limits: object({ cpus, memory, pids: scalar('integer', ['integer', 'string']) }),
      reservations: object({ cpus, memory, devices: list(deviceRequest), generic_resources: list(genericResource) }),
    }),
    restart_policy: object({
      condition: text,
      delay: scalar('kept-duration', ['string']),
      max_attempts: scalar('kept-unsigned', ['integer', 'string'], { cast: 'int' }),
      window: scalar('kept-duration', ['string']),
    }),
    placement: object({
      constraints: strings,
      preferences: list(object({ spread: text })),
      max_replicas_per_node: { ...whole, prints: 'unsigned' },
    }),
    endpoint_mode: text,
  },
  { scalar: { accepts: ['null'] }, always: ['resources', 'placement'] },
);
