import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A root folder with the files of a pretend host, as the kernel of a Pi 4 with Bookworm writes them. */
export class CgroupTree {
  readonly root = mkdtempSync(join(tmpdir(), 'headroom-tree-'));

  write(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  program(path: string, line: string): void {
    this.write(path, `#!/bin/sh\n${line}\n`);
    chmodSync(join(this.root, path), 0o755);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true, force: true });
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  host(): void {
    this.write('proc/meminfo', MEMINFO);
    this.write('proc/vmstat', VMSTAT);
    this.write('sys/class/thermal/thermal_zone0/temp', '48312\n');
    this.write('sys/block/zram0/mm_stat', '52428800 17825792 18874368 0 20000000 120 0 0 0\n');
    this.write('sys/class/hwmon/hwmon1/in0_lcrit_alarm', '1\n');
    this.program('usr/bin/vcgencmd', 'echo throttled=0x50005');
  }

  v2(controllers = 'cpuset cpu io memory pids'): void {
    this.write('sys/fs/cgroup/cgroup.controllers', `${controllers}\n`);
  }

  container(folder: string, files: Readonly<Record<string, string>> = V2_FILES): void {
    for (const [name, text] of Object.entries(files)) this.write(join('sys/fs/cgroup', folder, name), text);
  }
}

export function id(digit: string): string {
  return digit.repeat(64).slice(0, 64);
}

const MEMINFO = `MemTotal:         947904 kB
MemFree:          102400 kB
MemAvailable:     512000 kB
Buffers:           20480 kB
Cached:           389120 kB
SwapCached:         1024 kB
AnonPages:        204800 kB
Shmem:             12288 kB
KReclaimable:      30000 kB
SReclaimable:      28672 kB
SwapTotal:        947900 kB
SwapFree:         896700 kB
HugePages_Total:       0
`;

const VMSTAT = `nr_free_pages 25600
workingset_refault_anon 812
workingset_refault_file 40961
pswpin 7000
pswpout 19000
pgmajfault 5123
oom_kill 2
`;

export const V2_FILES: Readonly<Record<string, string>> = {
  'cgroup.procs': '101\n',
  'memory.current': '104857600\n',
  'memory.max': '268435456\n',
  'memory.peak': '157286400\n',
  'memory.swap.current': '4194304\n',
  'memory.swap.max': '268435456\n',
  'memory.events': 'low 0\nhigh 0\nmax 12\noom 1\noom_kill 1\noom_group_kill 0\n',
  'memory.pressure':
    'some avg10=0.00 avg60=0.10 avg300=0.20 total=5000000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=2000000\n',
  'memory.stat': `anon 41943040
file 52428800
kernel 8388608
kernel_stack 524288
pagetables 1048576
sec_pagetables 0
percpu 65536
sock 4096
vmalloc 0
shmem 10485760
file_mapped 4194304
inactive_anon 45000000
active_anon 7000000
inactive_file 20971520
active_file 20971520
unevictable 0
slab_reclaimable 2097152
slab_unreclaimable 1048576
slab 3145728
workingset_refault_anon 3
workingset_refault_file 400
pgfault 90000
pgmajfault 77
`,
};

export const V1_FILES: Readonly<Record<string, string>> = {
  'cgroup.procs': '101\n',
  'memory.usage_in_bytes': '104857600\n',
  'memory.limit_in_bytes': '268435456\n',
  'memory.memsw.limit_in_bytes': '536870912\n',
  'memory.max_usage_in_bytes': '157286400\n',
  'memory.kmem.usage_in_bytes': '8388608\n',
  'memory.failcnt': '12\n',
  'memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 1\n',
  'memory.stat': `cache 1
rss 1
inactive_file 1
hierarchical_memory_limit 268435456
total_cache 52428800
total_rss 41943040
total_shmem 10485760
total_swap 4194304
total_workingset_refault_anon 3
total_workingset_refault_file 400
total_pgmajfault 77
total_inactive_file 20971520
total_active_file 20971520
`,
};
