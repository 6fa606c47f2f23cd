/*
 * Mistakes that people make, written into files that other people wrote. What a rule should say of each, and where:
 * the place is the text that was put in, or the stack's own line where the rule speaks of the whole.
 */

export interface Defect {
  readonly name: string;
  /** Any of them is the right answer. */
  readonly rules: readonly string[];
  readonly board?: string;
  /** The finding may lie anywhere in the file: the rule speaks of two places, or of the whole stack. */
  readonly anywhere?: true;
  /** Undefined where the file has no place for it. */
  seed(text: string): Seeded | undefined;
}

export interface Seeded {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const POSTGRES = /image: ["']?(?:docker\.io\/)?(?:library\/)?postgres:(?:1[0-7]|9)/;
const REDIS = /image: ["']?redis(?::|\s|$)/;
const POSTGRES_WITH_PASSWORD = /image: ["']?postgres:1[0-7][^]*POSTGRES_PASSWORD(?::|=)/;
const ANY = /image: /;

const limits = (...lines: string[]) => ['deploy:', '  resources:', '    limits:', ...lines.map((line) => `      ${line}`)];

export const defects: readonly Defect[] = [
  keys('two limits', 'limit-split', ANY, ['mem_limit: 96M', ...limits('memory: 128M')]),
  keys('half a limit', 'limit-split', ANY, ['mem_limit: 96M', ...limits('cpus: "0.5"')]),
  keys('a limit of bytes', 'limit-under-minimum', ANY, ['mem_limit: 512']),
  keys('a Kubernetes suffix', 'bytes-suffix', ANY, ['mem_limit: 512Mi']),
  keys('a Kubernetes suffix below deploy', 'bytes-suffix', ANY, limits('memory: 256Mi')),
  keys('a float', 'bytes-dropped', ANY, ['mem_limit: 1e9']),
  keys('swap under the limit', 'swap-limit-refused', ANY, ['mem_limit: 256M', 'memswap_limit: 128M']),
  keys('a reservation above the limit', 'reservation-above-limit', ANY, ['mem_limit: 128M', 'mem_reservation: 256M']),
  keys('a limit below the floor', 'limit-below-floor', POSTGRES, ['mem_limit: 16M']),
  keys('a limit below the floor under deploy', 'limit-below-floor', POSTGRES, limits('memory: 12M')),
  keys('shared memory beyond the limit', 'memory-mount-above-limit', ANY, ['mem_limit: 256M', 'shm_size: 512M']),
  keys('a tmpfs beyond the limit', 'memory-mount-above-limit', ANY, ['mem_limit: 128M', 'tmpfs: ["/cache:size=512m"]']),
  keys('no kill', 'oom-kill-disabled', ANY, ['oom_kill_disable: true']),
  keys('the database first to die', 'kill-order', POSTGRES, ['oom_score_adj: 700'], { others: true }),
  keys('more than the board', 'stack-over-budget', ANY, ['mem_limit: 6G'], { board: 'pi-4-2gb', anywhere: true }),
  keys('more cores than there are', 'cpus-over-board', ANY, ['cpus: 8'], { board: 'pi-4-2gb' }),
  keys('a cache as large as its limit', 'heap-cap-at-limit', REDIS, ['command: redis-server --maxmemory 64mb', 'mem_limit: 64M']),
  keys('a cache without bound', 'cache-cap-missing', REDIS, ['mem_limit: 64M'], { atImage: true }),
  variables('a heap as large as its limit', 'heap-cap-at-limit', ANY, ['JAVA_TOOL_OPTIONS', '-Xmx512m'], ['mem_limit: 512M']),
  variables('tuning that the image ignores', 'ignored-environment', POSTGRES, ['POSTGRES_SHARED_BUFFERS', '64MB']),
  variables('tuning of connections that the image ignores', 'ignored-environment', POSTGRES, ['POSTGRES_MAX_CONNECTIONS', '40']),
  variables('a .NET name in the wrong case', 'dotnet-name-case', ANY, ['DOTNET_GCServer', '0']),
  variables('a decimal where .NET reads hexadecimal', 'dotnet-hexadecimal', ANY, ['DOTNET_GCHeapHardLimitPercent', '75']),
  variables('quotes inside NODE_OPTIONS', 'node-options-malformed', ANY, ['NODE_OPTIONS', "'--max-old-space-size=256'"]),
  variables('a space inside NODE_OPTIONS', 'node-options-malformed', ANY, ['NODE_OPTIONS', '--max-old-space-size 256']),
  variables('a unit that Go refuses', 'gomemlimit-malformed', ANY, ['GOMEMLIMIT', '400MB']),
  variables('a secret in plain sight', 'hard-coded-secret', ANY, ['APP_API_SECRET', 'c7Xq2vPz91LmTn4e']),
  variables('a password twice', 'unread-file-variable', POSTGRES_WITH_PASSWORD, ['POSTGRES_PASSWORD_FILE', '/run/secrets/db']),
  image(
    'an old place for the data',
    'postgres-volume-moved',
    /image: ["']?postgres:[^\n]*\n(?:(?!image:)[^])*?:\/var\/lib\/postgresql\/data/,
    'postgres:18',
    {
      anywhere: true,
    },
  ),
  image('no build for ARM', 'image-no-arm64', ANY, 'mcr.microsoft.com/mssql/server:2022-latest', { board: 'pi-5-8gb' }),
  image(
    'an instruction that the processor lacks',
    'cpu-feature-missing',
    /image: ["']?(?:postgres|redis|mariadb|mysql)/,
    'mongo:7',
    { board: 'pi-4-2gb' },
  ),
  image('pages of the wrong size', 'page-size-16k', ANY, 'qdrant/qdrant:v1.7.0', { board: 'pi-5-8gb' }),
  image('more than the board has', 'image-needs-more', ANY, 'mcr.microsoft.com/mssql/server:2022-latest', {
    board: 'pi-zero-2w',
  }),
  image('an admin tool that always runs', 'admin-tool-always-on', ANY, 'adminer:4', { others: true }),
  keys('another architecture', 'platform-not-arm', ANY, ['platform: linux/amd64']),
  keys('logs without bound', 'unlimited-logs', ANY, ['logging:', '  driver: json-file', '  options:', '    max-file: "3"']),
  keys('a check each second', 'healthcheck-too-frequent', POSTGRES, ['healthcheck:', '  test: pg_isready', '  interval: 1s'], {
    board: 'pi-zero-2w',
  }),
  keys('a dev server', 'dev-server-in-production', ANY, ['command: npm run dev'], { board: 'pi-4-2gb' }),
  keys('another dev server', 'dev-server-in-production', ANY, ['command: ["npx", "next", "dev"]'], { board: 'pi-4-2gb' }),
  keys('all privileges', 'privileged-container', ANY, ['privileged: true']),
  keys('the engine for everybody', 'docker-socket-mounted', ANY, ['volumes: ["/var/run/docker.sock:/var/run/docker.sock"]']),
  keys('a database for everybody', 'database-published', POSTGRES, ['ports: ["5432:5432"]']),
  keys('one port twice', 'port-collision', ANY, ['ports: ["18080:80", "18080:81"]'], { anywhere: true }),
  keys('one port for three', 'port-collision', ANY, ['ports: ["18081:80"]', 'deploy:', '  replicas: 3'], { anywhere: true }),
  keys('a setting that does not exist', 'pg-unknown-setting', POSTGRES, ['command: postgres -c share_buffers=64MB']),
  keys('a value that the server refuses', 'pg-invalid-value', POSTGRES, ['command: ["postgres", "-c", "work_mem=4mb"]']),
  keys('durability switched off', 'pg-durability-off', POSTGRES, ['command: postgres -c fsync=off']),
  {
    name: 'a version',
    rules: ['obsolete-version'],
    seed: (text) => (/^(?:version|---)/m.test(text) ? undefined : put(text, 0, 0, "version: '3.8'\n")),
  },
  {
    name: 'a secret that Swarm keeps',
    rules: ['swarm-only-secret'],
    seed: (text) => {
      if (/^secrets:/m.test(text)) return undefined;
      const used = within(text, ANY, (service) =>
        has(service, ['secrets:']) ? undefined : addLines(text, service, ['secrets: [seeded]']),
      );
      return used === undefined ? undefined : append(used.text, 'secrets:\n  seeded:\n    external: true\n');
    },
  },
  {
    name: 'a key twice',
    rules: ['compose-refused', 'yaml-invalid'],
    anywhere: true,
    seed: (text) =>
      within(text, ANY, ({ start, end, indent }) => put(text, end, end, `\n${indent}${text.slice(start, end).trim()}`)),
  },
  {
    name: 'services that may not meet',
    rules: ['isolated-peers'],
    anywhere: true,
    seed: (text) =>
      /^networks:|^ +(?:networks|network_mode|profiles):/m.test(text) || !/^ +depends_on:/m.test(text)
        ? undefined
        : append(text, 'networks:\n  default:\n    driver_opts:\n      com.docker.network.bridge.enable_icc: "false"\n'),
  },
  {
    name: 'waiting for what never becomes healthy',
    rules: ['unhealthy-dependency'],
    seed: (text) => {
      const dependency =
        /^ {2}([a-z][\w-]*):\n {4}image: ["']?(?:postgres|redis|nginx|mariadb|mysql)\b[^\n]*\n(?:(?! {2}\S| *healthcheck)[^\n]*\n)*(?= {2}\S)/m.exec(
          text,
        );
      if (dependency?.[1] === undefined) return undefined;
      const lines = ['depends_on:', `  ${dependency[1]}:`, '    condition: service_healthy'];
      return within(text, ANY, (service) =>
        service.name === dependency[1] || has(service, lines) ? undefined : addLines(text, service, lines),
      );
    },
  },
];

interface Options {
  readonly board?: string;
  readonly anywhere?: true;
  /** Only where the stack has other services. */
  readonly others?: true;
  /** The rule speaks of the image beside which the keys stand. */
  readonly atImage?: true;
}

/** Keys that a service did not have. */
function keys(name: string, rule: string, where: RegExp, lines: readonly string[], options: Options = {}): Defect {
  const { others, atImage, ...rest } = options;
  return {
    name,
    rules: [rule],
    ...rest,
    seed: (text) =>
      others === true && !hasOthers(text)
        ? undefined
        : within(text, where, (service) => {
            if (has(service, lines)) return undefined;
            const seeded = addLines(text, service, lines);
            return atImage === true ? { ...seeded, start: service.start } : seeded;
          }),
  };
}

function hasOthers(text: string): boolean {
  return (text.match(/^ +image: /gm)?.length ?? 0) > 2;
}

/** A variable in the file's own style, and keys beside it. */
function variables(
  name: string,
  rule: string,
  where: RegExp,
  [variable, value]: readonly [string, string],
  lines: readonly string[] = [],
): Defect {
  return {
    name,
    rules: [rule],
    seed: (text) =>
      within(text, where, (service) => {
        if (has(service, lines)) return undefined;
        const place = /^( +)environment:[^\S\n]*\n( +)(- )?(?!#)/m.exec(service.block);
        if (place === null) {
          if (/^ +environment:/m.test(service.block)) return undefined;
          return addLines(text, service, [...lines, 'environment:', `  ${variable}: ${quoted(value)}`]);
        }
        const [whole, , deeper = '', dash] = place;
        const at = service.blockStart + place.index + whole.indexOf('\n') + 1;
        const line = `${deeper}${dash === undefined ? `${variable}: ${quoted(value)}` : `- ${variable}=${value}`}\n`;
        const own = lines.map((each) => `${service.indent}${each}\n`).join('');
        const seeded = put(text, at, at, line);
        // Keys go to the top of the block, in front of what was put in.
        if (own === '') return seeded;
        const both = put(seeded.text, service.blockStart, service.blockStart, own);
        return { text: both.text, start: seeded.start + own.length, end: seeded.end + own.length };
      }),
  };
}

/** Another image in the place of the one that is there. */
function image(name: string, rule: string, where: RegExp, reference: string, options: Options = {}): Defect {
  const { others, ...rest } = options;
  return {
    name,
    rules: [rule],
    ...rest,
    seed: (text) => {
      if (others === true && !hasOthers(text)) return undefined;
      if (where.source.includes('\\n')) return replaced(text, where, reference);
      // A command of another image would say that something else runs.
      return within(text, where, ({ start, end, indent, block }) =>
        /^ +(?:command|entrypoint|build):/m.test(block) ? undefined : put(text, start, end, `${indent}image: ${reference}`),
      );
    },
  };
}

function replaced(text: string, where: RegExp, reference: string): Seeded | undefined {
  const found = where.exec(text);
  if (found === null) return undefined;
  return put(text, found.index, text.indexOf('\n', found.index), `image: ${reference}`);
}

interface WrittenService {
  readonly name: string;
  readonly indent: string;
  /** The line of the image. */
  readonly start: number;
  readonly end: number;
  readonly block: string;
  readonly blockStart: number;
}

/** The first service of that kind that takes the change; only those that always run and are written as blocks. */
function within(text: string, where: RegExp, change: (service: WrittenService) => Seeded | undefined): Seeded | undefined {
  const services = /^services:[^\S\n]*(?:#[^\n]*)?\n((?:[^\S\n]+[^\n]*\n|[^\S\n]*\n|#[^\n]*\n)*)/m.exec(text);
  if (services?.[1] === undefined) return undefined;
  const offset = services.index + services[0].length - services[1].length;
  const indent = /^( +)\S/m.exec(services[1])?.[1] ?? '  ';
  const heads = [...services[1].matchAll(new RegExp(`^${indent}([\\w.-]+):[^\\S\\n]*\\n`, 'gm'))];
  for (const [at, head] of heads.entries()) {
    const blockStart = offset + head.index + head[0].length;
    const block = text.slice(blockStart, offset + (heads[at + 1]?.index ?? services[1].length));
    const line = /^( +)image: [^\n]*/m.exec(block);
    if (line?.[1] === undefined || !where.test(`${line[0]}\n${block}`) || /^ +(?:profiles|extends|<<):/m.test(block)) continue;
    const start = blockStart + line.index;
    const seeded = change({ name: head[1] ?? '', indent: line[1], start, end: start + line[0].length, block, blockStart });
    if (seeded !== undefined) return seeded;
  }
  return undefined;
}

/** Whether the service has one of the keys that would be added. */
function has({ block, indent }: WrittenService, lines: readonly string[]): boolean {
  const added = lines.flatMap((line) => /^([a-z_]+):/.exec(line)?.[1] ?? []);
  const limited = added.some((key) => /^(?:mem|deploy)/.test(key));
  return [...added, ...(limited ? ['deploy', 'mem_limit', 'mem_reservation'] : [])].some((key) =>
    new RegExp(`^${indent}${key}:`, 'm').test(block),
  );
}

function addLines(text: string, { end, indent }: WrittenService, lines: readonly string[]): Seeded {
  return put(text, end, end, lines.map((line) => `\n${indent}${line}`).join(''));
}

function append(text: string, piece: string): Seeded {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  return put(whole, whole.length, whole.length, piece);
}

function put(text: string, start: number, end: number, piece: string): Seeded {
  return { text: text.slice(0, start) + piece + text.slice(end), start, end: start + piece.length };
}

function quoted(value: string): string {
  return value.includes("'") ? `"${value}"` : `'${value}'`;
}
