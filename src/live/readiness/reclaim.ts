import { kibibytes, mebibytes, type Bytes } from '../../base/bytes.ts';
import { message, type Message } from '../../base/message.ts';
import type { Inspection } from './inspect.ts';
import { swapAreas } from './memory-checks.ts';
import { text } from './text.ts';

/** A way to get memory back for containers. Nothing runs by itself: the command is shown for a person to run. */
export interface ReclaimOffer {
  readonly id: string;
  readonly said: Message;
  readonly gain: Bytes;
  /** How the gain is known. */
  readonly from: 'measured' | 'firmware' | 'assumed';
  readonly command: string;
  readonly reboot: boolean;
}

/** "Reclaim the board": what this host could do without, the largest gain first. */
export function reclaimOffers(inspection: Inspection): readonly ReclaimOffer[] {
  const processes = processesOf(inspection.get('processes') ?? '');
  const offers = [gpuMemory(inspection), desktop(inspection, processes), zram(inspection), ...daemons(processes)];
  return offers.filter((offer) => offer !== undefined).sort((one, other) => other.gain - one.gain);
}

/** The part of memory that the firmware keeps for graphics. A Pi 5 has none to give; 16 MiB is the least elsewhere. */
function gpuMemory(inspection: Inspection): ReclaimOffer | undefined {
  const mib = Number(/gpu=(\d+)M/.exec(inspection.get('gpu-memory') ?? '')?.[1] ?? 0);
  if (mib <= LEAST_GPU || /Raspberry Pi (?:5|500|Compute Module 5)/.test(inspection.get('model') ?? '')) return undefined;
  return {
    id: 'gpu-memory',
    said: message(text.reclaimGpu, { mib }),
    gain: mebibytes(mib - LEAST_GPU),
    from: 'firmware',
    command: `echo 'gpu_mem=${String(LEAST_GPU)}' | sudo tee -a ${inspection.has('config') && inspection.get('config') !== '' ? '/boot/firmware' : '/boot'}/config.txt`,
    reboot: true,
  };
}

const LEAST_GPU = 16;

function desktop(inspection: Inspection, processes: Processes): ReclaimOffer | undefined {
  const running = DESKTOP.filter((name) => processes.has(name));
  if (!(inspection.get('default-target') ?? '').includes('graphical') || running.length === 0) return undefined;
  return {
    id: 'desktop',
    said: message(text.reclaimDesktop),
    gain: kibibytes(running.reduce((sum, name) => sum + (processes.get(name) ?? 0), 0)),
    from: 'measured',
    command: 'sudo systemctl set-default multi-user.target',
    reboot: true,
  };
}

/** Swap in compressed memory, where there is none: a board of 1 GiB or less gains the most. */
function zram(inspection: Inspection): ReclaimOffer | undefined {
  const total = Number(/^MemTotal:\s+(\d+)/m.exec(inspection.get('meminfo') ?? '')?.[1] ?? 0);
  const has = swapAreas(inspection.get('swaps') ?? '').some(({ path }) => path.includes('zram'));
  if (has || total === 0 || total > 1024 * 1024) return undefined;
  return {
    id: 'zram',
    said: message(text.reclaimZram),
    // Half the memory as swap at 2:1, the least that lz4 and zstd reach on program data, costs half of what it holds.
    gain: kibibytes(Math.round(total / 4)),
    from: 'assumed',
    command: 'sudo apt-get install zram-tools',
    reboot: false,
  };
}

function daemons(processes: Processes): ReclaimOffer[] {
  return DAEMONS.flatMap(({ process, unit, use }): ReclaimOffer[] => {
    const kib = processes.get(process.slice(0, 15));
    // Less than a mebibyte isn't worth a person's time.
    if (kib === undefined || kib < 1024) return [];
    return [
      {
        id: `daemon-${unit}`,
        said: message(text.reclaimDaemon, { unit, use }),
        gain: kibibytes(kib),
        from: 'measured',
        command: `sudo systemctl disable --now ${unit}`,
        reboot: false,
      },
    ];
  });
}

/** What a board that only runs containers seldom needs. avahi-daemon is not among them: it is how `.local` names work. */
const DAEMONS = [
  { process: 'ModemManager', unit: 'ModemManager', use: 'mobile modems' },
  { process: 'bluetoothd', unit: 'bluetooth', use: 'Bluetooth' },
  { process: 'cupsd', unit: 'cups', use: 'printing' },
  { process: 'cups-browsed', unit: 'cups-browsed', use: 'printing' },
  { process: 'packagekitd', unit: 'packagekit', use: 'graphical updates' },
  { process: 'fwupd', unit: 'fwupd', use: 'PC firmware updates' },
  { process: 'snapd', unit: 'snapd', use: 'snap packages' },
  { process: 'multipathd', unit: 'multipathd', use: 'storage networks' },
  { process: 'udisksd', unit: 'udisks2', use: 'mounting USB disks on a desktop' },
  { process: 'thd', unit: 'triggerhappy', use: 'hotkeys' },
] as const;

/** The kernel cuts process names at fifteen bytes. */
const DESKTOP = [
  'labwc',
  'wayfire',
  'Xorg',
  'lightdm',
  'lxpanel',
  'lxpanel-pi',
  'wf-panel-pi',
  'pcmanfm',
  'wayvnc',
  'pipewire',
  'wireplumber',
  'lxsession',
  'xdg-desktop-por',
];

type Processes = ReadonlyMap<string, number>;

/** Resident KiB by name, summed. */
function processesOf(listing: string): Processes {
  const sums = new Map<string, number>();
  for (const line of listing.split('\n')) {
    const match = /^\s*(\d+)\s+(\S.*?)\s*$/.exec(line);
    if (match?.[2] !== undefined) sums.set(match[2], (sums.get(match[2]) ?? 0) + Number(match[1]));
  }
  return sums;
}
