import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bytes, mebibytes } from '../../../src/base/bytes.ts';
import { identify, readIdentity } from '../../../src/live/commands/identify.ts';
import { readSections } from '../../../src/live/commands/sections.ts';
import type { CheckResult, Evidence } from '../../../src/live/readiness/check.ts';
import { inspect } from '../../../src/live/readiness/inspect.ts';
import { auditLimits, forecastLimits } from '../../../src/live/readiness/limits-audit.ts';
import { judgeReadiness } from '../../../src/live/readiness/readiness.ts';
import { reclaimOffers } from '../../../src/live/readiness/reclaim.ts';

/** A Zero 2 W with Trixie as it comes, and Docker. */
const ZERO: Readonly<Record<string, string>> = {
  model: 'Raspberry Pi Zero 2 W Rev 1.0',
  controllers: 'cpuset cpu io pids',
  'kernel-line': 'cgroup_disable=memory root=PARTUUID=12-02 rootwait',
  kernel: '6.12.75+rpt-rpi-v8',
  machine: 'aarch64',
  userland: 'arm64',
  pagesize: '4096',
  meminfo: 'MemTotal:         426288 kB\nMemFree:  100 kB',
  swaps: 'Filename Type Size Used Priority\n/dev/zram0 partition 425984 100 100',
  'zram-backing': 'none',
  mounts: '/dev/mmcblk0p2 / ext4 rw,noatime 0 0\n/dev/mmcblk0p1 /boot/firmware vfat rw 0 0',
  'file._boot_firmware_cmdline.txt': 'console=tty1 root=PARTUUID=12-02 rootwait',
  throttled: 'throttled=0x0',
  time: '1700000000',
  synchronised: 'yes',
  disk: 'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/mmcblk0p2 30000000 5000000 24000000 18% /',
  'card-type': 'SD',
  'sshd-config': 'UsePAM yes',
  docker: 'Docker version 28.2.2, build e6534b4',
  compose: '2.36.2',
  processes: ' 12000 ModemManager\n  9000 bluetoothd\n 5000 sshd',
  'gpu-memory': 'gpu=64M',
};

function judge(changes: Readonly<Record<string, string>> = {}, more: Partial<Evidence> = {}): ReadonlyMap<string, CheckResult> {
  const inspection = new Map(Object.entries({ ...ZERO, ...changes }));
  const version = { product: 'docker', version: '28.2.2', api: '1.50', architecture: 'arm64' } as const;
  const evidence: Evidence = { inspection, now: 1_700_000_000_000, version, ...more };
  return new Map(judgeReadiness(evidence).map((each) => [each.id, each]));
}

describe('a Pi as it comes', () => {
  it('has its memory cgroup off, and one line fixes it', () => {
    expect(judge().get('memory-cgroup')).toMatchObject({
      status: 'bad',
      fix: { kind: 'cmdline', plan: { kind: 'edit', after: 'console=tty1 root=PARTUUID=12-02 rootwait cgroup_enable=memory' } },
    });
  });

  it('only needs a reboot where the line is there and the kernel has not seen it yet', () => {
    const fixed = { 'file._boot_firmware_cmdline.txt': 'root=PARTUUID=12-02 cgroup_enable=memory' };
    expect(judge(fixed).get('memory-cgroup')).toMatchObject({ fix: { kind: 'command', command: 'sudo reboot' } });
  });

  it('is told when its kernel ignores the parameter', () => {
    const ignored = {
      'file._boot_firmware_cmdline.txt': 'root=PARTUUID=12-02 cgroup_enable=memory',
      'kernel-line': 'cgroup_disable=memory root=PARTUUID=12-02 cgroup_enable=memory',
    };
    expect(judge(ignored).get('memory-cgroup')).toMatchObject({ status: 'bad', fix: { kind: 'advice' } });
  });

  it('with it on is fine, on either version of cgroups', () => {
    expect(judge({ controllers: 'cpuset cpu io memory pids' }).get('memory-cgroup')?.status).toBe('ok');
    expect(
      judge({ controllers: '', 'memory-v1': '/sys/fs/cgroup/memory/memory.limit_in_bytes' }).get('memory-cgroup')?.status,
    ).toBe('ok');
  });
});

