import { mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate } from '../estimate.ts';
import { optionChange, turnDown } from '../fitting.ts';
import { serverVariable, sizeVariable, switchedOn, type SizeVariable } from '../mysql-settings.ts';
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
    if (settings === undefined) return undefined;
    const { pool } = settings;
    return turnDown({
      least: 5,
      most: pool.mebibytes,
      limit,
      estimate: (size) => estimateOf({ ...settings, pool: { ...pool, mebibytes: size } }),
      change: (size) => [
        optionChange(pool.setting, {
          name: '--innodb-buffer-pool-size',
          before: `${String(pool.mebibytes)}M`,
          after: `${String(size)}M`,
          program: 'mariadbd',
        }),
      ],
    });
  },
  examples: [
    { service: 'image: mariadb:10.11', peak: mebibytes(238), because: 'the default pool of 128M' },
    {
      service: 'image: mariadb:10.11\ncommand: --innodb-buffer-pool-size=32M --performance-schema=on',
      peak: mebibytes(238),
      because: 'the performance schema costs more than the pool saves',
    },
  ],
};

interface Settings {
  readonly pool: SizeVariable;
  readonly logBuffer: SizeVariable;
  readonly maxConnections: number;
  readonly performanceSchema: boolean;
}

const MEASURED = 'mariadb 10.11, x86_64';
const BASE = 60;
const PER_CONNECTION = 1;
const BUSY_CONNECTIONS = 20;

function estimateOf({ pool, logBuffer, maxConnections, performanceSchema }: Settings): KnownEstimate {
  const connections = Math.min(maxConnections, BUSY_CONNECTIONS);
  const regions = [
    region('Server', 'unreclaimable', BASE, BASE, measured(MEASURED)),
    region(
      'InnoDB buffer pool',
      'unreclaimable',
      pool.mebibytes * 0.5,
      pool.mebibytes * 1.05,
      originOf(pool.setting, 'innodb_buffer_pool_size 128M'),
    ),
    region(
      'Log buffer',
      'unreclaimable',
      1,
      logBuffer.mebibytes * 0.5,
      originOf(logBuffer.setting, 'innodb_log_buffer_size 16M'),
    ),
    region('Connections', 'unreclaimable', 4, connections * PER_CONNECTION, formula('1 MiB for each of 20 busy connections')),
    performanceSchema ? region('Performance schema', 'unreclaimable', 100, 100, measured(MEASURED)) : undefined,
    programText(16, measured(MEASURED)),
  ];
  return known('mariadb', regions, mebibytes(64), 'measured');
}

function settingsOf(inputs: RuntimeInputs): Settings | undefined {
  const pool = sizeVariable(inputs, 'innodb_buffer_pool_size', 128);
  const logBuffer = sizeVariable(inputs, 'innodb_log_buffer_size', 16);
  if (pool === undefined || logBuffer === undefined) return undefined;
  const connections = Number(serverVariable(inputs, 'max_connections')?.text ?? 151);
  return {
    pool,
    logBuffer,
    maxConnections: Number.isFinite(connections) ? connections : 151,
    performanceSchema: switchedOn(inputs, 'performance_schema', false),
  };
}
