import { folderOf, joinPath } from '../../base/path.ts';
import { fileId, type FileId } from '../../base/span.ts';
import type { Documents } from '../documents/compose/documents.ts';
import type { Service, Stack } from '../documents/compose/model.ts';
import type { YamlFile } from '../documents/yaml-tree.ts';
import { pairOf } from '../documents/yaml-tree.ts';
import { parseImage } from '../memory/image-reference.ts';
import { containerFile } from './container-file.ts';
import type { PrometheusContainer, PrometheusFile } from './model.ts';

export function isPrometheus({ image, command }: Service): boolean {
  const base = image?.value === undefined ? undefined : parseImage(image.value)?.base;
  return base === 'prometheus' || command?.words.some(({ text }) => text.startsWith('--config.file=/etc/prometheus/')) === true;
}

/** The configuration of a Prometheus in the stack, where it lies in this project. */
export function prometheusFiles(service: Service, stack: Stack, documents: Documents): readonly PrometheusFile[] {
  if (!isPrometheus(service)) return [];
  const path = optionOf(service, '--config.file') ?? '/etc/prometheus/prometheus.yml';
  const file = containerFile(service, path);
  const reading = file === undefined ? undefined : documents.read(file);
  if (reading?.kind !== 'text') return [];
  const container: PrometheusContainer = {
    service: service.name,
    sharesNetwork: sharesNetwork(service, stack),
    port: Number(/:(\d+)$/.exec(optionOf(service, '--web.listen-address') ?? '')?.[1] ?? 9090),
    path,
    rules: mountedRules(service, reading.source.file, documents),
  };
  return [{ kind: 'prometheus', source: reading.source, yaml: documents.yaml(reading.source), container }];
}

function optionOf({ command }: Service, name: string): string | undefined {
  const words = command?.words.map(({ text }) => text) ?? [];
  const joined = words.findLast((word) => word.startsWith(`${name}=`));
  const at = words.lastIndexOf(name);
  return joined?.slice(name.length + 1) ?? (at < 0 ? undefined : words[at + 1]);
}

/** `localhost` is more than this container where its network is the host's, another's, or lent to others. */
function sharesNetwork({ name, networkMode }: Service, stack: Stack): boolean {
  // What can't be known may be the host's.
  const mode = networkMode === undefined ? '' : (networkMode.value ?? 'host');
  return (
    /^(?:host|service:|container:)/.test(mode) || stack.services.some((other) => other.networkMode?.text === `service:${name}`)
  );
}

/** Whatever is mounted beside the configuration and reads as a file of rules. */
function mountedRules({ mounts }: Service, config: FileId, documents: Documents): PrometheusContainer['rules'] {
  return mounts.flatMap(({ file, target, span, type }) => {
    const path = target.value;
    if (type !== 'bind' || file === undefined || path?.startsWith('/etc/') !== true) return [];
    if (YAML.test(path)) return file !== config && holdsRules(file, documents) ? [{ path, span }] : [];
    const listing = documents.list(file);
    const names = listing.kind === 'names' ? listing.names.filter((name) => YAML.test(name)) : [];
    return names
      .map((name) => ({ file: joinPath(file, name), path: joinPath(fileId(path), name), span }))
      .filter((each) => each.file !== config && holdsRules(each.file, documents));
  });
}

const YAML = /\.(?:ya?ml|rules)$/;

function holdsRules(file: FileId, documents: Documents): boolean {
  const reading = documents.read(file);
  if (reading.kind !== 'text' || !reading.source.text.includes('groups')) return false;
  const root = documents.yaml(reading.source).documents[0]?.root;
  const groups = pairOf(root, 'groups')?.value;
  return groups?.kind === 'list' && groups.items.some((group) => pairOf(group, 'rules') !== undefined);
}

/** The patterns of `rule_files` as paths in the container. */
export function ruleFilesOf(yaml: YamlFile, path: string): readonly string[] {
  const list = pairOf(yaml.documents[0]?.root, 'rule_files')?.value;
  const items = list?.kind === 'list' ? list.items : [];
  return items.flatMap((item) => (item.kind === 'scalar' ? [joinPath(folderOf(fileId(path)), item.text)] : []));
}
