import { mebibytes } from '../../../base/bytes.ts';
import { message } from '../../../base/message.ts';
import { text } from './text.ts';
import type { TunedSetting, TuneRequest } from './tune.ts';

/** Everything but the sizes: what follows from the storage, the version and how small the container is. */
export function fixedSettings(request: TuneRequest, connections: number): readonly TunedSetting[] {
  return [...memorySettings(request, connections), ...storageSettings(request)];
}

const set = (name: string, value: string | number, reason: string): TunedSetting => ({
  name,
  value: String(value),
  reason: message(reason),
});

function memorySettings({ limit, version, cores, storage }: TuneRequest, connections: number): readonly TunedSetting[] {
  const small = limit < mebibytes(768);
  const tiny = limit < mebibytes(320);
  const parallel = small || cores < 4 ? 0 : limit < mebibytes(1536) ? 1 : 2;
  const workers = small ? 1 : limit < mebibytes(2048) ? 2 : 3;
  return [
    set('autovacuum_max_workers', workers, text.workers),
    set('effective_cache_size', `${String(Math.max(8, Math.floor((limit * 0.6) / 1024 ** 2)))}MB`, text.cache),
    set('max_parallel_workers_per_gather', parallel, parallel === 0 ? text.parallelOff : text.parallel),
    ...(version >= 11 ? [set('max_parallel_maintenance_workers', Math.min(1, parallel), text.parallelOff)] : []),
    ...(version >= 11 ? [set('jit', 'off', text.jit)] : []),
    ...(tiny ? [set('max_worker_processes', 4, text.processes), set('max_wal_senders', 2, text.senders)] : []),
    ...(connections < 10 ? [set('superuser_reserved_connections', 1, text.reserved)] : []),
    ...(tiny ? [set('wal_buffers', '1MB', text.walBuffers)] : []),
    ...(version >= 18 && tiny && storage === 'card' ? [set('io_method', 'sync', text.ioSync)] : []),
    set('huge_pages', 'off', text.hugePages),
  ];
}

function storageSettings({ storage, version }: TuneRequest): readonly TunedSetting[] {
  const card = storage === 'card';
  return [
    card ? set('random_page_cost', 2, text.randomCard) : set('random_page_cost', 1.1, text.randomSsd),
    card ? set('effective_io_concurrency', 2, text.concurrencyCard) : set('effective_io_concurrency', 32, text.concurrencySsd),
    set('checkpoint_timeout', '15min', text.checkpoints),
    // The default since 14.
    ...(version < 14 ? [set('checkpoint_completion_target', 0.9, text.completion)] : []),
    set('max_wal_size', card ? '512MB' : '1GB', card ? text.walSizeCard : text.walSizeSsd),
    set('wal_compression', 'on', text.compression),
    set('temp_file_limit', card ? '1GB' : '4GB', text.tempLimit),
  ];
}
