import type { Service, Stack } from '../../documents/compose/model.ts';
import { programWords } from '../../memory/program.ts';
import type { Rule } from '../rule.ts';

export const devServerInProduction: Rule<Stack, 'devServer'> = {
  id: 'dev-server-in-production',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'runtime',
  docs: {
    what: 'A development server as the command of a service that is meant to stay up.',
    why: 'It keeps compilers, watchers and the graph of all modules in memory: `next dev` wants a gigabyte where the built application wants 150 MiB.',
    instead: 'Build the application into its image and start the result: `node server.js`, `next start`, `dotnet App.dll`.',
    references: ['https://nextjs.org/docs/app/guides/self-hosting'],
    invalid: [
      'services:\n  web:\n    image: web\n    restart: unless-stopped\n    command: npm run dev\n',
      'services:\n  api:\n    image: api\n    restart: always\n    command: ["dotnet", "watch", "run"]\n',
    ],
    valid: [
      'services:\n  web:\n    image: web\n    restart: unless-stopped\n    command: npm start\n',
      'services:\n  web:\n    image: web\n    command: npm run dev\n',
      'services:\n  web:\n    image: web\n    restart: always\n    command: npm run dev\n    volumes: [".:/app"]\n',
    ],
  },
  messages: { devServer: '"{command}" is a development server: it keeps compilers and watchers in memory' },
  *check({ model, surroundings }) {
    for (const service of model.services.filter(({ active }) => active)) {
      const words = programWords({ service, limit: undefined, boardMemory: undefined, cores: undefined });
      const [first] = words;
      const command = words
        .slice(0, 4)
        .map(({ text }) => text)
        .join(' ');
      if (first === undefined || !DEV.test(command)) continue;
      // On a laptop that is how one works: it takes a board, or a wish to stay up, to make it a mistake.
      const meantToStay = service.restart !== undefined && !['no', 'on-failure'].includes(service.restart.text);
      if (mountsSources(service) || !(meantToStay || surroundings.board !== undefined)) continue;
      yield { message: 'devServer', data: { command }, span: first.spans[0] };
    }
  },
};

const DEV =
  /^(?:(?:npm|pnpm|yarn|bun)(?: run)? (?:dev|start:dev|develop|watch)\b|(?:npx )?(?:next dev|nuxt dev|vite(?: dev| serve)?(?: --|$)|nodemon|ng serve|webpack(?:-dev-server| serve)|react-scripts start|ts-node-dev)\b|dotnet watch\b|flask .*run .*--debug|uvicorn .*--reload|cargo watch|air$)/;

/** The sources are mounted over the image: this is somebody's workbench. */
function mountsSources({ mounts }: Service): boolean {
  return mounts.some(({ type, source }) => {
    const written = source?.origins.find(({ kind }) => kind === 'written');
    return type === 'bind' && written?.kind === 'written' && /^["']?\.{1,2}(?:\/[^:.]*)?(?:["':]|$)/.test(written.text);
  });
}
