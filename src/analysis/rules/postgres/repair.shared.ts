import { fileId } from '../../../base/span.ts';
import { parsePostgresConf } from '../../documents/postgres/parse.ts';
import { quote } from '../../documents/postgres/quoting.ts';
import { settingsOf } from '../../documents/postgres/settings.ts';
import { readValue } from '../../documents/postgres/value.ts';
import { correctedUnit } from './units.shared.ts';

/**
 * The line as its author must have meant it, where that is plain: it reads without error, its name is known, and
 * the server takes its value. Undefined where a person has to decide.
 */
export function repairedLine(line: string, version: number | undefined): string | undefined {
  const parts = /^(["']?)([A-Za-z_][\w.-]*)\1\s*(?:==|:=|=|:|\s)\s*(\S.*)$/.exec(line.trim());
  if (parts === null) return undefined;
  const name = (parts[2] ?? '').replace(/-/g, '_');
  const value = (parts[3] ?? '').replace(/\s*[;,]\s*$/, '');
  return candidates(value)
    .map((candidate) => `${name} = ${candidate}`)
    .find((candidate) => isGood(candidate, version));
}

function candidates(value: string): readonly string[] {
  const bare = value.replace(/^(["'])(.*?)\1?$/, '$2').trim();
  const joined = bare.replace(/^([+-]?[\d.]+)\s+([A-Za-z]+)$/, '$1$2');
  const united = correctedUnit(joined, 'memory') ?? correctedUnit(joined, 'time') ?? joined;
  return [value, joined, united, quote(joined), quote(united), quote(bare)];
}

function isGood(line: string, version: number | undefined): boolean {
  const { entries, problems } = parsePostgresConf({ file: fileId('line'), text: line });
  const [entry] = entries;
  if (problems.length > 0 || entry === undefined || entries.length !== 1) return false;
  if (entry.kind === 'include') return true;
  const definition = settingsOf(version).find(entry.name);
  return definition === undefined ? entry.name.includes('.') : readValue(definition, entry.value, { version }).ok;
}
