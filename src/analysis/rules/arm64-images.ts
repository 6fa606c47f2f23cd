import type { ImageReference } from '../memory/image-reference.ts';

/** Without an arm64 image in any version, with what to use instead. From the manifests of the publishers. */
const NEVER: Readonly<Record<string, string>> = {
  'mcr.microsoft.com/mssql/server': 'PostgreSQL and MariaDB do.',
  'mcr.microsoft.com/azure-sql-edge': 'It was withdrawn in 2025; PostgreSQL and MariaDB run there.',
  'container-registry.oracle.com/database/express': 'PostgreSQL and MariaDB do.',
  'gvenzl/oracle-xe': 'gvenzl/oracle-free does.',
};

/** The first major version with one. */
const SINCE: Readonly<Record<string, number>> = { mysql: 8, elasticsearch: 7 };

/** Why the image does not run on a 64-bit Pi; undefined where nothing is known against it. */
export function missingOn({
  name,
  major,
}: ImageReference): { readonly message: 'none' | 'noneBefore'; readonly data: Record<string, string | number> } | undefined {
  const instead = NEVER[name];
  if (instead !== undefined) return { message: 'none', data: { instead } };
  const since = SINCE[name];
  return since !== undefined && major !== undefined && major < since
    ? { message: 'noneBefore', data: { version: since } }
    : undefined;
}
