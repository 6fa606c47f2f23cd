import { formatBytes } from '../../base/bytes.ts';
import type { HostIdentity } from './identify.ts';

/** Who the host is, in one line; what it didn't say is left out. */
export function describeIdentity(host: string, identity: HostIdentity): string {
  const { model, memoryTotal, system, architecture, docker, compose } = identity;
  const parts = [
    model,
    memoryTotal === undefined ? undefined : formatBytes(memoryTotal),
    system?.kind === 'pi-os' ? `Raspberry Pi OS (${system.name})` : system?.name,
    architecture,
    docker === undefined ? undefined : `Docker ${docker}`,
    compose === undefined ? undefined : `Compose ${compose}`,
  ];
  return `${host}: ${parts.filter((part) => part !== undefined).join(', ')}`;
}
