import { message } from '../../base/message.ts';
import { result, section, type Check } from './check.ts';
import { onCard } from './memory-checks.ts';
import { text } from './text.ts';

export const userland: Check = (evidence) => {
  const programs = section(evidence, 'userland');
  const kernel64 = (section(evidence, 'machine') ?? '').endsWith('64');
  if (programs === undefined) return kernel64 ? result('userland', 'ok', text.userland64) : undefined;
  if (programs === 'arm64' || programs === 'amd64') return result('userland', 'ok', text.userland64);
  return result('userland', 'warning', message(kernel64 ? text.userlandMixed : text.userland32, { programs }), {
    why: message(text.userlandWhy),
    fix: { kind: 'advice', advice: message(text.userlandFix) },
  });
};

/** The Pi 5's own kernel has pages of 16 KiB, with which some images' allocators don't start. */
export const pageSize: Check = (evidence) => {
  const size = Number(section(evidence, 'pagesize'));
  if (!(size > 0)) return undefined;
  if (size === 4096) return result('page-size', 'ok', message(text.pageSize, { kib: 4 }));
  return result('page-size', 'hint', message(text.pageSize, { kib: size / 1024 }), {
    why: message(text.pageSizeWhy),
    fix: { kind: 'command', command: "echo 'kernel=kernel8.img' | sudo tee -a /boot/firmware/config.txt", reboot: true },
  });
};

/** `vcgencmd get_throttled`: bits 0–3 hold now, 16–19 have held since the start. */
export const throttling: Check = (evidence) => {
  const word = /throttled=0x([0-9a-f]+)/i.exec(section(evidence, 'throttled') ?? '')?.[1];
  const alarm = section(evidence, 'voltage-alarm');
  if (word === undefined && alarm === undefined) {
    return section(evidence, 'model') === undefined ? undefined : result('throttling', 'unknown', text.throttlingUnknown);
  }
  const bits = Number.parseInt(word ?? '0', 16);
  const has = (bit: number): boolean => (bits & (1 << bit)) !== 0;
  const fix = { kind: 'advice', advice: message(text.voltageFix) } as const;
  if (has(0) || alarm === '1') return result('throttling', 'bad', text.voltageNow, { why: message(text.voltageWhy), fix });
  if (has(16)) return result('throttling', 'warning', text.voltageSince, { why: message(text.voltageWhy), fix });
  const hot = { why: message(text.heatWhy), fix: { kind: 'advice', advice: message(text.heatFix) } as const };
  if (has(1) || has(2) || has(3)) return result('throttling', 'warning', text.heatNow, hot);
  if (has(17) || has(18) || has(19)) return result('throttling', 'hint', text.heatSince, hot);
  return result('throttling', 'ok', text.throttlingNone);
};

/** A Pi has no clock of its own that survives the plug: certificates and image pulls fail when it is wrong. */
export const clock: Check = (evidence) => {
  const there = Number(section(evidence, 'time')) * 1000;
  if (!(there > 0)) return undefined;
  const seconds = Math.round((there - evidence.now) / 1000);
  if (Math.abs(seconds) > 120) {
    return result('clock', 'warning', message(text.clockOff, { seconds: Math.abs(seconds) }), {
      why: message(text.clockWhy),
      fix: { kind: 'command', command: 'sudo timedatectl set-ntp true', reboot: false },
    });
  }
  const synchronised = section(evidence, 'synchronised');
  return result(
    'clock',
    synchronised === 'no' ? 'hint' : 'ok',
    synchronised === 'no' ? text.clockUnsynchronised : text.clockRight,
  );
};

/** eMMC says how much of its life is used, in tenths; SD cards don't. */
export const card: Check = (evidence) => {
  if (!onCard(evidence)) return undefined;
  const worst = Math.max(
    0,
    ...(section(evidence, 'card-life') ?? '').split(/\s+/).map((value) => Number.parseInt(value, 16) || 0),
  );
  if (worst >= 9)
    return result('card', 'bad', message(text.cardWorn, { percent: Math.min(100, worst * 10) }), { why: message(text.cardWhy) });
  if (worst > 0) return result('card', 'ok', message(text.cardLife, { percent: worst * 10 }));
  return result('card', 'hint', text.cardSd, {
    why: message(text.cardWhy),
    fix: { kind: 'advice', advice: message(text.cardFix) },
  });
};

export const sshd: Check = (evidence) => {
  const config = section(evidence, 'sshd-config');
  if (config === undefined) return undefined;
  const value = (key: string): string | undefined => new RegExp(`^\\s*${key}\\s+(\\S+)`, 'im').exec(config)?.[1]?.toLowerCase();
  const forwarding = value('AllowStreamLocalForwarding');
  if (forwarding === 'no' || forwarding === 'remote' || value('DisableForwarding') === 'yes') {
    return result('sshd', 'hint', text.sshdForwarding, { why: message(text.sshdForwardingWhy) });
  }
  const sessions = Number(value('MaxSessions') ?? 10);
  if (sessions < 4)
    return result('sshd', 'warning', message(text.sshdSessions, { sessions }), { why: message(text.sshdSessionsWhy) });
  return result('sshd', 'ok', text.sshdFine);
};