describe('a check', () => {
  it.each([
    ['swap', { swaps: 'Filename Type Size Used Priority' }, 'warning'],
    ['swap', { swaps: 'F T S U P\n/var/swap file 524284 0 -2' }, 'warning'],
    ['swap', { 'zram-backing': '/dev/loop0' }, 'hint'],
    ['swap', {}, 'ok'],
    ['pressure', {}, 'hint'],
    ['pressure', { pressure: 'some avg10=0.00' }, 'ok'],
    ['userland', { userland: 'armhf' }, 'warning'],
    ['page-size', { pagesize: '16384' }, 'hint'],
    ['throttling', { throttled: 'throttled=0x50005' }, 'bad'],
    ['throttling', { throttled: 'throttled=0x50000' }, 'warning'],
    ['throttling', { throttled: 'throttled=0x80008' }, 'warning'],
    ['throttling', { throttled: 'throttled=0x40000' }, 'hint'],
    ['throttling', { throttled: '', 'voltage-alarm': '1' }, 'bad'],
    ['throttling', { throttled: '' }, 'unknown'],
    ['clock', { time: '1700000500' }, 'warning'],
    ['clock', { synchronised: 'no' }, 'hint'],
    ['space', { disk: 'x\n/dev/root 30000000 29900000 100000 99% /' }, 'bad'],
    ['space', { disk: 'x\n/dev/root 30000000 28500000 1500000 95% /' }, 'warning'],
    ['card', { 'card-life': '0x0a 0x01' }, 'bad'],
    ['card', { 'card-life': '0x02 0x01' }, 'ok'],
    ['compose', { compose: '', compose1: '1.29.2' }, 'warning'],
    ['compose', { compose: '' }, 'warning'],
    ['sshd', { 'sshd-config': '#AllowStreamLocalForwarding no' }, 'ok'],
    ['sshd', { 'sshd-config': 'AllowStreamLocalForwarding no' }, 'hint'],
    ['sshd', { 'sshd-config': 'MaxSessions 2' }, 'warning'],
  ] as const)('%s says for %j: %s', (id, changes, status) => {
    expect(judge(changes).get(id)?.status).toBe(status);
  });

  it('shows the group for a denied socket, and never sudo for the socket itself', () => {
    const engineError = { kind: 'dockerDenied', host: 'pi', socket: '/var/run/docker.sock', user: 'pi', inGroup: false } as const;
    const checks = judgeReadiness({ inspection: new Map(Object.entries(ZERO)), now: 0, engineError });
    expect(checks.find(({ id }) => id === 'docker')).toMatchObject({
      status: 'bad',
      fix: { command: 'sudo usermod -aG docker pi' },
    });
    expect(JSON.stringify(checks)).not.toContain('sudo docker');
  });

  it('calls nothing wrong that the host didn’t say', () => {
    const checks = judgeReadiness({ inspection: new Map(), now: 0 });
    expect(checks.filter(({ status }) => status === 'bad').map(({ id }) => id)).toEqual(['memory-cgroup']);
  });
});

describe('the scripts', () => {
  const runHere = (input: string): string => execFileSync('sh', ['-s'], { input, encoding: 'utf8' });

  it('run to their end here, with nothing on standard error', () => {
    const parsed = inspect.parse({ stdout: runHere(inspect.input as string), stderr: '', exitCode: 0 });
    expect(parsed.ok && parsed.value.get('meminfo')).toContain('MemTotal');
    const identity = identify.parse({ stdout: runHere(identify.input as string), stderr: '', exitCode: 0 });
    expect(identity).toMatchObject({ ok: true, value: { memoryTotal: expect.any(Number) as number } });
  });

  it('ignore what login scripts print, and files that pretend to be headings', () => {
    const sections = readSections('Welcome!\n== motd\nnoise\n== os\n ID=debian\n == fake\n== os\n VERSION_ID=12\n');
    expect([...sections]).toEqual([
      ['motd', ''],
      ['os', 'ID=debian\n== fake\nVERSION_ID=12'],
    ]);
  });
});

