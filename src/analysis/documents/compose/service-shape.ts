import {
  command,
  count,
  distinctStrings,
  duration,
  environment,
  fileMount,
  hook,
  hosts,
  labels,
  mapping,
  mapText,
  NAME,
  anyText,
  nullableText,
  size,
  strings,
  stringsOrString,
  text,
  ulimits,
  wholeSize,
  yesOrNo,
  looseYesOrNo,
} from './common-shapes.ts';
import { deploy, gpu } from './deploy-shape.ts';
import { keysOf, list, listOf, named, object, scalar, type Shape } from './shape.ts';

const fraction = scalar('float', ['number', 'string'], { cast: 'float' });
const byteRate = object({ path: text, rate: wholeSize }, { extensible: false, capitalised: true });
const weight = object(
  { path: text, weight: scalar('unsigned', ['integer', 'string']) },
  { extensible: false, capitalised: true },
);

const contexts: Shape = {
  ...named({ ...mapText, path: 'context' }, /.+/s),
  list: listOf(text, true),
  merge: 'sequence',
  unique: 'name',
  canonical: 'contexts',
  prints: 'mapping',
};

const build: Shape = {
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

const dependency = object(
  {
    condition: scalar('string', ['string'], { oneOf: ['service_started', 'service_healthy', 'service_completed_successfully'] }),
    restart: looseYesOrNo,
    required: scalar('kept-boolean', ['boolean']),
  },
  { required: ['condition'] },
);

const healthcheck = object({
  test: { scalar: { accepts: ['string'] }, list: listOf(text, false), merge: 'replace', prints: 'health-test' },
  timeout: duration,
  interval: duration,
  retries: scalar('kept-unsigned', ['number', 'string'], { cast: 'int' }),
  start_period: duration,
  start_interval: duration,
  disable: yesOrNo,
});

const connection = object(
  {
    priority: scalar('integer', ['number']),
    gw_priority: scalar('integer', ['number']),
    aliases: { ...distinctStrings, unique: 'name' },
    ipv4_address: text,
    ipv6_address: text,
    link_local_ips: { ...distinctStrings, unique: 'name' },
    mac_address: text,
    driver_opts: named(anyText, /^.+$/, { prints: 'options', open: true }),
  },
  { scalar: { accepts: ['null'] } },
);

const port = object(
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

const mount: Shape = {
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

const device: Shape = {
  ...object({ source: text, target: text, permissions: text }, { required: ['source'] }),
  scalar: { accepts: ['string'] },
  canonical: 'device',
};

const envFile: Shape = {
  ...object(
    { path: { ...text, path: 'file' }, required: scalar('kept-boolean', ['boolean', 'string']), format: text },
    { required: ['path'], extensible: false },
  ),
  scalar: { accepts: ['string'] },
};

const watch = object(
  {
    path: { ...text, path: 'file' },
    action: scalar('string', ['string'], { oneOf: ['rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'] }),
    target: text,
    exec: hook,
    ignore: strings,
  },
  { required: ['path', 'action'], always: ['exec'] },
);

const extendsShape: Shape = {
  ...object({ file: { ...text, path: 'file' }, service: text }, { required: ['service'], extensible: false }),
  scalar: { accepts: ['string'] },
  canonical: 'extends',
};

const logging = object(
  { driver: text, options: named(nullableText, /^.+$/, { prints: 'options', open: true }) },
  { merge: 'logging' },
);

export const service = object(
  {
    profiles: { ...distinctStrings, unique: 'name' },
    annotations: { ...mapping, merge: 'sequence', unique: 'name' },
    attach: scalar('kept-boolean', ['boolean', 'string']),
    build,
    develop: object({ watch: list(watch) }, { scalar: { accepts: ['null'] } }),
    blkio_config: object(
      {
        weight: scalar('unsigned', ['integer', 'string']),
        weight_device: list(weight),
        device_read_bps: list(byteRate),
        device_read_iops: list(byteRate),
        device_write_bps: list(byteRate),
        device_write_iops: list(byteRate),
      },
      { extensible: false },
    ),
    cap_add: { ...distinctStrings, unique: 'name' },
    cap_drop: { ...distinctStrings, unique: 'name' },
    cgroup_parent: text,
    cgroup: scalar('string', ['string'], { oneOf: ['host', 'private'] }),
    cpu_count: scalar('integer', ['integer', 'string'], { cast: 'int', range: [0, Infinity] }),
    cpu_percent: scalar('float32', ['integer', 'string'], { cast: 'float', range: [0, 100] }),
    cpu_period: count,
    cpu_quota: count,
    cpu_rt_period: count,
    cpu_rt_runtime: count,
    cpus: { ...fraction, prints: 'float32' },
    cpuset: text,
    cpu_shares: count,
    command,
    configs: { ...list(fileMount), unique: 'config' },
    container_name: text,
    credential_spec: object({ config: text, file: text, registry: text }),
    depends_on: {
      ...named(dependency, NAME),
      list: listOf(text, true),
      merge: 'dependencies',
      canonical: 'dependencies',
    },
    deploy,
    device_cgroup_rules: distinctStrings,
    devices: { ...list(device), unique: 'device' },
    dns: { ...stringsOrString, merge: 'sequence', unique: 'name', canonical: 'string-list' },
    dns_opt: { ...distinctStrings, merge: 'sequence', unique: 'name' },
    dns_search: { ...stringsOrString, merge: 'sequence', unique: 'name' },
    domainname: text,
    entrypoint: command,
    environment: { ...environment, merge: 'sequence', unique: 'name' },
    env_file: {
      ...list(envFile),
      scalar: { accepts: ['string'] },
      merge: 'sequence',
      unique: 'env-file',
      canonical: 'env-files',
      prints: 'nothing',
    },
    expose: { ...list(anyText, { prints: 'texts', distinct: true }), unique: 'exposed' },
    extends: extendsShape,
    external_links: distinctStrings,
    extra_hosts: hosts,
    group_add: list(anyText, { prints: 'strings', distinct: true }),
    gpus: {
      scalar: { accepts: ['string'], oneOf: ['all'] },
      list: listOf(gpu, false),
      canonical: 'gpus',
      prints: 'list',
    },
    hostname: text,
    healthcheck,
    image: text,
    init: scalar('kept-boolean', ['boolean', 'string'], { cast: 'boolean' }),
    ipc: text,
    isolation: text,
    labels: { ...labels, merge: 'sequence', unique: 'name' },
    label_file: {
      ...stringsOrString,
      list: listOf({ ...text, path: 'file' }),
      merge: 'sequence',
      canonical: 'string-list',
      prints: 'nothing',
    },
    links: { ...distinctStrings, unique: 'name' },
    logging,
    mem_limit: size,
    mem_reservation: wholeSize,
    memswap_limit: size,
    mem_swappiness: wholeSize,
    mac_address: text,
    network_mode: text,
    networks: { ...named(connection, NAME), list: listOf(text, true), merge: 'networks', canonical: 'networks' },
    oom_kill_disable: yesOrNo,
    oom_score_adj: scalar('integer', ['integer', 'string'], { cast: 'int', range: [-1000, 1000] }),
    pid: scalar('string', ['string', 'null']),
    pids_limit: count,
    platform: text,
    ports: { ...list(port, { distinct: true }), unique: 'port', canonical: 'ports' },
    privileged: yesOrNo,
    pull_policy: scalar('string', ['string'], { oneOf: ['always', 'never', 'if_not_present', 'build', 'missing'] }),
    read_only: yesOrNo,
    restart: text,
    runtime: text,
    scale: scalar('kept-integer', ['integer', 'string'], { cast: 'int' }),
    secrets: { ...list(fileMount), unique: 'secret' },
    security_opt: distinctStrings,
    shm_size: size,
    stdin_open: yesOrNo,
    stop_grace_period: duration,
    stop_signal: text,
    storage_opt: named(mapText, /^.*$/s, { prints: 'string-map', open: true }),
    sysctls: { ...mapping, merge: 'sequence', unique: 'name' },
    tmpfs: { ...stringsOrString, merge: 'sequence', unique: 'name' },
    tty: yesOrNo,
    ulimits: ulimits(true),
    user: text,
    userns_mode: text,
    uts: text,
    volumes: { ...list(mount, { distinct: true }), unique: 'target' },
    volumes_from: distinctStrings,
    working_dir: text,
    post_start: list(hook),
    pre_stop: list(hook),
  },
  { nulls: ['command', 'entrypoint'] },
);
