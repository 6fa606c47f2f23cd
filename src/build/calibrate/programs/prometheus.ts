import { answersOn, close, get, serveTo } from '../loads/http.ts';
import { type Configuration, type Program, type Target } from '../program.ts';

interface Variant {
  readonly id: string;
  readonly series: number;
  readonly memoryLimit?: string;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'series1k', series: 1000, search: true },
  { id: 'series10k', series: 10_000, search: true },
  { id: 'series30k', series: 30_000, search: true },
  { id: 'series10k-gomemlimit', series: 10_000, memoryLimit: '96MiB', search: true },
  { id: 'series100', series: 100 },
  { id: 'series60k', series: 60_000 },
];

const EXPORTER = 19191;
const FILE = '/etc/prometheus/prometheus.yml';

/** Scraped fast, so that each series fills the 120 samples of a chunk, after which its memory no longer grows. */
const SCRAPES = 60;
const conf = (series: number): string => `global:
  scrape_interval: 200ms
  scrape_timeout: 200ms
scrape_configs:
  - job_name: calibrate
    sample_limit: ${String(series)}
    static_configs:
      - targets: ['exporter:${String(EXPORTER)}']
`;

export const prometheus: Program = {
  id: 'prometheus',
  packages: ['prometheus'],
  version: ['prometheus', '--version'],
  image: { name: 'calibrate-prometheus', programs: ['prometheus'], folders: [{ path: '/prometheus' }] },
  configurations: VARIANTS.map(configuration),
};

function configuration({ id, series, memoryLimit, search }: Variant): Configuration {
  return {
    id,
    settings: { series, GOMEMLIMIT: memoryLimit ?? 'none' },
    service: {
      image: 'prom/prometheus:v2.42.0',
      command: ['prometheus', `--config.file=${FILE}`, '--storage.tsdb.path=/prometheus', '--web.listen-address=:9090'],
      ...(memoryLimit === undefined ? {} : { environment: { GOMEMLIMIT: memoryLimit } }),
      files: { [FILE]: conf(series) },
    },
    docker: ['--add-host', 'exporter:host-gateway', '--workdir', '/prometheus'],
    describes: `${String(SCRAPES)} scrapes of ${String(series)} series, 200 ms apart, beside range queries over all of them`,
    search: search === true,
    ready: (target) => answersOn(target, 9090, '/-/ready'),
    load: (target) => scraped(target, series),
  };
}

async function scraped(target: Target, series: number): Promise<void> {
  let scrapes = 0;
  const page = exposition(series);
  const exporter = await serveTo(target, EXPORTER, () => {
    scrapes++;
    return page.replaceAll('VALUE', String(scrapes));
  });
  try {
    for (let asked = 0; scrapes < SCRAPES; asked++) {
      target.signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 300));
      const range = `&start=${String(Date.now() / 1000 - 30)}&end=${String(Date.now() / 1000)}&step=1`;
      const query = asked % 2 === 0 ? 'sum by (room) (rate(reading[10s]))' : 'topk(5, max_over_time(reading[20s]))';
      if (asked % 3 === 0) await get(target, 9090, `/api/v1/query_range?query=${encodeURIComponent(query)}${range}`);
    }
    const found = await get(target, 9090, `/api/v1/query?query=${encodeURIComponent('count(reading)')}`);
    if (!found.includes(`"${String(series)}"`)) throw new Error(`not all series arrived: ${found.slice(0, 200)}`);
  } finally {
    await close(exporter);
  }
}

function exposition(series: number): string {
  const lines = ['# TYPE reading gauge'];
  for (let n = 0; n < series; n++) {
    lines.push(
      `reading{room="room-${String(n % 20)}",sensor="sensor-${String(n)}",kind="temperature",floor="${String(n % 4)}"} VALUE.${String(n % 100)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
