import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

type Messages = 'quoted' | 'spaced' | 'notANumber' | 'forbidden';

export const nodeOptionsMalformed: Rule<Stack, Messages> = {
  id: 'node-options-malformed',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'runtime',
  docs: {
    what: 'A `NODE_OPTIONS` that Node cannot use.',
    why: 'Node is strict in an odd way: a number behind a space or with a unit ends the process, flags that V8 keeps to the command line end it too, and a value in single quotes is dropped without a word, so that the heap has no cap at all. In the list form of `environment` quotes belong to the value.',
    instead: 'Write `NODE_OPTIONS: --max-old-space-size=192`: an equals sign, a bare number, no quotes inside the value.',
    references: ['https://nodejs.org/api/cli.html#node_optionsoptions'],
    invalid: [
      "services:\n  app:\n    image: node:20\n    environment:\n      - NODE_OPTIONS='--max-old-space-size=192'\n",
      'services:\n  app:\n    image: node:20\n    environment:\n      NODE_OPTIONS: --max-old-space-size 192\n',
      'services:\n  app:\n    image: node:20\n    environment:\n      NODE_OPTIONS: --max-old-space-size=192MB\n',
      'services:\n  app:\n    image: node:20\n    environment:\n      NODE_OPTIONS: --optimize-for-size\n',
    ],
    valid: [
      'services:\n  app:\n    image: node:20\n    environment:\n      NODE_OPTIONS: "--max-old-space-size=192 --max-semi-space-size=4"\n',
      'services:\n  app:\n    image: node:20\n    environment:\n      - NODE_OPTIONS="--max-old-space-size=192"\n',
    ],
  },
  messages: {
    quoted: 'The single quotes are part of the value: Node ignores all of it without a word',
    spaced: 'Node wants {flag}=…: with a space before the number it does not start',
    notANumber: '{flag} takes a bare number of MiB: with {text} Node does not start',
    forbidden: '{flag} is not allowed in NODE_OPTIONS: Node does not start',
  },
  *check({ model }) {
    for (const { environment } of model.services) {
      const options = environment.get('NODE_OPTIONS')?.value;
      if (options?.value === undefined) continue;
      const mistake = mistakeIn(options.text);
      if (mistake !== undefined)
        yield { ...mistake, span: options.spans[0], severity: mistake.message === 'quoted' ? 'warning' : 'error' };
    }
  },
};

const FORBIDDEN =
  /(?:^|\s)(--(?:max[-_]heap[-_]size|optimize[-_]for[-_]size|gc[-_]interval|stack[-_]size|lite[-_]mode|no[-_]opt|single[-_]threaded))(?=[\s=]|$)/;
const SIZED = /(--max[-_](?:old|semi)[-_]space[-_]size)(?:(=)(\S*)|(\s+)(\S*))?/g;

function mistakeIn(options: string): { readonly message: Messages; readonly data: Record<string, string> } | undefined {
  if (/^'.*'$/.test(options.trim())) return { message: 'quoted', data: {} };
  const forbidden = FORBIDDEN.exec(options)?.[1];
  if (forbidden !== undefined) return { message: 'forbidden', data: { flag: forbidden } };
  for (const [, flag = '', equals, value = '', , behind] of options.matchAll(SIZED)) {
    if (equals === undefined && behind !== undefined && /^\d/.test(behind)) return { message: 'spaced', data: { flag } };
    // An empty value is taken for the default, without a word; a quote ends a quoted value.
    if (equals !== undefined && value !== '' && !/^\d+"?$/.test(value))
      return { message: 'notANumber', data: { flag, text: value } };
  }
  return undefined;
}
