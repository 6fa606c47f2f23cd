import type { PostgresConf } from '../../../src/analysis/documents/postgres/model.ts';
import { parsePostgresConf } from '../../../src/analysis/documents/postgres/parse.ts';
import { lint } from '../../../src/analysis/lint.ts';
import type { Finding, Rule } from '../../../src/analysis/rules/rule.ts';
import type { Surroundings } from '../../../src/analysis/rules/surroundings.ts';
import { fileId } from '../../../src/base/span.ts';
import { nothingKnown } from './check-text.ts';

/** What the rules say about one conf file. */
export function checkConf(
  text: string,
  rules: readonly Rule[],
  surroundings: Partial<Surroundings> = {},
  version?: number,
): Finding[] {
  const model = parsePostgresConf({ file: fileId('postgresql.conf'), text }, version);
  return checkModel(model, rules, surroundings);
}

export function checkModel(model: PostgresConf, rules: readonly Rule[], surroundings: Partial<Surroundings> = {}): Finding[] {
  return lint({
    model,
    rules: rules as readonly Rule<PostgresConf>[],
    settings: new Map(),
    surroundings: { ...nothingKnown, ...surroundings },
    yaml: () => undefined,
    memory: () => [],
  });
}
