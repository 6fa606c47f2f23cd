import { bytes, mebibytes, parseSize } from '../../../base/bytes.ts';
import { allDirectives, directive, mountedFiles } from '../conf-files.ts';
import { evidenceOf } from '../evidence.ts';
import { programWords } from '../program.ts';
import { byDefault, formula, inMebibytes, known, measured, programText, region } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const nginx: RuntimeModel = {
  id: 'nginx',
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_path'],
  detects: (inputs) => evidenceOf(inputs, { image: /^(?:nginx|nginx-unprivileged|openresty|angie)$/, program: /^nginx$/ }),
  estimate(inputs) {
    const settings = settingsOf(inputs);
    const { workers, connections, zones, workersFrom } = settings;
    const busy = Math.min(connections, BUSY_CONNECTIONS) * 0.02;
    const regions = [
      region('Master process', 'unreclaimable', 1.2, 1.5, measured(MEASURED)),
      region('Worker processes', 'unreclaimable', workers * 1.5, workers * 2, workersFrom),
      region('Connections and their buffers', 'unreclaimable', 1, workers * busy, formula('0.02 MiB for each busy connection')),
      region('Shared zones', 'unreclaimable', zones * 0.5, zones, formula('the sum of keys_zone, limit and session cache sizes')),
      programText(TEXT, measured(MEASURED)),
    ];
    return known('nginx', regions, mebibytes(8), 'measured');
  },
  examples: [{ service: 'image: nginx:alpine', peak: mebibytes(22), because: 'one worker for each of four cores' }],
};

const MEASURED = 'nginx 1.22, x86_64';
const TEXT = 4;
/** More than that at once on one worker is a load test, not a Pi. */
const BUSY_CONNECTIONS = 100;

function settingsOf(inputs: RuntimeInputs) {
  const conf = mountedFiles(inputs, /\.conf(?:\.template)?$|nginx\.conf/);
  const inline = programWords(inputs).find((word) => word.text.includes('worker_processes'))?.text;
  const written = directive(conf, 'worker_processes');
  const text = /worker_processes\s+(\w+)/.exec(inline ?? '')?.[1] ?? written?.text ?? 'auto';
  const workers = text === 'auto' ? (inputs.cores ?? 4) : Math.min(Math.max(1, Number.parseInt(text, 10) || 1), 64);
  const connections = Number.parseInt(directive(conf, 'worker_connections')?.text ?? '1024', 10) || 1024;
  const workersFrom = written?.from ?? byDefault('worker_processes auto: one for each core');
  return { workers, connections, zones: zonesOf(conf), workersFrom };
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
