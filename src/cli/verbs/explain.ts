import { message } from '../../base/message.ts';
import { nearest } from '../../base/nearest.ts';
import type { Rule } from '../../analysis/rules/rule.ts';
import { allRules } from '../rules.ts';
import { text } from '../text.ts';
import { textOption, UsageError, type Verb } from '../verb.ts';

export const explain: Verb = {
  name: 'explain',
  summary: text.explainSummary,
  usage: 'headroom explain <rule> [--json]',
  options: {},
  run(call, terminal) {
    const [id] = call.words;
    const ids = allRules.map((rule) => rule.id).sort();
    if (id === undefined) throw new UsageError(message(text.whichRule, { rules: ids.join(', ') }));
    const rule = allRules.find((each) => each.id === id);
    if (rule === undefined) throw new UsageError(message(text.noRule, { rule: id, nearest: nearest(id, ids) ?? ids[0] ?? '' }));
    terminal.out(textOption(call, 'format') === 'json' ? `${JSON.stringify(asJson(rule), null, 2)}\n` : page(rule));
    return 0;
  },
};

function asJson({ id, group, severity, appliesTo, docs }: Rule): unknown {
  return { version: 1, id, group, severity, appliesTo, docs };
}

function page({ id, group, severity, docs }: Rule): string {
  const indented = (example: string): string => example.trimEnd().replace(/^/gm, '    ');
  return [
    `${id} (${severity}, ${group})`,
    docs.what,
    docs.why,
    docs.instead,
    ...docs.invalid.slice(0, 1).map((example) => `✗\n${indented(example)}`),
    ...docs.valid.slice(0, 1).map((example) => `✓\n${indented(example)}`),
    ...docs.references,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
