import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mebibytes } from '../../src/base/bytes.ts';
import { readV1, readV2 } from '../../src/live/cgroup/container.ts';
import { parseMeminfo, parseVmstat } from '../../src/live/cgroup/host.ts';
import type { Bytes } from '../../src/base/bytes.ts';
import { CgroupTree, id, V1_FILES, V2_FILES } from './lab/cgroup-tree.ts';
import { LocalSampler, pairings, type Pairing } from './lab/shells.ts';

const installed = pairings();

let tree: CgroupTree;
let running: LocalSampler | undefined;

beforeEach(() => {
  tree = new CgroupTree();
  tree.host();
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  tree.dispose();
});

function start(pairing: Pairing): LocalSampler {
  running = new LocalSampler(pairing, tree.root);
  return running;
}

describe.each(installed)('the sampler in $name', (pairing) => {
  it('reads cgroup v2 as the parsers on this side do', async () => {
    tree.v2();
    tree.container(`system.slice/docker-${id('a')}.scope`);
    const { host, containers } = await start(pairing).ask();
    expect(containers).toEqual([readV2(id('a'), new Map(Object.entries(V2_FILES)))]);
    expect(host).toMatchObject({
      ...parseMeminfo(readFileSync(`${tree.root}/proc/meminfo`, 'utf8')),
      ...parseVmstat(readFileSync(`${tree.root}/proc/vmstat`, 'utf8'), 4096 as Bytes),
      celsius: 48.3,
      zram: { stored: mebibytes(50), used: mebibytes(18) },
      throttling: { now: { underVoltage: true, throttled: true, frequencyCapped: false } },
      underVoltage: true,
    });
    expect(running?.complaint).toBe('');
  });

  it('reads cgroup v1 as the parsers on this side do', async () => {
    tree.write('sys/fs/cgroup/memory/memory.limit_in_bytes', '9223372036854771712\n');
    tree.container(`memory/docker/${id('b')}`, V1_FILES);
    const { containers } = await start(pairing).ask();
    expect(containers).toEqual([readV1(id('b'), new Map(Object.entries(V1_FILES)))]);
  });

  it('sends only what changed, and the sum stays right over many frames', async () => {
    tree.v2();
    const folder = `system.slice/docker-${id('a')}.scope`;
    tree.container(folder);
    const sampler = start(pairing);
    await sampler.ask();
    const quiet = sampler.raw.length;
    await sampler.ask({ everything: true });
    expect(sampler.raw.slice(quiet)).toEqual(['.1 0']);
    for (let mebi = 99; mebi > 80; mebi -= 3) {
      tree.container(folder, { ...V2_FILES, 'memory.current': `${String(mebibytes(mebi))}\n` });
      expect((await sampler.ask()).containers[0]).toMatchObject({ usage: mebibytes(mebi), anon: mebibytes(40) });
    }
    // A file that vanishes is unknown from then on, not zero.
    tree.remove(`sys/fs/cgroup/${folder}/memory.peak`);
    const { containers } = await sampler.ask({ everything: true });
    expect(containers[0]).not.toHaveProperty('peak');
    sampler.reset();
    expect((await sampler.ask({ afresh: true })).containers).toEqual(containers);
  });

  it('follows containers that come and go, wherever their cgroups are', async () => {
    tree.v2();
    const sampler = start(pairing);
    expect((await sampler.ask()).containers).toEqual([]);
    tree.container(`docker/${id('1')}`);
    tree.container(`my.slice/my-shop.slice/docker-${id('2')}.scope`);
    tree.container(`user.slice/user-1000.slice/user@1000.service/user.slice/docker-${id('3')}.scope`);
    tree.container(`machine.slice/libpod-${id('4')}.scope`, { 'cgroup.procs': '' });
    tree.container(`machine.slice/libpod-${id('4')}.scope/container`);
    tree.container(`machine.slice/libpod-conmon-${id('4')}.scope`);
    tree.container(`docker/${id('1')}/docker/${id('5')}`);
    tree.container(`system.slice/var-lib-docker-overlay2-${id('6')}-merged.mount`);
    tree.container(`system.slice/${id('7')}0`);
    expect((await sampler.ask()).containers).toEqual([]);
    const found = (await sampler.ask({ scan: true })).containers.map((each) => each.id).sort();
    expect(found).toEqual([id('1'), id('2'), id('3'), id('4')]);
    tree.remove(`sys/fs/cgroup/docker/${id('1')}`);
    tree.remove('sys/fs/cgroup/my.slice');
    expect((await sampler.ask()).containers.map((each) => each.id).sort()).toEqual([id('3'), id('4')]);
    tree.container(`docker/${id('8')}`);
    const later = (await sampler.ask({ scan: true })).containers.map((each) => each.id).sort();
    expect(later).toEqual([id('3'), id('4'), id('8')]);
  });

  it('adds up /proc where the memory cgroup is off', async () => {
    tree.v2('cpuset cpu io pids');
    tree.container(`system.slice/docker-${id('a')}.scope`, { 'cgroup.procs': '101\n102\n999\n' });
    tree.write(
      'proc/101/status',
      'Name:\tpostgres\nRssAnon:\t   20480 kB\nRssFile:\t 8192 kB\nRssShmem:\t  4096 kB\nVmSwap:\t 0 kB\n',
    );
    tree.write(
      'proc/102/status',
      'Name:\tpostgres\nRssAnon:\t   10240 kB\nRssFile:\t 8192 kB\nRssShmem:\t  6144 kB\nVmSwap:\t 1024 kB\n',
    );
    const sampler = start(pairing);
    const { containers } = await sampler.ask();
    expect(containers).toEqual([
      { id: id('a'), from: 'processes', anon: mebibytes(30), shmem: mebibytes(6), swap: mebibytes(1), processes: 3 },
    ]);
    expect(sampler.raw[0]).toMatch(/^headroom 1 0 \d+$/);
    // Other users' processes may be hidden: then nothing is known, not nothing used.
    tree.remove('proc/101');
    tree.remove('proc/102');
    expect((await sampler.ask()).containers).toEqual([{ id: id('a'), from: 'processes', processes: 3 }]);
  });

  it('survives files that are missing, empty or nonsense', async () => {
    tree.remove('proc');
    tree.remove('sys/class');
    tree.write('sys/block/zram0/mm_stat', '');
    tree.remove('sys/class/hwmon');
    tree.program('usr/bin/vcgencmd', 'echo VCHI initialization failed; exit 255');
    tree.v2();
    tree.container(`docker/${id('1')}`, { 'cgroup.procs': '', 'memory.current': '4096\n', 'memory.stat': '' });
    const sampler = start(pairing);
    const { host, containers } = await sampler.ask();
    expect(containers).toEqual([{ id: id('1'), from: 'cgroup', usage: 4096 }]);
    expect(Object.keys(host).sort()).toEqual(['footprint']);
    expect((await sampler.ask({ everything: true })).containers).toHaveLength(1);
  });

  it('ignores what it was not asked, and ends with its input', async () => {
    tree.v2();
    const sampler = start(pairing);
    await sampler.ask();
    const pid = sampler.pid;
    running = undefined;
    expect(await sampler.stop()).toBe(0);
    expect(readdirSync('/proc')).not.toContain(String(pid));
  });

  it('holds two hundred containers', async () => {
    tree.v2();
    for (let count = 0; count < 200; count++) {
      tree.container(`system.slice/docker-${count.toString(16).padStart(64, '0')}.scope`, {
        'cgroup.procs': '',
        'memory.current': '104857600\n',
        'memory.max': 'max\n',
      });
    }
    const sampler = start(pairing);
    const { containers } = await sampler.ask();
    expect(containers).toHaveLength(200);
    expect(new Set(containers.map(({ usage }) => usage))).toEqual(new Set([mebibytes(100)]));
    expect(Math.max(...sampler.raw.map(({ length }) => length))).toBeLessThan(1200);
    tree.remove('sys/fs/cgroup/system.slice');
    expect((await sampler.ask()).containers).toEqual([]);
  });
});