describe('who a host is', () => {
  const sections = (values: Record<string, string>): string =>
    Object.entries(values)
      .map(
        ([name, text]) =>
          `== ${name}\n${text
            .split('\n')
            .map((line) => ` ${line}\n`)
            .join('')}`,
      )
      .join('');

  it('is read from what it printed', () => {
    const stdout = sections({
      hostname: 'attic',
      model: 'Raspberry Pi 5 Model B Rev 1.0',
      meminfo: 'MemTotal:        4141000 kB',
      os: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian',
      'rpi-issue': 'Raspberry Pi reference 2024-03-15',
      machine: 'aarch64',
      dpkg: 'armhf',
      pagesize: '16384',
      cpus: '4',
      docker: 'Docker version 27.0.3, build 7d4bcd8',
      compose: 'v2.28.1',
    });
    expect(readIdentity(stdout)).toEqual({
      ok: true,
      value: {
        hostName: 'attic',
        model: 'Raspberry Pi 5 Model B Rev 1.0',
        memoryTotal: bytes(4141000 * 1024),
        system: { name: 'Debian GNU/Linux 12 (bookworm)', kind: 'pi-os', version: '12' },
        architecture: 'arm/v7',
        kernelBits: 64,
        pageSize: bytes(16384),
        cpus: 4,
        docker: '27.0.3',
        compose: '2.28.1',
      },
    });
  });

  it('is unknown from garbage', () => {
    expect(readIdentity('bash: something: command not found').ok).toBe(false);
  });
});

describe('limits', () => {
  it('are compared between file, Docker and kernel', () => {
    const m64 = mebibytes(64);
    const m80 = mebibytes(80);
    const rows = [
      { service: 'a', container: '1', file: m64, stored: m64, enforced: m64 },
      { service: 'b', container: '2', file: m64 },
      { service: 'c', container: '3', file: m64, stored: m64 },
      { service: 'd', container: '4', file: m64, stored: m80, enforced: m80 },
      { service: 'e', container: '5', stored: m80, enforced: m80 },
      { service: 'f', container: '6' },
    ];
    expect(auditLimits(rows).map(({ verdict, recreate }) => [verdict, recreate])).toEqual([
      ['agrees', false],
      ['not-stored', true],
      ['not-enforced', true],
      ['differs', false],
      ['not-in-file', false],
      ['agrees', false],
    ]);
  });

  it('that the kernel rounded to a page still agree', () => {
    const odd = bytes(100_000_000);
    expect(auditLimits([{ service: 'a', container: '1', file: odd, stored: odd, enforced: bytes(99_991_552) }])[0]?.verdict).toBe(
      'agrees',
    );
  });

  it('say who would die once they bite, worst first', () => {
    const rows = [
      { service: 'fits', limit: mebibytes(100), unreclaimable: mebibytes(20) },
      { service: 'dies', limit: mebibytes(100), unreclaimable: mebibytes(130) },
      { service: 'free', unreclaimable: mebibytes(500) },
      { service: 'tight', limit: mebibytes(100), unreclaimable: mebibytes(95) },
      { service: 'dark', limit: mebibytes(100) },
    ];
    expect(forecastLimits(rows).map(({ service, forecast }) => `${service}: ${forecast}`)).toEqual([
      'dies: dies',
      'tight: tight',
      'fits: fits',
      'dark: unknown',
      'free: no-limit',
    ]);
  });
});

describe('reclaiming the board', () => {
  it('offers what there is to gain, the most first, each with its size', () => {
    expect(reclaimOffers(new Map(Object.entries(ZERO))).map(({ id, gain }) => [id, Math.round(gain / 1024 / 1024)])).toEqual([
      ['gpu-memory', 48],
      ['daemon-ModemManager', 12],
      ['daemon-bluetooth', 9],
    ]);
  });

  it('offers no graphics memory on a Pi 5, which keeps none', () => {
    const five = { ...ZERO, model: 'Raspberry Pi 5 Model B Rev 1.0' };
    expect(reclaimOffers(new Map(Object.entries(five))).map(({ id }) => id)).not.toContain('gpu-memory');
  });

  it('offers to do without the desktop for what it measured', () => {
    const desk = {
      ...ZERO,
      'default-target': '/usr/lib/systemd/system/graphical.target',
      processes: ' 80000 labwc\n 40000 wf-panel-pi\n 20000 pcmanfm',
    };
    expect(reclaimOffers(new Map(Object.entries(desk)))[0]).toMatchObject({
      id: 'desktop',
      gain: bytes(140_000 * 1024),
      from: 'measured',
    });
  });
});
