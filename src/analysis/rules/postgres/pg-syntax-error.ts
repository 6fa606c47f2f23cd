import { slice } from '../../../base/span.ts';
import type { PostgresConf, SyntaxProblem } from '../../documents/postgres/model.ts';
import type { Report, Rule } from '../rule.ts';
import { repairedLine } from './repair.shared.ts';
import { isSqlComment } from './sql-comment.shared.ts';

type Msg =
  'near' | 'atEnd' | 'blank' | 'fraction' | 'doubleQuotes' | 'openQuote' | 'percent' | 'punctuation' | 'tooMany' | 'write';

export const pgSyntaxError: Rule<PostgresConf, Msg> = {
  id: 'pg-syntax-error',
  appliesTo: 'postgres-conf',
  severity: 'error',
  group: 'postgres',
  docs: {
    what: 'A line that PostgreSQL cannot read.',
    why: 'One such line is enough: the server refuses the whole file and does not start, and a running one ignores every change at reload.',
    instead:
      'A line is a name, an optional `=`, and one value. Blanks, fractions with a unit, lists, `*`, paths and addresses need single quotes; comments begin with `#`.',
    references: ['https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-CONFIGURATION-FILE'],
    invalid: [
      'work_mem = 8 MB\n',
      'shared_buffers = 1.5GB\n',
      "listen_addresses = *\nport = '5432\n",
      'work_mem = "8MB"\n',
      'work_mem: 8MB\n',
      'work-mem = 8MB\n',
      'max_connections =\n',
      'work_mem = 8MB;\n',
    ],
    valid: ["work_mem = '8 MB'\n", "shared_buffers = '1.5GB'\n", "listen_addresses = '*'\n", 'work_mem 8MB # fine\n'],
  },
  messages: {
    near: 'PostgreSQL cannot read this line: syntax error near "{token}"',
    atEnd: 'PostgreSQL cannot read this line: a value is missing',
    blank: 'A value with a blank in it needs single quotes: PostgreSQL stops at "{token}"',
    fraction: 'A fraction with a unit needs single quotes: PostgreSQL stops at "{token}"',
    doubleQuotes: 'PostgreSQL knows single quotes only',
    openQuote: 'The quote that opens here is not closed on this line',
    percent: 'PostgreSQL knows no percentages: it wants a size such as 128MB',
    punctuation: 'PostgreSQL stops at "{token}": such a value needs single quotes',
    tooMany: 'PostgreSQL gives this file up after 100 syntax errors; what follows is not read',
    write: 'Write {line}',
  },
  *check({ model }) {
    for (const problem of model.problems) {
      const line = slice(model.source.text, problem.lineSpan);
      if (isSqlComment(line)) continue;
      yield report(model, problem, line);
      if (problem.last) yield { message: 'tooMany', span: problem.span };
    }
  },
};

function report(model: PostgresConf, problem: SyntaxProblem, line: string): Report<Msg> {
  const repaired = repairedLine(line, model.version);
  return {
    message: reason(problem, line),
    data: { token: problem.near ?? '' },
    span: problem.span,
    fixes:
      repaired === undefined
        ? []
        : [{ title: 'write', data: { line: repaired }, safety: 'safe', edits: [{ span: problem.lineSpan, text: repaired }] }],
  };
}

function reason({ near }: SyntaxProblem, line: string): Msg {
  if (near === undefined) return 'atEnd';
  if (near === '"') return 'doubleQuotes';
  if (near === "'") return 'openQuote';
  if (near === '%') return 'percent';
  if (/=?\s*[+-]?\d*\.\d*[A-Za-z]+\s*$/.test(line)) return 'fraction';
  if (/\d\s+[A-Za-z]+\s*$/.test(line)) return 'blank';
  return /^(?:[*,/$@]|\.\d.*)$/.test(near) ? 'punctuation' : 'near';
}
