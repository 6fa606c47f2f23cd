import type { Bytes } from '../../base/bytes.ts';

/** What a connected host said about itself. Missing means unknown, never zero and never no. */
export interface HostFacts {
  readonly memoryTotal?: Bytes;
  /** MemTotal minus what the host uses while no container runs, as measured. */
  readonly memoryForContainers?: Bytes;
  readonly limitsEnforced?: boolean;
  readonly swapAccounting?: boolean;
  readonly swap?: { readonly size: Bytes; readonly medium: 'zram' | 'card' | 'disk' | 'none' };
  readonly pageSize?: Bytes;
  readonly architecture?: 'arm64' | 'arm/v7' | 'arm/v6' | 'amd64';
  readonly cpus?: number;
  readonly storage?: 'card' | 'ssd';
}
