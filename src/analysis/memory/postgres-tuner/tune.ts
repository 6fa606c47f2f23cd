import { formatBytes, gibibytes, mebibytes, type Bytes } from '../../../base/bytes.ts';
import { message, type Message } from '../../../base/message.ts';
import { fail, ok, type Result } from '../../../base/result.ts';
import { settingsOf } from '../../documents/postgres/settings.ts';
import { readValue } from '../../documents/postgres/value.ts';
import type { KnownEstimate } from '../estimate.ts';
import { estimateTuning } from './estimate-tuning.ts';
import { fixedSettings } from './fixed-settings.ts';
import { defaultConnections, fittingSizes, sizeSettings, targetOf } from './sizes.ts';
import { text } from './text.ts';

export type Workload = 'web' | 'oltp' | 'mixed';

export interface TuneRequest {
  /** Memory that the container may take. */
  readonly limit: Bytes;
  /** Undefined: as many as the limit carries. */
  readonly connections: number | undefined;
  readonly storage: 'card' | 'ssd';
  readonly version: number;
  readonly workload: Workload;
  readonly cores: number;
  /** What the user fixed on purpose, by lower-case name, as written. */
  readonly kept: ReadonlyMap<string, string>;
}

export interface TunedSetting {
  readonly name: string;
  readonly value: string;
  readonly reason: Message;
}

export interface Tuning {
  readonly request: TuneRequest;
  readonly connections: number;
  readonly settings: readonly TunedSetting[];
  readonly estimate: KnownEstimate;
}

/** Why nothing is written: never a configuration that doesn't fit. */
export type Refusal = readonly Message[];

const SMALLEST = mebibytes(64);
const LARGEST = gibibytes(16);

/** Settings for a server that has to live within a limit, each with its reason; or why there are none. */
export function tunePostgres(request: TuneRequest): Result<Tuning, Refusal> {
  const { limit, kept } = request;
  const refused = misfit(request);
  if (refused !== undefined) return fail([refused]);
  const connections = numberIn(kept.get('max_connections')) ?? request.connections ?? defaultConnections(limit);
  const tuning = fitted(request, connections);
  if (tuning.estimate.peak <= targetOf(limit)) return ok(tuning);
  return fail(doesNotFit(request, connections, tuning));
}

function fitted(request: TuneRequest, connections: number): Tuning {
  const { kept } = request;
  const fixed = fixedSettings(request, connections);
  const sizes = fittingSizes(request, connections, (candidate) =>
    estimateTuning(request, [...sizeSettings(candidate, request, connections), ...fixed]),
  );
  const settings = [...sizeSettings(sizes, request, connections), ...fixed].map((setting): TunedSetting => {
    const own = kept.get(setting.name);
    return own === undefined ? setting : { ...setting, value: own, reason: message(text.kept) };
  });
  return { request, connections, settings, estimate: estimateTuning(request, settings) };
}

function misfit({ limit, connections, kept, version }: TuneRequest): Message | undefined {
  if (limit < SMALLEST) return message(text.tooSmall, { limit: formatBytes(limit) });
  if (limit > LARGEST) return message(text.tooLarge, { limit: formatBytes(limit) });
  if (connections !== undefined && !(Number.isInteger(connections) && connections >= 4 && connections <= 1000)) {
    return message(text.connectionsRange, { connections });
  }
  const catalogue = settingsOf(version);
  for (const [name, value] of kept) {
    const definition = catalogue.find(name);
    if (definition === undefined ? !name.includes('.') : !readValue(definition, value, { version }).ok) {
      return message(text.badKept, { name, value });
    }
  }
  return undefined;
}

function doesNotFit(request: TuneRequest, connections: number, tuning: Tuning): Refusal {
  const { limit, kept } = request;
  const need = formatBytes(tuning.estimate.peak);
  const said = [message(text.doesNotFit, { connections, need, limit: formatBytes(limit) })];
  const fits = kept.has('max_connections') ? undefined : mostConnections(request, connections);
  if (fits !== undefined) return [...said, message(text.fitsWith, { connections: fits })];
  return kept.size === 0 ? said : [...said, message(text.keptTooLarge, { names: [...kept.keys()].join(', ') })];
}

function mostConnections(request: TuneRequest, tooMany: number): number | undefined {
  const fits = (connections: number): boolean => fitted(request, connections).estimate.peak <= targetOf(request.limit);
  let low = 4;
  let high = tooMany;
  if (!fits(low)) return undefined;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function numberIn(written: string | undefined): number | undefined {
  return written !== undefined && /^\d+$/.test(written) ? Number(written) : undefined;
}
