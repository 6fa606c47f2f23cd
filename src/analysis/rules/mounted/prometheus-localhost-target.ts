import { pairOf, spanOf, type YamlNode } from '../../documents/yaml-tree.ts';
import type { PrometheusFile } from '../../mounted/model.ts';
import type { Rule } from '../rule.ts';

export const prometheusLocalhostTarget: Rule<PrometheusFile, 'itself' | 'inContainer'> = {
  id: 'prometheus-localhost-target',
  appliesTo: 'prometheus',
  severity: 'warning',
  group: 'host',
  docs: {
    what: 'Prometheus runs in a container and is to fetch metrics from `localhost`, on a port that is not its own.',
    why: 'In a container `localhost` is the container: Prometheus asks itself, nobody answers, and the target is down for ever. Alerts that lean on its metrics never fire.',
    instead:
      'Name the service that has the metrics (`node-exporter:9100`). For a program on the board itself use `host.docker.internal` with `extra_hosts: ["host.docker.internal:host-gateway"]`.',
    references: ['https://docs.docker.com/compose/how-tos/networking/'],
    invalid: [
      '# file: compose.yml\nservices:\n  prometheus:\n    image: prom/prometheus\n    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml:ro"]\n# file: prometheus.yml\nscrape_configs:\n  - job_name: node\n    static_configs:\n      - targets: ["localhost:9100"]\n',
      'scrape_configs:\n  - job_name: node\n    static_configs:\n      - targets: ["127.0.0.1:9100"]\n',
    ],
    valid: [
      '# file: compose.yml\nservices:\n  prometheus:\n    image: prom/prometheus\n    network_mode: host\n    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml:ro"]\n# file: prometheus.yml\nscrape_configs:\n  - job_name: node\n    static_configs:\n      - targets: ["localhost:9100"]\n',
      'scrape_configs:\n  - job_name: prometheus\n    static_configs:\n      - targets: ["localhost:9090"]\n  - job_name: node\n    static_configs:\n      - targets: ["node-exporter:9100"]\n',
    ],
  },
  messages: {
    itself: 'In the container of {service}, {target} is Prometheus itself: nobody answers there',
    inContainer: 'In a container {target} is Prometheus itself: nobody answers there',
  },
  *check({ model: { source, yaml, container } }) {
    if (container?.sharesNetwork === true) return;
    const jobs = pairOf(yaml.documents[0]?.root, 'scrape_configs')?.value;
    for (const target of itemsOf(jobs).filter(asksItsTargets).flatMap(targetsOf)) {
      const port = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::(\d+))?$/i.exec(target.text);
      if (port === null || Number(port[1] ?? 80) === (container?.port ?? 9090)) continue;
      yield {
        message: container === undefined ? 'inContainer' : 'itself',
        // By itself the file may be for a Prometheus without a container.
        ...(container === undefined ? { severity: 'hint' as const } : {}),
        data: { target: target.text, service: container?.service ?? '' },
        span: spanOf(source.file, target),
      };
    }
  },
};

function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  const list = node?.kind === 'alias' ? node.target : node;
  return list?.kind === 'list' ? list.items : [];
}

/** A proxy, or an exporter that probes others, gets the address as a parameter and asks from where it is. */
function asksItsTargets(job: YamlNode): boolean {
  const rewritten = itemsOf(pairOf(job, 'relabel_configs')?.value).some((rule) => {
    const label = pairOf(rule, 'target_label')?.value;
    return label?.kind === 'scalar' && label.text === '__address__';
  });
  return !rewritten && pairOf(job, 'proxy_url') === undefined;
}

function targetsOf(job: YamlNode) {
  return itemsOf(pairOf(job, 'static_configs')?.value)
    .flatMap((config) => itemsOf(pairOf(config, 'targets')?.value))
    .flatMap((target) => (target.kind === 'scalar' ? [target] : []));
}
