import { writeFileSync } from 'node:fs';
import { compatibleFixes } from '../../analysis/fixes/compatible-fixes.ts';
import type { Fix } from '../../analysis/rules/rule.ts';
import { applyEdits } from '../../base/edit.ts';
import { message } from '../../base/message.ts';
import type { FileId } from '../../base/span.ts';
import { unifiedDiff } from '../../base/unified-diff.ts';
import { askedStacks, stackOptions } from '../asked-stacks.ts';
import { Check } from '../check-report.ts';
import { text } from '../text.ts';
import { flag, textOptions, type ExitCode, type Verb } from '../verb.ts';

/** A fix may make another possible; more rounds than this would mean that two fixes undo each other. */
const PASSES = 10;

export const fix: Verb = {
  name: 'fix',
  summary: text.fixSummary,
  usage: 'headroom fix [FILE|FOLDER…] [-f FILE…] [--rule R…] [--all] [--dry-run] [- --stdin-filename NAME]',
  options: {
    ...stackOptions,
    rule: { type: 'string', multiple: true },
    all: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  async run(call, terminal): Promise<ExitCode> {
    const rules = new Set(textOptions(call, 'rule'));
    const accept = (candidate: Fix): boolean => candidate.safety === 'safe' || flag(call, 'all');
    const check = new Check(await askedStacks(call, terminal), call, terminal);
    const before = new Map<FileId, string>();
    const counts = new Map<FileId, number>();
    for (let pass = 0; pass < PASSES; pass++) {
      const findings = check.findings.filter(({ rule }) => rules.size === 0 || rules.has(rule));
      const fixes = compatibleFixes(findings, accept);
      if (fixes.length === 0) break;
      apply(fixes, check, before, counts);
    }
    const dry = flag(call, 'dry-run');
    const fromStdin = call.words[0] === '-';
    for (const [file, original] of before) {
      const name = check.shown(file);
      if (dry) terminal.out(unifiedDiff(name, original, check.textOf(file)));
      else if (!fromStdin) writeFileSync(file, check.textOf(file));
      terminal.say(message(dry ? text.wouldFix : text.fixed, { count: counts.get(file) ?? 0, file: name }));
    }
    if (fromStdin && !dry)
      terminal.out(
        check.files
          .slice(0, 1)
          .map((file) => check.textOf(file))
          .join(''),
      );
    if (before.size === 0) terminal.say(message(text.nothingToFix));
    const left = check.findings.filter(({ severity }) => severity === 'error' || severity === 'warning').length;
    if (left > 0) terminal.say(message(text.stillThere, { count: left }));
    return 0;
  },
};

/** In memory: files are written once, when all passes are through. */
function apply(fixes: readonly Fix[], check: Check, before: Map<FileId, string>, counts: Map<FileId, number>): void {
  const edits = fixes.flatMap((each) => each.edits);
  for (const file of new Set(edits.map(({ span }) => span.file))) {
    const current = check.textOf(file);
    if (!before.has(file)) before.set(file, current);
    check.replace(file, applyEdits(file, current, edits));
    counts.set(file, (counts.get(file) ?? 0) + fixes.filter((each) => each.edits.some(({ span }) => span.file === file)).length);
  }
  check.run();
}
