import { keysOf, list, named, object, scalar, type Shape } from './shape.ts';
import { service } from './service-shape.ts';
import { anyText, labels, NAME, stringsOrString, text, yesOrNo } from './common-shapes.ts';

/*
 * The top of a Compose file, written from the behaviour of the tool and the Compose Specification. Compose checks
 * a file against such a table and refuses what isn't in it.
 */

const external: Shape = {
  scalar: { accepts: ['boolean', 'string'], cast: 'boolean' },
  map: { ...keysOf({ name: text }), extensible: true },
  prints: 'external',
};
/** Where the specification forgot to close the map of the old form. */
const openExternal: Shape = { ...external, map: { ...keysOf({ name: text }), extensible: true, open: true } };
const driverOptions = named(anyText, /^.+$/, { prints: 'options', open: true });
const driverStrings = named(anyText, /^.+$/, { prints: 'string-map', open: true });

const addressPool = object({
  subnet: text,
  gateway: text,
  ip_range: text,
  aux_addresses: named(text, /^.+$/, { prints: 'mapping' }),
});

const network = object(
  {
    name: text,
    driver: text,
    driver_opts: driverOptions,
    ipam: object({
      driver: text,
      config: list(addressPool, { merge: 'address-pools' }),
      options: named(text, /^.+$/, { prints: 'nothing', unique: 'name' }),
    }),
    external,
    internal: yesOrNo,
    attachable: yesOrNo,
    labels: { ...labels, merge: 'sequence', unique: 'name' },
    enable_ipv4: scalar('kept-boolean', ['boolean', 'string'], { cast: 'boolean' }),
    enable_ipv6: scalar('kept-boolean', ['boolean', 'string'], { cast: 'boolean' }),
  },
  { scalar: { accepts: ['null'] }, canonical: 'external', always: ['ipam'] },
);

const volume = object(
  { name: text, driver: text, driver_opts: driverOptions, external, labels: { ...labels, merge: 'sequence' } },
  { scalar: { accepts: ['null'] }, canonical: 'external', path: 'volume-options' },
);

const secret = object(
  {
    name: text,
    file: { ...text, path: 'maybe-foreign' },
    environment: text,
    external: openExternal,
    labels,
    driver: text,
    driver_opts: driverStrings,
    template_driver: text,
  },
  { canonical: 'external' },
);

const config = object(
  {
    name: text,
    file: { ...text, path: 'maybe-foreign' },
    environment: text,
    content: text,
    external: openExternal,
    labels,
    template_driver: text,
  },
  { canonical: 'external' },
);

const include: Shape = {
  scalar: { accepts: ['string'] },
  map: {
    ...keysOf({ path: stringsOrString, env_file: stringsOrString, project_directory: text }),
    extensible: false,
  },
  prints: 'nothing',
};

export const project = object({
  version: { ...text, prints: 'nothing' },
  name: text,
  include: list(include, { prints: 'nothing' }),
  services: named(service, NAME),
  networks: named(network, NAME, { open: true }),
  volumes: named(volume, NAME),
  secrets: named(secret, NAME),
  configs: named(config, NAME),
});
