import { formatBytes } from '../../../base/bytes.ts';
import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const reservationAboveLimit: Rule<Stack, 'above' | 'limit'> = {
  id: 'reservation-above-limit',
  appliesTo: 'compose',
  severity: 'error',
  group: 'memory',
  docs: {
    what: 'A memory reservation that is larger than the limit of the same service.',
    why: 'Docker refuses to create the container: "Minimum memory limit can not be less than memory reservation limit".',
    instead:
      'Reserve at most what the limit allows, or leave the reservation out: it reserves nothing, it only says whom to spare longest.',
    references: ['https://docs.docker.com/reference/compose-file/services/#mem_reservation'],
    invalid: [
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 128M\n    mem_reservation: 256M\n',
      'services:\n  db:\n    image: postgres:16\n    deploy:\n      resources:\n        limits: { memory: 128M }\n        reservations: { memory: 129M }\n',
    ],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 128M\n    mem_reservation: 128M\n',
      'services:\n  db:\n    image: postgres:16\n    mem_reservation: 256M\n',
    ],
  },
  messages: {
    above: 'The reservation ({reservation}) is larger than the limit ({limit}): Docker will not create the container',
    limit: 'the limit',
  },
  *check({ model }) {
    for (const { memory } of model.services) {
      const limit = memory.deployLimit ?? memory.limit;
      const reservation = memory.deployReservation ?? memory.reservation;
      if (limit?.value === undefined || reservation?.value === undefined) continue;
      if (limit.value <= 0 || reservation.value <= limit.value) continue;
      yield {
        message: 'above',
        data: { reservation: formatBytes(reservation.value), limit: formatBytes(limit.value) },
        span: reservation.spans[0],
        related: [{ message: 'limit', span: limit.spans[0] }],
      };
    }
  },
};
