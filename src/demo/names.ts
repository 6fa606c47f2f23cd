/** Host names that are never looked for in a network. */
export const DEMO_HOST = 'demo';
/** The same Pi after its memory cgroup was repaired: limits hold, and what hits one is killed. */
export const REPAIRED_DEMO_HOST = 'demo-repaired';

export function isDemoHost(host: string): boolean {
  return host === DEMO_HOST || host === REPAIRED_DEMO_HOST;
}
