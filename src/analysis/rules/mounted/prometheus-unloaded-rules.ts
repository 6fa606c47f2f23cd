import { matchesGlob } from '../../../base/glob.ts';
import { pairOf, spanOf } from '../../documents/yaml-tree.ts';
import type { PrometheusFile } from '../../mounted/model.ts';
import { ruleFilesOf } from '../../mounted/prometheus.ts';
import type { Rule } from '../rule.ts';

export const prometheusUnloadedRules: Rule<PrometheusFile, 'unloaded' | 'mounted'> = {
  id: 'prometheus-unloaded-rules',
  appliesTo: 'prometheus',
  severity: 'warning',
  group: 'host',
  docs: {
    what: 'A file with rules is mounted into the container of Prometheus, but no entry of `rule_files` loads it.',
    why: 'Prometheus starts without a word and evaluates nothing: the alert that was written for a full memory never comes.',
    instead: 'Name it under `rule_files`, by its path in the container.',
    references: ['https://prometheus.io/docs/prometheus/latest/configuration/configuration/'],
    invalid: [
      '# file: compose.yml\nservices:\n  prometheus:\n    image: prom/prometheus\n    volumes:\n      - ./prometheus.yml:/etc/prometheus/prometheus.yml:ro\n      - ./alerts.yml:/etc/prometheus/alerts.yml:ro\n# file: prometheus.yml\nglobal: { scrape_interval: 30s }\n# file: alerts.yml\ngroups:\n  - name: memory\n    rules:\n      - alert: Full\n        expr: up == 0\n',
    ],
    valid: [
      '# file: compose.yml\nservices:\n  prometheus:\n    image: prom/prometheus\n    volumes:\n      - ./prometheus.yml:/etc/prometheus/prometheus.yml:ro\n      - ./alerts.yml:/etc/prometheus/rules/alerts.yml:ro\n# file: prometheus.yml\nrule_files: ["rules/*.yml"]\n# file: alerts.yml\ngroups:\n  - name: memory\n    rules:\n      - alert: Full\n        expr: up == 0\n',
    ],
  },
  messages: {
    unloaded: 'No entry of rule_files loads {path}, which is mounted with rules in it',
    mounted: 'mounted here',
  },
  *check({ model: { source, yaml, container } }) {
    const root = yaml.documents[0]?.root;
    if (container === undefined || root?.kind !== 'map') return;
    const patterns = ruleFilesOf(yaml, container.path);
    const first = pairOf(root, 'rule_files')?.key ?? root.pairs[0]?.key ?? root;
    for (const { path, span } of container.rules) {
      if (patterns.some((pattern) => matchesGlob(pattern, path.replace(/^\//, '')))) continue;
      yield {
        message: 'unloaded',
        data: { path },
        span: spanOf(source.file, first),
        related: [{ message: 'mounted', span }],
      };
    }
  },
};
