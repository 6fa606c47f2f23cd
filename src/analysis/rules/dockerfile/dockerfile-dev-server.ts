import { inherited, stageOf, type Dockerfile } from '../../documents/dockerfile/model.ts';
import type { Rule } from '../rule.ts';

export const dockerfileDevServer: Rule<Dockerfile, 'devServer'> = {
  id: 'dockerfile-dev-server',
  appliesTo: 'dockerfile',
  severity: 'warning',
  group: 'build',
  docs: {
    what: 'The image starts a development server.',
    why: 'It keeps compilers, watchers and the graph of all modules in memory, and recompiles on the board what could have been built once on the laptop.',
    instead: 'Build in an earlier stage, copy the result, and start that: `CMD ["node", "server.js"]`.',
    references: ['https://nextjs.org/docs/app/api-reference/config/next-config-js/output'],
    invalid: ['FROM node:20\nCOPY . .\nCMD ["npm", "run", "dev"]\n', 'FROM node:20\nCOPY . .\nCMD npx next dev\n'],
    valid: [
      'FROM node:20\nCOPY . .\nRUN npm run build\nCMD ["npm", "start"]\n',
      'FROM node:20 AS dev\nCMD ["npm", "run", "dev"]\nFROM node:20\nCMD ["node", "server.js"]\n',
    ],
  },
  messages: { devServer: '"{command}" is a development server: it keeps compilers and watchers in memory' },
  *check({ model }) {
    const command = inherited(stageOf(model, model.builtBy[0]?.target), 'CMD');
    // The stack may start something else.
    if (command === undefined || model.builtBy.some(({ commanded }) => commanded)) return;
    const words = command.words.map(({ text }) => text).join(' ');
    if (DEV.test(words)) yield { message: 'devServer', data: { command: words.slice(0, 60) }, span: command.span };
  },
};

const DEV =
  /(?:^|\s)(?:(?:npm|pnpm|yarn|bun)(?: run)? (?:dev|start:dev|develop|watch)|next dev|nuxt dev|vite(?: dev| serve)?$|nodemon|ng serve|react-scripts start|dotnet watch|flask .*--debug|uvicorn .*--reload)\b/;
