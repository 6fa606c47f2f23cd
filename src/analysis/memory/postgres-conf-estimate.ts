import type { PostgresConf } from '../documents/postgres/model.ts';
import { ABSOLUTE } from '../documents/postgres/numbers.ts';
import { readingOf, type ConfReading } from '../documents/postgres/reading.ts';
import { NEWEST_VERSION } from '../documents/postgres/settings.ts';
import type { KnownEstimate, RegionOrigin } from './estimate.ts';
import { byDefault } from './regions.ts';
import { estimateServer } from './runtimes/postgres.ts';
import type { PostgresNumbers, SettingName } from './postgres-settings.ts';

const MIB = 1024 ** 2;

/** What a server with this conf file needs, whichever container it will run in. */
export function estimateConf(conf: PostgresConf, reading: ConfReading = readingOf(conf)): KnownEstimate {
  return estimateServer(numbersOf(conf, reading));
}

/** Sizes in MiB and the rest as they are, each with the line that decides it. */
export function numbersOf(conf: PostgresConf, reading: ConfReading): PostgresNumbers {
  return {
    version: conf.version ?? NEWEST_VERSION,
    number(name: SettingName) {
      const unit = reading.catalogue.find(name)?.unit;
      const number = reading.number(name);
      const value = unit === undefined || number < 0 ? number : (number * ABSOLUTE[unit]) / MIB;
      return { value, from: originOf(conf, reading, name) };
    },
  };
}

function originOf(conf: PostgresConf, reading: ConfReading, name: SettingName): RegionOrigin {
  const override = conf.container?.overridden.get(name);
  const line = reading.line(name);
  if (override !== undefined) return { kind: 'file', span: override.span };
  return line === undefined ? byDefault(name) : { kind: 'file', span: line.valueSpan };
}
