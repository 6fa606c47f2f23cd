import type { HostFacts } from '../../analysis/memory/host.ts';
import type { HostReading, MemoryCgroup } from '../../live/cgroup/reading.ts';
import type { HostIdentity } from '../../live/commands/identify.ts';
import type { EngineInfo } from '../../live/docker/types.ts';

export interface Known {
  readonly identity: HostIdentity;
  readonly info: EngineInfo | undefined;
  readonly memoryCgroup: MemoryCgroup | undefined;
  readonly reading: HostReading;
}

/** What linting may know of a host. What nobody said stays out: not knowing is no no. */
export function hostFacts({ identity, info, memoryCgroup, reading }: Known): HostFacts {
  const { memoryTotal, pageSize, architecture, cpus } = identity;
  const enforced = memoryCgroup === undefined ? info?.memoryLimit : memoryCgroup !== 'off';
  return {
    ...(memoryTotal === undefined ? {} : { memoryTotal }),
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(enforced === undefined ? {} : { limitsEnforced: enforced }),
    ...(info?.swapLimit === undefined ? {} : { swapAccounting: info.swapLimit }),
    ...swapOf(reading),
  };
}

/** On which medium other swap lies, a sample doesn't say. */
function swapOf({ swapTotal, zram }: HostReading): Pick<HostFacts, 'swap'> {
  if (swapTotal === undefined) return {};
  if (swapTotal === 0) return { swap: { size: swapTotal, medium: 'none' } };
  return zram === undefined ? {} : { swap: { size: swapTotal, medium: 'zram' } };
}
