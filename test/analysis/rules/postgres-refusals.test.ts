import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePostgresConf } from '../../../src/analysis/documents/postgres/parse.ts';
import { render } from '../../../src/base/message.ts';
import { fileId } from '../../../src/base/span.ts';
import { loadRules } from '../../../src/build/load-rules.ts';
import { memoryConfFiles, serverAnswer } from '../documents/postgres/server-answer.ts';
import { generatedConf } from '../../oracle/postgres/generated-conf.ts';
import { checkModel } from './check-conf.ts';

const rules = (await loadRules()).filter(({ folder }) => folder === 'postgres').map(({ rule }) => rule);

/** Errors that speak of what may happen to data, or of what the server compares only once it starts in earnest. */
const OF_ANOTHER_KIND = new Set(['pg-durability-off', 'pg-contradicting-settings']);

it('whatever keeps the server from starting is an error, and nothing else is', () => {
  fc.assert(
    fc.property(generatedConf, ({ files }) => {
      const text = files['postgresql.conf'] ?? '';
      // What other files bring in is theirs to answer for.
      fc.pre(!/include/i.test(text) && !/recovery_target|_stats|max_connections|max_w|autovacuum_max_workers/i.test(text));
      const { errors } = serverAnswer('work_mem', memoryConfFiles({ 'postgresql.conf': text }));
      const model = parsePostgresConf({ file: fileId('postgresql.conf'), text }, 15);
      const found = checkModel(model, rules).filter(({ rule, severity }) => severity === 'error' && !OF_ANOTHER_KIND.has(rule));
      const said = found.map(({ rule, message }) => `${rule}: ${render(message)}`);
      expect({ text, refused: said.length > 0, said }).toMatchObject({ text, refused: errors.length > 0 });
    }),
    { numRuns: 2000 },
  );
});
