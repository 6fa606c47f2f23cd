import { parseDocument } from 'yaml';
import { composeOf } from './documents.ts';
import { lintWorks } from './lint-works.ts';
import { medianCpuOf, p95Of } from './median-cpu.ts';
import type { LintTimes } from './lint-table.ts';

/* A process of its own (see bundled.ts): prints the times for as many services as its argument says. */
const services = Number(process.argv[2]);
const warmUpMs = Number(process.argv[3] ?? 3000);
const text = composeOf(services);
const works = lintWorks(text);
const times = await medianCpuOf({ yaml: () => parseDocument(text), ...works }, warmUpMs);
const result: LintTimes = { services, ...times, p95: p95Of(works.checkForBoard, services > 100 ? 20 : 400) };
console.log(JSON.stringify(result));
