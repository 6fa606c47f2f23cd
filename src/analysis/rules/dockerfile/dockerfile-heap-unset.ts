import { formatBytes, mebibytes } from '../../../base/bytes.ts';
import { inherited, stageOf, type Dockerfile, type Stage } from '../../documents/dockerfile/model.ts';
import type { Rule } from '../rule.ts';

export const dockerfileHeapUnset: Rule<Dockerfile, 'unset'> = {
  id: 'dockerfile-heap-unset',
  appliesTo: 'dockerfile',
  severity: 'info',
  group: 'build',
  docs: {
    what: 'The image starts Node without a cap on its heap, and the stack runs it under a limit that the default cap exceeds.',
    why: 'Node’s default lets the heap grow to 256 MiB at least. Under a smaller limit the kernel kills the container before Node collects.',
    instead:
      'Cap it where the program is started: `CMD ["node", "--max-old-space-size=112", "server.js"]`, or through `NODE_OPTIONS` in the stack.',
    references: ['https://github.com/nodejs/node/issues/64646'],
    invalid: [],
    valid: [
      'FROM node:20\nCMD ["node", "server.js"]\n',
      'FROM node:20\nENV NODE_OPTIONS=--max-old-space-size=112\nCMD ["node", "server.js"]\n',
    ],
  },
  messages: { unset: '{service} runs this under {limit}, and Node lets its heap grow to 256 MiB without a cap' },
  *check({ model }) {
    for (const { service, target, limit, commanded } of model.builtBy) {
      const stage = stageOf(model, target);
      const starts = inherited(stage, 'ENTRYPOINT') ?? inherited(stage, 'CMD');
      if (stage === undefined || starts === undefined || commanded || limit === undefined || limit > mebibytes(256)) continue;
      const [program] = starts.words;
      if (
        program === undefined ||
        !/(?:^|\/)node$/.test(program.text) ||
        isCapped(
          stage,
          starts.words.map(({ text }) => text),
        )
      )
        continue;
      yield { message: 'unset', data: { service, limit: formatBytes(limit) }, span: starts.span };
    }
  },
};

function isCapped(stage: Stage, words: readonly string[]): boolean {
  const variables = stage.instructions
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap((each) => each.words.map(({ text }) => text));
  return (
    [...words, ...variables].some((word) => /max[-_]old[-_]space[-_]size/.test(word)) ||
    (stage.parent !== undefined && isCapped(stage.parent, []))
  );
}
