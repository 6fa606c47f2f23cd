import { readdirSync, readFileSync } from 'node:fs';
import { type ProgramMeasurements } from '../../src/build/calibrate/measurement.ts';

/** Every measurement that `npm run calibrate` left here, by program. */
export function readMeasurements(): readonly ProgramMeasurements[] {
  const folder = new URL('./', import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as ProgramMeasurements);
}
