import type { TextEdit } from '../../base/edit.ts';
import type { Translate } from '../../base/message.ts';
import type { Result } from '../../base/result.ts';
import type { ConfFiles } from '../documents/postgres/conf-files.ts';
import { parsePostgresConf } from '../documents/postgres/parse.ts';
import { NEWEST_VERSION } from '../documents/postgres/settings.ts';
import type { YamlFile } from '../documents/yaml-tree.ts';
import { settingEdits } from '../memory/fit/setting-edits.ts';
import { tunePostgres, type Refusal, type Tuning, type TuneRequest, type Workload } from '../memory/postgres-tuner/tune.ts';
import { keptIn, tunedEdits } from '../memory/postgres-tuner/write.ts';
import type { SettingChange } from '../memory/runtime-model.ts';
import type { PostgresConf } from '../documents/postgres/model.ts';
import { withUnit } from '../documents/postgres/format.ts';
import { effectiveSettings } from './effective.ts';
import type { PostgresLink } from './link.ts';

/** What a person chooses beyond what the stack says. */
export interface TuneWishes {
  readonly connections: number | undefined;
  readonly storage: 'card' | 'ssd';
  readonly workload: Workload;
}

/** Tunes the server of a service for its limit. Without a limit there is nothing to tune for. */
export function tuneService(link: PostgresLink, wishes: TuneWishes, files: ConfFiles): Result<Tuning, Refusal> | undefined {
  const { limit, cores } = link.inputs;
  if (limit === undefined) return undefined;
  const conf = confOf(link, files);
  const request: TuneRequest = {
    ...wishes,
    limit,
    cores: cores ?? 4,
    version: link.version ?? NEWEST_VERSION,
    kept: conf === undefined ? new Map() : keptIn(conf),
  };
  return tunePostgres(request);
}

/**
 * Writes the tuning where the stack keeps its settings: into the conf file that the server reads, and over words of
 * the command that would override it; else as words of the command. Undefined where that place can't be edited.
 */
export function tunedServiceEdits(
  link: PostgresLink,
  tuning: Tuning,
  files: ConfFiles,
  yaml: YamlFile,
  translate?: Translate,
): readonly TextEdit[] | undefined {
  const conf = confOf(link, files);
  const changes = changesOf(link, tuning, files).filter(
    ({ place }) => conf === undefined || (place.kind === 'words' && place.replaces !== undefined),
  );
  const words = changes.length === 0 ? [] : settingEdits(yaml, link.service, changes);
  return words === undefined ? undefined : [...words, ...(conf === undefined ? [] : tunedEdits(conf, tuning, translate))];
}

/** What each setting is and will be, for a preview. */
export function changesOf(link: PostgresLink, tuning: Tuning, files: ConfFiles): readonly SettingChange[] {
  const now = effectiveSettings(link, files);
  return tuning.settings.flatMap(({ name, value }): SettingChange[] => {
    const written = link.start.given.settings.findLast((setting) => setting.name === name);
    const word = written === undefined ? undefined : link.start.words[(written.valueAt ?? written.nameAt)?.word ?? written.word];
    const resolved = now.settings.get(name);
    const before = resolved === undefined ? '' : shown(resolved.value, resolved.definition?.unit);
    if (before === value) return [];
    const text =
      word?.text.includes('=') === true ? word.text.replace(/=.*$/s, `=${value}`) : word === undefined ? undefined : value;
    const words = text === undefined ? ['-c', `${name}=${value}`] : [text];
    return [{ setting: name, before, after: value, place: { kind: 'words', words, replaces: word, program: 'postgres' } }];
  });
}

function shown(value: string, unit: Parameters<typeof withUnit>[1]): string {
  return unit !== undefined && /^\d+$/.test(value) ? withUnit(Number(value), unit) : value;
}

function confOf(link: PostgresLink, files: ConfFiles): PostgresConf | undefined {
  const reading = link.conf === undefined ? undefined : files.read(link.conf);
  return reading?.kind === 'text' ? parsePostgresConf(reading.source, link.version) : undefined;
}
