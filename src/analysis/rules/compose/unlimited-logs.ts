import type { Service, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const unlimitedLogs: Rule<Stack, 'unlimited' | 'fileCountAlone'> = {
  id: 'unlimited-logs',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'host',
  docs: {
    what: 'A service whose log file grows without bound on a board that keeps it on an SD card.',
    why: 'Docker’s default driver writes JSON and never rotates: one chatty container fills the card, and a full card stops the whole board. `max-file` without `max-size` does nothing.',
    instead:
      'Give `logging.options` a `max-size` such as "10m" and a `max-file`, or use the `local` driver, or set both once for the whole host in Docker’s `daemon.json`.',
    references: ['https://docs.docker.com/engine/logging/drivers/json-file/'],
    invalid: ['services:\n  web:\n    image: nginx:alpine\n    logging:\n      options: { max-file: "3" }\n'],
    valid: [
      'services:\n  web:\n    image: nginx:alpine\n    logging:\n      options: { max-size: "10m", max-file: "3" }\n',
      'services:\n  web:\n    image: nginx:alpine\n    logging: { driver: local }\n',
      'services:\n  web:\n    image: nginx:alpine\n    logging: { driver: journald }\n',
    ],
  },
  messages: {
    unlimited: 'The logs of {count} service(s) grow without bound on the SD card: set max-size, here or in daemon.json',
    fileCountAlone: 'max-file does nothing without max-size: the log grows without bound',
  },
  *check({ model, surroundings }) {
    const unbounded = model.services.filter((service) => service.active && growsForever(service));
    for (const { logging } of unbounded) {
      const count = logging?.options.get('max-file');
      if (count !== undefined) yield { message: 'fileCountAlone', span: count.key ?? count.spans[0] };
    }
    // One word for the stack, and only where the log is known to lie on a card: daemon.json may bound it.
    if (surroundings.host?.storage === 'card' && unbounded.length > 0)
      yield { message: 'unlimited', data: { count: unbounded.length }, span: model.anchor };
  },
};

function growsForever({ logging }: Service): boolean {
  if (logging?.driver !== undefined && logging.driver.value !== 'json-file') return false;
  return logging?.options.get('max-size') === undefined;
}
