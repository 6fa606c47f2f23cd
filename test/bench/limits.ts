import { comparisons, summary } from '../analysis/memory/measured.ts';
import { table } from './table.ts';

/** Each measured configuration beside its model, in MiB: the figures by which recommended limits are judged. */
export function limitsTable(): string {
  const all = comparisons();
  const head = ['configuration', 'unreclaimable', 'estimated', 'program text', 'estimated', 'works', 'recommended', 'ratio'];
  const rows = all.map((each) => [
    each.id,
    ...[each.measured, each.estimated, each.programText, each.estimatedText].map((size) => size.toFixed(1)),
    each.works?.toFixed(0) ?? '',
    each.recommended.toFixed(0),
    each.works === undefined ? '' : (each.recommended / each.works).toFixed(2),
  ]);
  const { under, over, medianRatio, medianError } = summary(all);
  return [
    table(head, rows),
    '',
    `recommended limits: median ${medianRatio.toFixed(2)} of the smallest that worked, ${String(under.length)} below it, ${String(over.length)} above 1.6 times (or 16 MiB)`,
    `unreclaimable peak: ${(medianError * 100).toFixed(0)} % off in the median`,
  ].join('\n');
}
