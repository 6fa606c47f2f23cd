import type { Port, Service, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

type Messages = 'kept' | 'noNewPrivileges' | 'readOnly' | 'capabilities' | 'user';

export const privilegesKept: Rule<Stack, Messages> = {
  id: 'privileges-kept',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'hardening',
  docs: {
    what: 'Services of a published stack that keep every privilege which Docker gives by default.',
    why: 'A process that is broken into can use setuid programs, write its own image and call with fourteen capabilities. On a board that hangs on a home network these are the cheapest walls there are; they cost no memory.',
    instead:
      'Where the image allows it: `security_opt: [no-new-privileges:true]`, `read_only: true` with `tmpfs` for what it writes, `cap_drop: [ALL]`, `user: "1000:1000"`.',
    references: ['https://docs.docker.com/engine/security/#linux-kernel-capabilities'],
    invalid: ['services:\n  web:\n    image: nginx:alpine\n    ports: ["80:80"]\n'],
    valid: [
      'services:\n  web:\n    image: nginx:alpine\n    ports: ["80:80"]\n    security_opt: [no-new-privileges:true]\n',
      'services:\n  db:\n    image: postgres:16\n',
    ],
  },
  messages: {
    kept: '{services} keep(s) every default privilege and can be reached from outside',
    noNewPrivileges: 'security_opt: [no-new-privileges:true] stops setuid programs',
    readOnly: 'read_only: true keeps the image as it was built',
    capabilities: 'cap_drop: [ALL] takes what most programs never use',
    user: 'user: "1000:1000" runs it without root, where the image allows that',
  },
  *check({ model }) {
    // One word for the stack: said of every service it would drown what matters.
    const open = model.services.filter((service) => service.active && service.ports.some(isOpen) && keepsAll(service));
    const [first] = open;
    if (first === undefined) return;
    yield {
      message: 'kept',
      data: { services: open.map(({ name }) => name).join(', ') },
      span: first.nameSpan,
      related: (['noNewPrivileges', 'readOnly', 'capabilities', 'user'] as const).map((message) => ({
        message,
        span: first.nameSpan,
      })),
    };
  },
};

/** Published on more than this machine's own loopback. */
function isOpen({ published, hostIp }: Port): boolean {
  return published !== undefined && !/^(?:127\.|::1$|\[::1\]$)/.test(hostIp?.text ?? '');
}

function keepsAll({ securityOptions, readOnly, capDrop, user, privileged }: Service): boolean {
  return (
    privileged?.value !== true &&
    securityOptions.length === 0 &&
    readOnly === undefined &&
    capDrop.length === 0 &&
    user === undefined
  );
}
