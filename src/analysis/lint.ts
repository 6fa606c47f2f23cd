import { message as toMessage, type Message } from '../base/message.ts';
import type { Data, DocumentModel, Finding, Report, Rule, RuleContext, Severity } from './rules/rule.ts';

export interface LintRequest<M extends DocumentModel> extends RuleContext<M> {
  readonly rules: readonly Rule<M>[];
  readonly settings: RuleSettings;
}

/** Severity per rule or group, the rule's own entry first. Absent means what the rule says. */
export type RuleSettings = ReadonlyMap<string, Severity | 'off'>;

/** Asks every rule that is switched on about one model. */
export function lint<M extends DocumentModel>({ rules, settings, ...context }: LintRequest<M>): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    const set = settings.get(rule.id) ?? settings.get(rule.group);
    if (set === 'off') continue;
    for (const report of rule.check(context)) findings.push(findingOf(rule, report, set));
  }
  return findings;
}

function findingOf(rule: Rule, report: Report, set: Severity | undefined): Finding {
  const say = (id: string | Message, data: Data = {}): Message =>
    typeof id === 'string' ? toMessage(rule.messages[id] ?? id, data) : id;
  return {
    rule: rule.id,
    group: rule.group,
    severity: set ?? report.severity ?? rule.severity,
    span: report.span,
    message: say(report.message, report.data),
    related: (report.related ?? []).map(({ message, data, span }) => ({ message: say(message, data), span })),
    fixes: (report.fixes ?? []).map(({ title, data, safety, edits }) => ({ title: say(title, data), safety, edits })),
  };
}
