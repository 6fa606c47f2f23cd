import type { Service, Stack } from '../documents/compose/model.ts';
import type { Pool } from '../documents/postgres/container.ts';

/** Connection pools of the other services that lead to this one, as their connection strings say. */
export function poolsTo(server: Service, stack: Stack): readonly Pool[] {
  return stack.services
    .filter((service) => service.active && service !== server)
    .flatMap((service) =>
      poolsOf(service, server.name).map((pool) => ({ ...pool, connections: pool.connections * (service.replicas?.value ?? 1) })),
    );
}

function poolsOf(service: Service, server: string): readonly Pool[] {
  const seen = new Set<string>();
  return [...service.environment.values()].flatMap(({ value }) => {
    // A password that only the shell knows leaves the rest as it is.
    const { text } = value;
    // Two variables with one connection string share a pool.
    if (!text.includes(server) || seen.has(text)) return [];
    seen.add(text);
    const connections = leadsTo(text, server) ? poolSize(text) : undefined;
    return connections === undefined ? [] : [{ service: service.name, connections, span: value.spans[0] }];
  });
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
