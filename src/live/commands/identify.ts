import { bytes, kibibytes, type Bytes } from '../../base/bytes.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { scriptCommand, type RemoteCommand } from './command.ts';
import { readSections, SHOW } from './sections.ts';

/** What a host says it is. Missing means that it didn't say. */
export interface HostIdentity {
  readonly hostName?: string;
  /** As the firmware has it: `Raspberry Pi Zero 2 W Rev 1.0`. */
  readonly model?: string;
  readonly memoryTotal?: Bytes;
  readonly system?: HostSystem;
  readonly kernel?: string;
  /** Of the programs, which may be 32-bit under a 64-bit kernel. */
  readonly architecture?: 'arm64' | 'arm/v7' | 'arm/v6' | 'amd64';
  readonly kernelBits?: 32 | 64;
  readonly pageSize?: Bytes;
  readonly cpus?: number;
  readonly docker?: string;
  readonly compose?: string;
  /** The old program in Python, which has other rules. */
  readonly composeV1?: string;
  readonly podman?: string;
}

export interface HostSystem {
  readonly name: string;
  readonly kind: 'pi-os' | 'debian' | 'ubuntu' | 'dietpi' | 'alpine' | 'other';
  /** `12`; missing for a rolling one. */
  readonly version?: string;
  readonly desktop?: boolean;
}

/** One program, no root, nothing to install; what isn't there leaves its section empty. */
export const identify: RemoteCommand<HostIdentity> = scriptCommand(
  {
    name: 'identify',
    text: `${SHOW}
show hostname uname -n
show model cat /proc/device-tree/model
show meminfo head -n 3 /proc/meminfo
show os cat /etc/os-release
show rpi-issue cat /etc/rpi-issue
show dietpi cat /boot/dietpi/.version
show kernel uname -r
show machine uname -m
show dpkg dpkg --print-architecture
show bits getconf LONG_BIT
show pagesize getconf PAGESIZE
show cpus grep -c '^processor' /proc/cpuinfo
show cpu grep -m1 -i '^CPU architecture' /proc/cpuinfo
show target readlink /etc/systemd/system/default.target
show docker docker --version
show compose docker compose version --short
show compose1 docker-compose version --short
show podman podman --version
exit 0
`,
  },
  ({ stdout }) => readIdentity(stdout),
  30_000,
);

export function readIdentity(stdout: string): Result<HostIdentity, string> {
  const sections = readSections(stdout);
  if (!sections.has('machine')) return fail('the sections are missing');
  const section = (name: string): string | undefined => {
    const text = sections.get(name);
    return text === undefined || text === '' ? undefined : text;
  };
  const number = (name: string): number | undefined => {
    const value = Number(section(name));
    return Number.isFinite(value) && value > 0 ? value : undefined;
  };
  const total = /^MemTotal:\s+(\d+) kB/m.exec(section('meminfo') ?? '')?.[1];
  const pageSize = number('pagesize');
  const found: { [K in keyof HostIdentity]: HostIdentity[K] | undefined } = {
    hostName: section('hostname'),
    model: section('model'),
    memoryTotal: total === undefined ? undefined : kibibytes(Number(total)),
    system: systemOf(section),
    kernel: section('kernel'),
    architecture: architectureOf(section),
    kernelBits: section('machine') === undefined ? undefined : (section('machine') ?? '').endsWith('64') ? 64 : 32,
    pageSize: pageSize === undefined ? undefined : bytes(pageSize),
    cpus: number('cpus'),
    docker: versionIn(section('docker')),
    compose: versionIn(section('compose')),
    composeV1: versionIn(section('compose1'))?.startsWith('1.') === true ? versionIn(section('compose1')) : undefined,
    podman: versionIn(section('podman')),
  };
  return ok(Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)));
}

type Section = (name: string) => string | undefined;

function systemOf(section: Section): HostSystem | undefined {
  const release = section('os');
  if (release === undefined) return undefined;
  const value = (key: string): string | undefined => new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(release)?.[1];
  const version = value('VERSION_ID');
  const id = value('ID') ?? '';
  const desktop = section('target')?.includes('graphical') === true;
  return {
    name: value('PRETTY_NAME') ?? id,
    kind: kindOf(id, section),
    ...(version === undefined || version === '' ? {} : { version }),
    // Debian's own default is graphical even without a desktop; Raspberry Pi OS Lite sets it to multi-user.
    ...(section('target') === undefined ? {} : { desktop }),
  };
}

function kindOf(id: string, section: Section): HostSystem['kind'] {
  if (section('dietpi') !== undefined) return 'dietpi';
  // 64-bit Raspberry Pi OS calls itself Debian; only this file tells them apart.
  if (id === 'raspbian' || section('rpi-issue') !== undefined) return 'pi-os';
  return id === 'debian' || id === 'ubuntu' || id === 'alpine' ? id : 'other';
}

function architectureOf(section: Section): HostIdentity['architecture'] {
  switch (section('dpkg') ?? section('machine')) {
    case 'arm64':
    case 'aarch64':
      // A 64-bit kernel under a 32-bit system without dpkg shows in the size of a long.
      return section('dpkg') === undefined && section('bits') === '32' ? 'arm/v7' : 'arm64';
    case 'armhf':
      // Raspberry Pi OS calls ARMv6 armhf too; the machine says what it can run.
      return section('machine') === 'armv6l' ? 'arm/v6' : 'arm/v7';
    case 'armv7l':
      return 'arm/v7';
    case 'armel':
    case 'armv6l':
      return 'arm/v6';
    case 'amd64':
    case 'x86_64':
      return 'amd64';
    default:
      return undefined;
  }
}

function versionIn(text: string | undefined): string | undefined {
  return /(\d+\.\d+[\w.+~-]*)/.exec(text ?? '')?.[1];
}
