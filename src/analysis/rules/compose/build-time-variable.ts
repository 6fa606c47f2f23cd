import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const buildTimeVariable: Rule<Stack, 'inlined' | 'loopback'> = {
  id: 'build-time-variable',
  appliesTo: 'compose',
  severity: 'info',
  group: 'runtime',
  docs: {
    what: 'A variable that the framework writes into the page when it is built, set where the container runs.',
    why: 'Next.js replaces `NEXT_PUBLIC_…` while building; what `environment` says later changes nothing in the pages. And an address of `localhost` there is the visitor’s machine, not the Pi.',
    instead:
      'Give it to the build: `build: { args: { NEXT_PUBLIC_API_URL: … } }`, with an `ARG` in the Dockerfile; or fetch the value at run time.',
    references: ['https://nextjs.org/docs/app/guides/environment-variables#bundling-environment-variables-for-the-browser'],
    invalid: [
      'services:\n  web:\n    image: web\n    environment:\n      NEXT_PUBLIC_API_URL: https://api.example.org\n',
      'services:\n  web:\n    build: .\n    environment:\n      NEXT_PUBLIC_API_URL: http://localhost:5000\n',
    ],
    valid: [
      'services:\n  web:\n    build:\n      context: .\n      args:\n        NEXT_PUBLIC_API_URL: https://api.example.org\n',
      'services:\n  web:\n    image: calcom/cal.com\n    environment:\n      NEXT_PUBLIC_WEBAPP_URL: https://cal.example.org\n',
      'services:\n  web:\n    build: .\n    command: npm run dev\n    environment:\n      NEXT_PUBLIC_API_URL: http://localhost:5000\n',
    ],
  },
  messages: {
    inlined: '{name} is written into the pages when they are built: set here it changes nothing',
    loopback: '{name} is written into the pages when they are built, and localhost there is the visitor’s machine',
  },
  *check({ model }) {
    for (const { environment, command, build, image } of model.services) {
      // Published images that know of this replace the values at their start: only one's own are judged.
      if (build === undefined && image?.text.includes('/') === true) continue;
      // A development server reads it at its start, and a script of one's own may do what it likes.
      if (command?.words.some(({ text }) => /dev|sh$/.test(text)) === true) continue;
      for (const { name, nameSpan, value } of environment.values()) {
        if (!name.startsWith('NEXT_PUBLIC_') || value.value === undefined) continue;
        const loopback = /\/\/(?:localhost|127\.0\.0\.1)\b/.test(value.text);
        yield {
          message: loopback ? 'loopback' : 'inlined',
          severity: loopback ? 'warning' : 'info',
          data: { name },
          span: nameSpan,
        };
      }
    }
  },
};
