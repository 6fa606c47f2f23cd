import { writeFileSync } from 'node:fs';
import { findComposeTool } from '../../lab/compose-plugin.ts';
import { caseFiles, inCaseForm, readCases } from './case.ts';

/*
 * Asks the tool again and writes its answers into the cases: `npx tsx test/oracle/compose/record.ts`. To add a
 * case, write it without `expect` and run this; then read what the tool said before believing it.
 */
const tool = await findComposeTool();
if (tool === undefined) throw new Error('docker compose is neither here nor can it be installed');

for (const path of caseFiles()) {
  const recorded: unknown[] = [];
  for (const one of readCases(path)) {
    recorded.push({ ...one, expect: inCaseForm(one, await tool(one)) });
  }
  writeFileSync(path, `${JSON.stringify(recorded, undefined, 1)}\n`);
}
