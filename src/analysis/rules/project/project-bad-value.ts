import { boardById } from '../../memory/boards.ts';
import type { ProjectFile } from '../../documents/project/model.ts';
import { groups, type Rule } from '../rule.ts';
import { ruleIds } from '../rule-ids.generated.ts';
import { nearest } from '../../../base/nearest.ts';

export const projectBadValue: Rule<ProjectFile, 'noBoard' | 'noRule'> = {
  id: 'project-bad-value',
  appliesTo: 'project',
  severity: 'warning',
  group: 'syntax',
  docs: {
    what: 'A value in `headroom.yaml` that cannot be used: of the wrong kind, outside its range, or the name of something that does not exist.',
    why: 'It is passed over, and Headroom judges as if it were not there.',
    instead: 'Write what the message asks for. `headroom boards` lists the boards, `headroom explain` the rules.',
    references: [],
    invalid: ['board: pi-9\n', 'agents: { max: many }\n', 'rules: { no-such-rule: off }\n', 'board: [a\n'],
    valid: ['board: pi-zero-2w\n', 'board: 768M\n', 'rules: { hardening: off, limit-split: warning }\n'],
  },
  messages: {
    noBoard: 'There is no board "{board}"; "headroom boards" lists them, and a size like 768M is one too',
    noRule: 'There is no rule or group "{rule}"; was "{nearest}" meant?',
  },
  *check({ model }) {
    for (const { code, message, span } of model.problems) if (code !== 'project-unknown-key') yield { message, span };
    for (const board of [model.board, ...model.stacks.map((stack) => stack.board)]) {
      if (board !== undefined && boardById(board.value) === undefined)
        yield { message: 'noBoard', data: { board: board.value }, span: board.span };
    }
    const named = [
      ...[...model.rules].map(([rule, { span }]) => ({ rule, span })),
      ...model.ignores.map(({ rule }) => ({ rule: rule.value, span: rule.span })),
    ];
    for (const { rule, span } of named) {
      if (names.includes(rule)) continue;
      yield { message: 'noRule', data: { rule, nearest: nearest(rule, names) ?? 'limit-split' }, span };
    }
  },
};

const names: readonly string[] = [...ruleIds, ...groups];
