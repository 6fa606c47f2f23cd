import type { Service, Stack } from '../documents/compose/model.ts';
import type { Pool } from '../documents/postgres/container.ts';

/**
 * Connection pools of the other services that lead to this one, as their connection strings say. Every server asks
 * every service: what speaks of another one is dropped before anything is made of it.
 */
export function poolsTo(server: Service, stack: Stack): readonly Pool[] {
  const found: Pool[] = [];
  for (const service of stack.services) {
    if (!service.active || service === server || !speaksOf(service, server.name)) continue;
    for (const pool of poolsOf(service, server.name))
      found.push({ ...pool, connections: pool.connections * (service.replicas?.value ?? 1) });
  }
  return found;
}

function speaksOf({ environment }: Service, server: string): boolean {
  for (const { value } of environment.values()) if (value.text.includes(server)) return true;
  return false;
}

function poolsOf(service: Service, server: string): readonly Pool[] {
  const pools = new Map<string, Pool>();
  for (const { value } of service.environment.values()) {
    // A password that only the shell knows leaves the rest as it is. Two variables with one connection string share a pool.
    const { text } = value;
    if (pools.has(text) || !leadsTo(text, server)) continue;
    const connections = poolSize(text);
    if (connections !== undefined) pools.set(text, { service: service.name, connections, span: value.spans[0] });
  }
  return [...pools.values()];
}

function leadsTo(text: string, server: string): boolean {
  const host =
    /^postgres(?:ql)?(?:\+\w+)?:\/\/(?:[^@/]*@)?([^:/?]+)/.exec(text)?.[1] ??
    /(?:^|;)\s*(?:Host|Server)\s*=\s*([^;:,]+)/i.exec(text)?.[1];
  return host?.trim() === server;
}

/** Undefined where the string doesn't say and the client has no default that is known. */
function poolSize(text: string): number | undefined {
  const url = /[?&](?:connection_limit|pool_max_conns|max_pool_size|pool_size)=(\d+)/i.exec(text)?.[1];
  if (url !== undefined) return Number(url);
  if (text.includes('://')) return undefined;
  if (/(?:^|;)\s*Pooling\s*=\s*(?:false|no|off)\s*(?:;|$)/i.test(text)) return undefined;
  if (/Max(?:imum)? ?Pool ?Size\s*=\s*(?!\d)/i.test(text)) return undefined;
  // Npgsql: 100 for each connection string unless it says otherwise.
  return Number(/(?:^|;)\s*Max(?:imum)? ?Pool ?Size\s*=\s*(\d+)/i.exec(text)?.[1] ?? 100);
}
