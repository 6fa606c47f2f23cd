import type { Service, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const shellWithoutInit: Rule<Stack, 'shell'> = {
  id: 'shell-without-init',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'hardening',
  docs: {
    what: 'A shell script as the first process of a container, without an init.',
    why: 'A shell passes no signals on and reaps no children: `docker stop` waits its ten seconds and kills, a database is cut off in the middle of its work, and zombies stay.',
    instead: 'Set `init: true`, or end the script with `exec program`.',
    references: ['https://docs.docker.com/reference/compose-file/services/#init'],
    invalid: ['services:\n  app:\n    image: app\n    command: sh -c "migrate && server"\n'],
    valid: [
      'services:\n  app:\n    image: app\n    init: true\n    command: sh -c "migrate && server"\n',
      'services:\n  app:\n    image: app\n    command: sh -c "migrate && exec server"\n',
      'services:\n  app:\n    image: app\n    command: sh -c "server"\n',
    ],
  },
  messages: {
    shell: 'A shell is the first process here: it passes no signals on, so stopping takes ten seconds and ends in a kill',
  },
  *check({ model }) {
    for (const service of model.services) {
      const script = scriptOf(service);
      if (script === undefined || service.init?.value === true) continue;
      // A single command replaces the shell in dash and busybox alike; several need an explicit exec.
      if (!/[;&|\n]/.test(script.text.trim()) || /(?:^|[\s;&|(])exec\s/.test(script.text)) continue;
      yield { message: 'shell', span: script.spans[0] };
    }
  },
};

function scriptOf({ command, entrypoint }: Service) {
  const words = entrypoint === undefined ? (command?.words ?? []) : entrypoint.words;
  const [first, option, script] = words;
  return first !== undefined && /^(?:.*\/)?(?:sh|bash|ash|dash)$/.test(first.text) && /^-[a-z]*c$/.test(option?.text ?? '')
    ? script
    : undefined;
}
