import { buildAll } from '../../src/build/bundle.ts';

/** The suite looks at what a build of this very tree makes. */
export async function setup(): Promise<void> {
  await buildAll();
}
