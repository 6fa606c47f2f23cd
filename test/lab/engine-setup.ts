import { enginePossible, startEngine } from './docker-engine.ts';

/** One engine for every file of the suite; where none is possible the suite itself says so. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (!(await enginePossible())) return undefined;
  const engine = await startEngine();
  process.env.DOCKER_HOST = engine.host;
  return () => engine.dispose();
}
