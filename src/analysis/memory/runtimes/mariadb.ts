import { mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate } from '../estimate.ts';
import { serverVariable, sizeVariable, switchedOn, turnDownPool, type SizeVariable } from '../mysql-settings.ts';
import { evidenceOf } from '../evidence.ts';
import { originOf } from '../program.ts';
import { formula, known, measured, programText, region, unknown } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const mariadb: RuntimeModel = {
  id: 'mariadb',
  references: ['https://mariadb.com/kb/en/mariadb-memory-allocation/'],
  detects: (inputs) => evidenceOf(inputs, { image: /^mariadb$/, program: /^mariadbd(?:-safe)?$/ }),
  estimate(inputs) {
    const settings = settingsOf(inputs);
    return settings === undefined ? unknown('mariadb', 'variable') : estimateOf(settings);
  },
  fitTo(inputs, limit) {
    const settings = settingsOf(inputs);
    return settings === undefined ? undefined : turnDownPool(settings, limit, estimateOf, 'mariadbd');
  },
  examples: [
    { service: 'image: mariadb:10.11', peak: mebibytes(316), because: 'the default pool of 128M' },
    {
      service: 'image: mariadb:10.11\ncommand: --innodb-buffer-pool-size=32M --performance-schema=on',
      peak: mebibytes(306),
      because: 'the performance schema costs more than the pool saves',
    },
  ],
};

interface Settings {
  readonly pool: SizeVariable;
  readonly sortBuffer: SizeVariable;
  readonly temporaryTables: SizeVariable;
  readonly maxConnections: number;
  readonly performanceSchema: boolean;
}

const MEASURED = 'MariaDB 10.11, x86_64';
const BASE = 72;
const TEXT = 20;
const PER_CONNECTION = 1.1;
const SCHEMA = 98;

function estimateOf({ pool, sortBuffer, temporaryTables, maxConnections, performanceSchema }: Settings): KnownEstimate {
  const busy = busyConnections(maxConnections);
  const sorts = temporaryTables.mebibytes * 1.5 + sortBuffer.mebibytes * 4;
  const regions = [
    region('Server', 'unreclaimable', BASE * 0.9, BASE, measured(MEASURED)),
    region(
      'InnoDB buffer pool',
      'unreclaimable',
      pool.mebibytes * 0.5,
      pool.mebibytes * 1.12,
      originOf(pool.setting, 'innodb_buffer_pool_size 128M'),
    ),
    region(
      'Sorts and temporary tables',
      'unreclaimable',
      sortBuffer.mebibytes,
      sorts,
      originOf(sortBuffer.setting ?? temporaryTables.setting, 'tmp_table_size 16M, sort_buffer_size 2M'),
    ),
    region(
      'Connections',
      'unreclaimable',
      busy * PER_CONNECTION * 0.3,
      busy * PER_CONNECTION,
      formula(`1.1 MiB × ${busy.toFixed(0)} busy connections`),
    ),
    performanceSchema ? region('Performance schema', 'unreclaimable', SCHEMA, SCHEMA, measured(MEASURED)) : undefined,
    programText(TEXT, measured(MEASURED)),
  ];
  return known('mariadb', regions, mebibytes(FLOOR), 'measured');
}

const FLOOR = 64;

/** Small limits get used up; of the 151 that are allowed by default, most stay idle. */
function busyConnections(allowed: number): number {
  return Math.min(allowed <= 20 ? allowed * 0.9 : 18 + (allowed - 20) * 0.2, 120);
}

function settingsOf(inputs: RuntimeInputs): Settings | undefined {
  const pool = sizeVariable(inputs, 'innodb_buffer_pool_size', 128);
  const sortBuffer = sizeVariable(inputs, 'sort_buffer_size', 2);
  const temporaryTables = sizeVariable(inputs, 'tmp_table_size', 16);
  if (pool === undefined || sortBuffer === undefined || temporaryTables === undefined) return undefined;
  const connections = Number(serverVariable(inputs, 'max_connections')?.text ?? 151);
  return {
    pool,
    sortBuffer,
    temporaryTables,
    maxConnections: Number.isFinite(connections) ? connections : 151,
    performanceSchema: switchedOn(inputs, 'performance_schema', false),
  };
}
