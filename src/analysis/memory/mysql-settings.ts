import { bytes, type Bytes } from '../../base/bytes.ts';
import { lineSetting, mountedFiles } from './conf-files.ts';
import type { KnownEstimate } from './estimate.ts';
import { optionChange, turnDown } from './fitting.ts';
import { option, programWords, type Setting } from './program.ts';
import { inMebibytes } from './regions.ts';
import type { Fitting, RuntimeInputs } from './runtime-model.ts';

/** A variable of mysqld or mariadbd: the command line beats the option files. `-` and `_` are one letter. */
export function serverVariable(inputs: RuntimeInputs, name: string): Setting | undefined {
  const dashed = name.replace(/_/g, '-');
  return option(programWords(inputs), `--${dashed}`, `--${name}`) ?? lineSetting(mountedFiles(inputs, /\.(?:cnf|ini)$/), name);
}

/** A size in MiB, with the default where none is written; undefined where what is written can't be read. */
export function sizeVariable(inputs: RuntimeInputs, name: string, fallback: number): SizeVariable | undefined {
  const setting = serverVariable(inputs, name);
  if (setting === undefined) return { mebibytes: fallback, setting };
  const size = serverSize(setting.text);
  return size === undefined ? undefined : { mebibytes: inMebibytes(size), setting };
}

export interface SizeVariable {
  readonly mebibytes: number;
  readonly setting: Setting | undefined;
}

export function switchedOn(inputs: RuntimeInputs, name: string, fallback: boolean): boolean {
  const text = serverVariable(inputs, name)?.text;
  return text === undefined ? fallback : /^(?:on|1|true|)$/i.test(text);
}

/** Both servers have the same knob, the InnoDB pool; they differ in what they are called and in their estimate. */
export function turnDownPool<S extends { readonly pool: SizeVariable }>(
  settings: S,
  limit: Bytes,
  estimateOf: (settings: S) => KnownEstimate,
  program: 'mariadbd' | 'mysqld',
): Fitting | undefined {
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
        program,
      }),
    ],
  });
}

function serverSize(text: string | undefined): Bytes | undefined {
  const match = /^(\d+)([kmgt]?)$/i.exec(text ?? '');
  if (match === null) return undefined;
  return bytes(Number(match[1]) * 1024 ** ['', 'k', 'm', 'g', 't'].indexOf((match[2] ?? '').toLowerCase()));
}
