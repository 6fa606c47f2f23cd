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
import { build } from './build-shape.ts';
import { deploy, gpu } from './deploy-shape.ts';
import { device, mount, port } from './mount-shapes.ts';
import { list, listOf, named, object, scalar, type Shape } from './shape.ts';

const fraction = scalar('float', ['number', 'string'], { cast: 'float' });
const byteRate = object({ path: text, rate: wholeSize }, { extensible: false, capitalised: true });
const weight = object(
  { path: text, weight: scalar('unsigned', ['integer', 'string']) },
  { extensible: false, capitalised: true },
);

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
