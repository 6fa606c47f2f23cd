import { formatBytes } from '../../../base/bytes.ts';
import type { NextConfigFile } from '../../mounted/model.ts';
import type { Rule } from '../rule.ts';

export const nextExportStatic: Rule<NextConfigFile, 'static' | 'saves' | 'service'> = {
  id: 'next-export-static',
  appliesTo: 'next-config',
  severity: 'hint',
  group: 'build',
  docs: {
    what: 'Next.js is told to write plain files (`output: "export"`), and a container with Node serves them.',
    why: 'Node takes 60 MiB and more to hand out files that a web server hands out with 10. `next start` even refuses: it does not work with this setting.',
    instead: 'Serve the folder `out` from the nginx you already run, and take the Node container out of the stack.',
    references: ['https://nextjs.org/docs/app/guides/static-exports'],
    invalid: [
      "# file: compose.yml\nservices:\n  web:\n    build: .\n    command: npm start\n# file: next.config.js\nmodule.exports = {\n  output: 'export',\n};\n",
    ],
    valid: [
      "# file: compose.yml\nservices:\n  web:\n    build: .\n    command: npm start\n# file: next.config.js\nmodule.exports = {\n  // output: 'export',\n  output: 'standalone',\n};\n",
      '# file: compose.yml\nservices:\n  web:\n    build: .\n    command: nginx -g "daemon off;"\n# file: next.config.js\nmodule.exports = { output: \'export\' };\n',
    ],
  },
  messages: {
    static: 'This writes plain files, and {service} keeps a Node running for them: serve them from the nginx you already run',
    saves:
      'This writes plain files, and {service} keeps a Node running for them: serve them from the nginx you already run, that saves about {saving}',
    service: 'served by this one',
  },
  *check({ model: { exported, servedBy } }) {
    if (exported === undefined) return;
    for (const { service, typical, span } of servedBy)
      yield {
        message: typical === undefined ? 'static' : 'saves',
        data: { service, ...(typical === undefined ? {} : { saving: formatBytes(typical) }) },
        span: exported,
        related: [{ message: 'service', span }],
      };
  },
};
