import { message } from '../../base/message.ts';
import type { Severity } from '../../analysis/rules/rule.ts';
import type { Format } from '../formats/format.ts';
import { json } from '../formats/json.ts';
import { github } from '../formats/github.ts';
import { junit } from '../formats/junit.ts';
import { plain } from '../formats/plain.ts';
import { sarif } from '../formats/sarif.ts';
import { askedStacks, stackOptions } from '../asked-stacks.ts';
import { Check } from '../check-report.ts';
import { text } from '../text.ts';
import { textOption, UsageError, type Call, type ExitCode, type Verb } from '../verb.ts';

const formats: readonly Format[] = [plain, json, sarif, github, junit];

const SEVERITIES: readonly Severity[] = ['hint', 'info', 'warning', 'error'];

export const check: Verb = {
  name: 'check',
  summary: text.checkSummary,
  usage:
    'headroom check [FILE|FOLDER…] [-f FILE…] [--profile P…] [--env-file F] [--fail-on error|warning|info|hint|never] [--format text|json|sarif|github|junit] [- --stdin-filename NAME]',
  options: { ...stackOptions, 'fail-on': { type: 'string' } },
  async run(call, terminal): Promise<ExitCode> {
    const format = formatOf(call);
    const fails = failsOn(call);
    const report = new Check(await askedStacks(call, terminal), call, terminal);
    terminal.out(format.print(report, terminal));
    if (!report.judgedByBoard) terminal.say(message(text.noBoard));
    return report.findings.some(({ severity }) => fails(severity)) ? 1 : 0;
  },
};

function formatOf(call: Call): Format {
  const name = textOption(call, 'format') ?? 'text';
  const format = formats.find((each) => each.name === name);
  if (format === undefined)
    throw new UsageError(message(text.unknownFormat, { format: name, known: formats.map((each) => each.name).join(', ') }));
  return format;
}

function failsOn(call: Call): (severity: Severity) => boolean {
  const wanted = textOption(call, 'fail-on') ?? 'warning';
  if (wanted === 'never') return () => false;
  const least = SEVERITIES.indexOf(wanted as Severity);
  if (least < 0) throw new UsageError(message(text.badFailOn, { value: wanted }));
  return (severity) => SEVERITIES.indexOf(severity) >= least;
}
