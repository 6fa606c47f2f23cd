import type { Service, Stack } from './model.ts';

/** Where a service says what it may use: `mem_limit` and its like, or `deploy.resources`. */
export type LimitStyle = 'mem_limit' | 'deploy';

/**
 * How a new limit is to be written into this service: as its other limits are, else as the stack's other services
 * do, else in the short way, which the old `docker-compose` reads as well.
 */
export function limitStyle(service: Service, stack: Pick<Stack, 'services'>): LimitStyle {
  const own = ownStyle(service);
  if (own !== undefined) return own;
  const others = stack.services.map(ownStyle);
  const count = (style: LimitStyle) => others.filter((other) => other === style).length;
  return count('deploy') > count('mem_limit') ? 'deploy' : 'mem_limit';
}

/** The keys from the service inwards that hold a limit or reservation in this style. */
export function limitPath(style: LimitStyle, what: 'limit' | 'reservation'): readonly string[] {
  if (style === 'mem_limit') return [what === 'limit' ? 'mem_limit' : 'mem_reservation'];
  return ['deploy', 'resources', what === 'limit' ? 'limits' : 'reservations', 'memory'];
}

/** A `deploy.resources.limits` without memory settles it too: beside it, Compose refuses any `mem_limit`. */
function ownStyle({ memory, cpus }: Service): LimitStyle | undefined {
  if (memory.deployLimits !== undefined || memory.deployReservations !== undefined) return 'deploy';
  const short = [memory.limit, memory.reservation, memory.swapLimit, cpus];
  return short.some((setting) => setting !== undefined) ? 'mem_limit' : undefined;
}
