import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The corpus and the fixtures that lie beside a checkout, where there are any: HEADROOM_SHARED, else `../shared`. */
export const sharedFolder: string | undefined = [
  process.env.HEADROOM_SHARED,
  resolve(import.meta.dirname, '../../../shared'),
].find((folder) => folder !== undefined && folder !== '' && existsSync(folder));
