import { formatBytes, mebibytes, type Bytes } from '../../../base/bytes.ts';
import { message, render, type Translate } from '../../../base/message.ts';
import type { Verdict } from '../budget.ts';
import type { MissingFact } from '../estimate.ts';
import type { ServiceMemory } from '../stack-memory.ts';
import type { BudgetReport } from './report.ts';
import { text } from './text.ts';

/** Whole MiB: what is estimated has no tenths. */
export function size(value: Bytes): string {
  const step = mebibytes(1);
  return Math.abs(value) < step ? formatBytes(value) : formatBytes((Math.round(value / step) * step) as Bytes);
}

export function verdictWord(verdict: Verdict, translate: Translate): string {
  return translate(verdict === 'unknown' ? text.verdictUnknown : text[verdict]);
}

export function serviceName({ service, replicas }: ServiceMemory, translate: Translate): string {
  if (replicas === 1) return service.name;
  return render(message(text.times, { name: service.name, count: replicas }), translate);
}

export function limitWord(memory: ServiceMemory, translate: Translate): string {
  if (memory.limit !== undefined) return size(memory.limit);
  return translate(memory.limitUnknown ? text.limitUnknown : text.unlimited);
}

/** The answer in one line: the verdict where there is a board, else what is needed. */
export function conclusion({ chosen, unknown, agents }: BudgetReport, translate: Translate): string {
  const need = size(chosen?.need ?? agents.find((row) => row.count === 1)?.need ?? (0 as Bytes));
  const count = unknown.length;
  if (chosen === undefined) return render(message(count > 0 ? text.needAtLeastLine : text.needLine, { need, count }), translate);
  const data = { verdict: verdictWord(chosen.verdict, translate), need, available: size(chosen.budget.available), count };
  return render(message(count > 0 ? text.atLeastLine : text.verdictLine, data), translate);
}

/** What is missing for each service without an estimate, and what would supply it. */
export function missingLines(services: readonly ServiceMemory[], translate: Translate): readonly string[] {
  return services.flatMap(({ service, estimate }) =>
    estimate.known ? [] : [render(message(MISSING[estimate.missing], { name: service.name }), translate)],
  );
}

/** What no file tells and what may come on top of an estimate. */
export function beyondLines(services: readonly ServiceMemory[], translate: Translate): readonly string[] {
  return services.flatMap(({ service, estimate }) =>
    (estimate.known ? estimate.beyond : []).map((each) =>
      render(message(text.beyond, { name: service.name, what: translate(each) }), translate),
    ),
  );
}

const MISSING: Readonly<Record<MissingFact, string>> = {
  image: text.missingImage,
  command: text.missingCommand,
  runtime: text.missingRuntime,
  measurement: text.missingMeasurement,
  variable: text.missingVariable,
  configuration: text.missingConfiguration,
};
