import type { PackageFile } from '../../mounted/model.ts';
import type { Rule } from '../rule.ts';

export const duplicateDateLibraries: Rule<PackageFile, 'twice' | 'other'> = {
  id: 'duplicate-date-libraries',
  appliesTo: 'package-json',
  severity: 'hint',
  group: 'build',
  docs: {
    what: 'Two or more libraries for the same thing, dates, among the dependencies of a program that is built here.',
    why: 'Each is parsed, compiled and kept in the heap of every server process; moment with its locales alone takes several MiB. The browser loads them too.',
    instead: 'Keep one. dayjs has moment’s interface at a tenth of its size; date-fns loads only what is used.',
    references: ['https://momentjs.com/docs/#/-project-status/'],
    invalid: [
      '# file: compose.yml\nservices:\n  web:\n    build: .\n# file: package.json\n{\n  "dependencies": {\n    "dayjs": "^1.11.13",\n    "moment": "^2.30.1"\n  }\n}\n',
    ],
    valid: [
      '# file: compose.yml\nservices:\n  web:\n    build: .\n# file: package.json\n{\n  "dependencies": { "dayjs": "^1.11.13" },\n  "devDependencies": { "moment": "^2.30.1" }\n}\n',
    ],
  },
  messages: {
    twice: '{count} libraries for dates ({names}): each one is loaded and kept in memory',
    other: 'the other one',
  },
  *check({ model: { dependencies } }) {
    const found = [...dependencies].filter(([name]) => LIBRARIES.has(name));
    const [, second] = found;
    if (second === undefined) return;
    yield {
      message: 'twice',
      data: { count: found.length, names: found.map(([name]) => name).join(', ') },
      span: second[1],
      related: found.filter((each) => each !== second).map(([, span]) => ({ message: 'other', span })),
    };
  },
};

const LIBRARIES = new Set(['moment', 'date-fns', 'dayjs', 'luxon']);
