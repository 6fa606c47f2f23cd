import { bytes, mebibytes, parseSize } from '../../../base/bytes.ts';
import { allDirectives, directive, mountedFiles } from '../conf-files.ts';
import { evidenceOf } from '../evidence.ts';
import { programWords } from '../program.ts';
import { text } from '../beyond-text.ts';
import { byDefault, formula, inMebibytes, known, measured, programText, region } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const nginx: RuntimeModel = {
  id: 'nginx',
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_path'],
  detects: (inputs) => evidenceOf(inputs, { image: /^(?:nginx|nginx-unprivileged|openresty|angie)$/, program: /^nginx$/ }),
  estimate(inputs) {
    const { workers, workersFrom, proxies, cached, zones } = settingsOf(inputs);
    const busy = (proxies ? 4.5 : 2) + workers * 0.1;
    const regions = [
      region('Master process', 'unreclaimable', 1.2, 1.3, measured(MEASURED)),
      region('Worker processes', 'unreclaimable', workers, workers * 1.05, workersFrom),
      region(
        'Connections and their buffers',
        'unreclaimable',
        0.5,
        busy,
        measured(`${MEASURED}: several hundred connections, ${proxies ? 'proxied' : 'files'}`),
      ),
      region(
        'Shared zones',
        'unreclaimable',
        Math.min(zones, 1),
        Math.min(zones, 1 + zones * 0.1),
        formula('1 MiB + 0.1 × keys_zone, limit and session cache sizes: 8000 keys fill one'),
      ),
      // The kernel gives them back under pressure: with 34 MiB charged, 13 were enough.
      region(
        'Cached files in the kernel',
        'cache',
        cached * 4,
        cached * 20,
        measured(`${MEASURED}: 5 KiB for each of some thousand files`),
      ),
      programText(TEXT, measured(MEASURED)),
    ];
    return known('nginx', regions, mebibytes(FLOOR), 'measured', cached > 0 ? [text.proxyCache] : []);
  },
  examples: [{ service: 'image: nginx:alpine', peak: mebibytes(15), because: 'one worker for each of four cores' }],
};

const MEASURED = 'nginx 1.22, x86_64';
const TEXT = 4.5;
const FLOOR = 6;

function settingsOf(inputs: RuntimeInputs) {
  const conf = mountedFiles(inputs, /\.conf(?:\.template)?$|nginx\.conf/);
  const inline = programWords(inputs).find((word) => word.text.includes('worker_processes'))?.text;
  const written = directive(conf, 'worker_processes');
  const count = /worker_processes\s+(\w+)/.exec(inline ?? '')?.[1] ?? written?.text ?? 'auto';
  const workers = count === 'auto' ? (inputs.cores ?? 4) : Math.min(Math.max(1, Number.parseInt(count, 10) || 1), 64);
  const workersFrom = written?.from ?? byDefault('worker_processes auto: one for each core');
  // Without its configuration, a proxy is what it is likely to be.
  const proxies = conf.length === 0 || conf.some((source) => /^[^#\n]*\b(?:proxy|fastcgi|uwsgi|grpc)_pass\s/m.test(source.text));
  const cached = allDirectives(conf, '(?:proxy|fastcgi|uwsgi)_cache_path').length > 0 ? 1 : 0;
  return { workers, workersFrom, proxies, cached, zones: zonesOf(conf) };
}

/** `keys_zone=one:10m`, `zone=two:5m`, `shared:SSL:10m`: memory that fills up and stays. */
function zonesOf(conf: Parameters<typeof allDirectives>[0]): number {
  const names = [
    'proxy_cache_path',
    'fastcgi_cache_path',
    'uwsgi_cache_path',
    'limit_req_zone',
    'limit_conn_zone',
    'ssl_session_cache',
  ];
  const sizes = names
    .flatMap((name) => allDirectives(conf, name))
    .flatMap((value) => [...value.matchAll(/(?:zone=[^\s:]+|shared:[^\s:]+):(\d+[kKmMgG]?)/g)])
    .map((match) => parseSize(match[1] ?? ''));
  return inMebibytes(bytes(sizes.reduce((sum, size) => sum + (size.ok ? size.value : 0), 0)));
}
