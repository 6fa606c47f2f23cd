import { mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate } from '../estimate.ts';
import { serverVariable, sizeVariable, switchedOn, turnDownPool, type SizeVariable } from '../mysql-settings.ts';
import { evidenceOf } from '../evidence.ts';
import { originOf } from '../program.ts';
import { byDefault, formula, known, programText, region, unknown } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const mysql: RuntimeModel = {
  id: 'mysql',
  references: ['https://dev.mysql.com/doc/refman/8.4/en/memory-use.html'],
  detects: (inputs) =>
    evidenceOf(inputs, { image: /^(?:mysql|mysql-server|percona|percona-server)$/, program: /^mysqld(?:_safe)?$/ }),
  estimate(inputs) {
    const settings = settingsOf(inputs);
    return settings === undefined ? unknown('mysql', 'variable') : estimateOf(settings);
  },
  fitTo(inputs, limit) {
    const settings = settingsOf(inputs);
    return settings === undefined ? undefined : turnDownPool(settings, limit, estimateOf, 'mysqld');
  },
  examples: [
    { service: 'image: mysql:8.4', peak: mebibytes(569), because: 'performance schema on, as MySQL has it' },
    { service: 'image: mysql:8.4\ncommand: --performance-schema=OFF', peak: mebibytes(369), because: 'without it' },
  ],
};

interface Settings {
  readonly pool: SizeVariable;
  readonly maxConnections: number;
  readonly performanceSchema: boolean;
}

/** Reports agree on 400 MiB and more at rest for 8.x with its defaults, of which the performance schema is up to 250. */
function estimateOf({ pool, maxConnections, performanceSchema }: Settings): KnownEstimate {
  const busy = Math.min(maxConnections, 30);
  const regions = [
    region('Server and dictionary', 'unreclaimable', 130, 150, byDefault('MySQL 8 as reported at rest')),
    region(
      'InnoDB buffer pool',
      'unreclaimable',
      pool.mebibytes * 0.6,
      pool.mebibytes * 1.05,
      originOf(pool.setting, 'innodb_buffer_pool_size 128M'),
    ),
    performanceSchema ? region('Performance schema', 'unreclaimable', 120, 200, byDefault('performance_schema ON')) : undefined,
    region('Connections', 'unreclaimable', 5, busy * 1.5, formula('1.5 MiB for each of 30 busy connections')),
    programText(40, byDefault('a binary of about 60 MiB')),
  ];
  return known('mysql', regions, mebibytes(performanceSchema ? 320 : 224), 'documented');
}

function settingsOf(inputs: RuntimeInputs): Settings | undefined {
  const pool = sizeVariable(inputs, 'innodb_buffer_pool_size', 128);
  if (pool === undefined) return undefined;
  const connections = Number(serverVariable(inputs, 'max_connections')?.text ?? 151);
  return {
    pool,
    maxConnections: Number.isFinite(connections) ? connections : 151,
    performanceSchema: switchedOn(inputs, 'performance_schema', true),
  };
}
