import type { Stack } from './model.ts';

type Kind = 'services' | 'networks' | 'volumes' | 'secrets' | 'configs';

/** The active services, and what they use of the rest. */
export function asPrinted({ services }: Stack): Readonly<Record<Kind, ReadonlySet<string>>> {
  const used = {
    services: new Set<string>(),
    networks: new Set<string>(),
    volumes: new Set<string>(),
    secrets: new Set<string>(),
    configs: new Set<string>(),
  };
  for (const { name, active, tree, networks, secrets, configs, mounts } of services) {
    if (!active) continue;
    used.services.add(name);
    for (const network of networks) used.networks.add(network.text);
    for (const { type, source } of mounts) if (type === 'volume' && source !== undefined) used.volumes.add(source.text);
    for (const secret of secrets) used.secrets.add(secret.text);
    for (const config of configs) used.configs.add(config.text);
    const build = tree.entries.get('build')?.value;
    const building = build?.kind === 'map' ? build.entries.get('secrets')?.value : undefined;
    for (const item of building?.kind === 'list' ? building.items : []) {
      const source = item.kind === 'map' ? item.entries.get('source')?.value : undefined;
      if (source?.kind === 'scalar') used.secrets.add(source.located.text);
    }
  }
  return used;
}
