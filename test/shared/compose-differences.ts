/** Files of the corpus that we resolve otherwise than `docker compose` 2.26, and why. */
export const knownDifferences: ReadonlyMap<string, string> = new Map([]);
