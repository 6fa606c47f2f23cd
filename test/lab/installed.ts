import { spawnSync } from 'node:child_process';

/** Whether a program can be started here, sbin folders included. */
export function installed(program: string): boolean {
  return spawnSync('sh', ['-c', 'PATH=$PATH:/usr/sbin:/sbin command -v "$1"', 'sh', program]).status === 0;
}
