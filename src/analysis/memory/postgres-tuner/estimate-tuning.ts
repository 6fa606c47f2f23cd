import { fileId } from '../../../base/span.ts';
import { parsePostgresConf } from '../../documents/postgres/parse.ts';
import { quoteIfNeeded } from '../../documents/postgres/quoting.ts';
import type { KnownEstimate } from '../estimate.ts';
import { estimateConf } from '../postgres-conf-estimate.ts';
import type { TunedSetting, TuneRequest } from './tune.ts';

/** What the settings need, by the same model that judges every other conf file; what is kept wins. */
export function estimateTuning({ version, kept }: TuneRequest, settings: readonly TunedSetting[]): KnownEstimate {
  const values = new Map([...settings.map(({ name, value }): [string, string] => [name, value]), ...kept]);
  const text = [...values].map(([name, value]) => `${name} = ${quoteIfNeeded(value)}\n`).join('');
  return estimateConf(parsePostgresConf({ file: fileId('tuning'), text }, version));
}
