import { bytes, mebibytes } from '../../../base/bytes.ts';
import { evidenceOf } from '../evidence.ts';
import { originOf, variable } from '../program.ts';
import { byDefault, inMebibytes, known, programText, region } from '../regions.ts';
import type { RuntimeModel } from '../runtime-model.ts';
import { goHeapCap } from '../go-settings.ts';

export const influxdb: RuntimeModel = {
  id: 'influxdb',
  references: ['https://docs.influxdata.com/influxdb/v2/reference/config-options/'],
  detects: (inputs) => evidenceOf(inputs, { image: /^influxdb$/, program: /^influxd$/ }),
  estimate(inputs) {
    const cap = goHeapCap(inputs)?.most ?? Number.POSITIVE_INFINITY;
    const written = variable(inputs, 'INFLUXD_STORAGE_CACHE_MAX_MEMORY_SIZE', 'INFLUXDB_DATA_CACHE_MAX_MEMORY_SIZE');
    const bound = Number(written?.text ?? 1024 ** 3);
    // The cache is flushed at 25 MiB as long as writes leave it time; only a flood fills it to its bound.
    const cache = Math.min(inMebibytes(bytes(Number.isFinite(bound) ? bound : 1024 ** 3)), 100);
    const regions = [
      region('Server and index', 'unreclaimable', 60, Math.min(110, cap), byDefault('InfluxDB 2 with a few thousand series')),
      region(
        'Write cache',
        'unreclaimable',
        Math.min(25, cache),
        cache,
        originOf(written, 'storage-cache-max-memory-size 1 GiB a shard, of which 100 MiB are planned for'),
      ),
      region('Queries', 'unreclaimable', 5, 40, byDefault('query-memory-bytes unlimited')),
      programText(45, byDefault('a Go binary of about 100 MiB')),
    ];
    return known('influxdb', regions, mebibytes(128), 'heuristic');
  },
  examples: [{ service: 'image: influxdb:2.7', peak: mebibytes(295), because: 'the defaults' }],
};
