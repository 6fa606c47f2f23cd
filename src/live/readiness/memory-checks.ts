import { message } from '../../base/message.ts';
import { command, result, section, type Check, type CheckResult, type Evidence } from './check.ts';
import { MEMORY_CGROUP, planCmdline, PRESSURE } from './cmdline.ts';
import { text } from './text.ts';

/** Whether limits bite at all. `/proc/cgroups` is not asked: it knows version 1 alone and misleads on new kernels. */
export const memoryCgroup: Check = (evidence) => {
  const id = 'memory-cgroup';
  if (memoryCgroupOn(evidence)) return result(id, 'ok', text.memoryCgroupOn);
  const why = message(text.memoryCgroupWhy);
  const plan = planCmdline(evidence.inspection, MEMORY_CGROUP);
  if (plan.kind === 'present') {
    const booted = /\bcgroup_enable=memory\b/.test(section(evidence, 'kernel-line') ?? '');
    return result(id, 'bad', text.memoryCgroupOff, {
      why,
      fix: booted ? { kind: 'advice', advice: message(text.memoryCgroupKernel) } : command('sudo reboot', true),
    });
  }
  return result(id, 'bad', text.memoryCgroupOff, { why, fix: { kind: 'cmdline', plan } });
};

export function memoryCgroupOn(evidence: Evidence): boolean {
  const controllers = section(evidence, 'controllers');
  return controllers === undefined ? section(evidence, 'memory-v1') !== undefined : controllers.split(/\s+/).includes('memory');
}

export const swapAccounting: Check = (evidence) => {
  if (!memoryCgroupOn(evidence)) return undefined;
  const on = evidence.info?.swapLimit ?? (section(evidence, 'swap-v1') ?? section(evidence, 'swap-v2')) !== undefined;
  if (on) return result('swap-accounting', 'ok', text.swapAccountingOn);
  return result('swap-accounting', 'hint', text.swapAccountingOff, { why: message(text.swapAccountingWhy) });
};

/** Size and place of swap. On the card it is wear and waiting; none at all leaves no slack. */
export const swap: Check = (evidence) => {
  const areas = swapAreas(section(evidence, 'swaps') ?? '');
  const total = areas.reduce((sum, { mib }) => sum + mib, 0);
  if (total === 0) {
    return result('swap', 'warning', text.swapNone, {
      why: message(text.swapNoneWhy),
      fix: { kind: 'advice', advice: message(text.swapNoneFix) },
    });
  }
  const card = areas.filter(({ path }) => !path.includes('zram'));
  const backed = (section(evidence, 'zram-backing') ?? 'none') !== 'none';
  if (card.length > 0 && onCard(evidence)) {
    const mib = card.reduce((sum, area) => sum + area.mib, 0);
    return result('swap', 'warning', message(text.swapOnCard, { mib }), {
      why: message(text.swapOnCardWhy),
      fix: { kind: 'advice', advice: message(text.swapOnCardFix) },
    });
  }
  if (backed && onCard(evidence)) {
    return result('swap', 'hint', message(text.swapWriteback, { mib: total }), {
      why: message(text.swapOnCardWhy),
      fix: command(WRITEBACK_OFF, true),
    });
  }
  return result('swap', 'ok', message(card.length === 0 ? text.swapZram : text.swapDisk, { mib: total }));
};

/** Trixie's rpi-swap; its generator reads the drop-ins. */
const WRITEBACK_OFF =
  "sudo mkdir -p /etc/rpi/swap.conf.d && printf '[Main]\\nMechanism=zram\\n' | sudo tee /etc/rpi/swap.conf.d/80-zram.conf";

export const pressure: Check = (evidence): CheckResult => {
  if (section(evidence, 'pressure') !== undefined) return result('pressure', 'ok', text.pressureOn);
  const plan = planCmdline(evidence.inspection, PRESSURE);
  const why = message(text.pressureWhy);
  return result('pressure', 'hint', text.pressureOff, plan.kind === 'edit' ? { why, fix: { kind: 'cmdline', plan } } : { why });
};

interface SwapArea {
  readonly path: string;
  readonly mib: number;
}

export function swapAreas(swaps: string): SwapArea[] {
  return swaps.split('\n').flatMap((line) => {
    const [path = '', type, kib] = line.trim().split(/\s+/);
    return (type === 'partition' || type === 'file') && Number(kib) > 0 ? [{ path, mib: Math.round(Number(kib) / 1024) }] : [];
  });
}

export function onCard(evidence: Evidence): boolean {
  const root = (section(evidence, 'mounts') ?? '').split('\n').find((line) => line.split(' ')[1] === '/');
  const kernelRoot = /\broot=(\S+)/.exec(section(evidence, 'kernel-line') ?? '')?.[1] ?? '';
  return (
    `${root ?? ''} ${kernelRoot}`.includes('mmcblk') ||
    ((root ?? '').startsWith('/dev/root ') && section(evidence, 'card-type') !== undefined)
  );
}
