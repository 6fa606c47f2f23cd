import type { Engine } from '../../lab/docker-engine.ts';
import { tinyImage } from '../../lab/tiny-image.ts';

/** Containers of one test file, told apart from all others by a label, and all removed in the end. */
export class TestContainers {
  readonly #engine: Engine;
  readonly #image: string;
  readonly #mark: string;

  private constructor(engine: Engine, image: string, mark: string) {
    this.#engine = engine;
    this.#image = image;
    this.#mark = mark;
  }

  static async prepare(engine: Engine, mark: string): Promise<TestContainers> {
    const image = await tinyImage(engine, { name: 'memory', programs: [] });
    return new TestContainers(engine, image, `headroom-test=${mark}-${String(process.pid)}`);
  }

  /** Starts one that runs a line of shell, and answers its id. */
  async run(script: string, options: readonly string[] = []): Promise<string> {
    const args = ['run', '--detach', '--network', 'none', '--label', this.#mark, ...options, this.#image, 'sh', '-c', script];
    return (await this.#engine.docker(args)).trim();
  }

  async ids(): Promise<readonly string[]> {
    const list = await this.#engine.docker(['ps', '--all', '--no-trunc', '--quiet', '--filter', `label=${this.#mark}`]);
    return list.split('\n').filter((id) => id !== '');
  }

  async removeAll(): Promise<void> {
    const ids = await this.ids();
    for (let at = 0; at < ids.length; at += 50) await this.#engine.tryDocker(['rm', '--force', ...ids.slice(at, at + 50)]);
  }
}

/** Holds so many MiB of its own and sleeps. */
export function holds(mebi: number): string {
  return `exec awk 'BEGIN { s = sprintf("%${String(mebi * 1024 * 1024)}s", ""); while (1) system("sleep 60") }'`;
}

/** Takes memory until it is stopped. */
export const GREEDY = `awk 'BEGIN { while (1) s = s sprintf("%1048576s", "") }'`;
