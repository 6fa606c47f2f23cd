import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const dockerSocketMounted: Rule<Stack, 'writable' | 'readOnly'> = {
  id: 'docker-socket-mounted',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'hardening',
  docs: {
    what: 'The socket of the Docker engine is mounted into a container.',
    why: 'Who can speak to the engine can start a container with the whole disk in it: it is root on the board. `:ro` protects the file, not what is said through it.',
    instead: 'Put a filtering proxy between them, and allow what the program needs.',
    references: ['https://docs.docker.com/engine/security/protect-access/'],
    invalid: ['services:\n  ui:\n    image: ui\n    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]\n'],
    valid: ['services:\n  ui:\n    image: ui\n    volumes: ["./data:/data"]\n'],
  },
  messages: {
    writable: 'The engine’s socket makes this container root on the board',
    readOnly: 'The engine’s socket makes this container root on the board; ":ro" protects the file, not what is said through it',
  },
  *check({ model }) {
    for (const { mounts } of model.services) {
      for (const { source, span, readOnly } of mounts) {
        if (/(?:^|\/)(?:docker|podman)\.sock$/.test(source?.value ?? ''))
          yield { message: readOnly ? 'readOnly' : 'writable', span };
      }
    }
  },
};
