import { message, type Message } from '../../base/message.ts';
import { fail, ok } from '../../base/result.ts';
import { asRoot, type Sudo } from '../commands/sudo.ts';
import { scriptArgv, type RemoteCommand } from '../commands/command.ts';
import { readSections } from '../commands/sections.ts';
import type { Inspection } from './inspect.ts';
import { text } from './text.ts';

/** A change of the kernel's command line as data: shown before, carried out only as shown, or refused with a reason. */
export type CmdlinePlan =
  | {
      readonly kind: 'edit';
      readonly path: string;
      readonly before: string;
      readonly after: string;
      readonly added: readonly string[];
    }
  | { readonly kind: 'present'; readonly path: string }
  | { readonly kind: 'refused'; readonly why: Message };

/** What switches the memory cgroup on. `cgroup_memory=1`, which many guides add, is not needed (linux#7442). */
export const MEMORY_CGROUP = ['cgroup_enable=memory'] as const;
export const PRESSURE = ['psi=1'] as const;

/** In the order of systems: Bookworm and later and Ubuntu, Bullseye and earlier, Alpine. */
const FILES = ['/boot/firmware/cmdline.txt', '/boot/cmdline.txt', '/media/mmcblk0p1/cmdline.txt'];

export function planCmdline(inspection: Inspection, parameters: readonly string[]): CmdlinePlan {
  const refuse = (template: string, data = {}): CmdlinePlan => ({ kind: 'refused', why: message(template, data) });
  const found = FILES.map((path) => ({ path, content: inspection.get(`file.${path.replaceAll('/', '_')}`) }));
  // Bookworm leaves a stub at the old place that says where the file has gone.
  const file = found.find(({ content }) => content !== undefined && content !== '' && !/DO NOT EDIT|has moved/i.test(content));
  if (file?.content === undefined) return refuse(text.cmdlineNone);
  const { path, content } = file;
  const lines = content.split('\n').filter((line) => line.trim() !== '');
  const [line = ''] = lines;
  if (lines.length !== 1) return refuse(text.cmdlineLines, { path, count: lines.length });
  if (!/\broot=/.test(line)) return refuse(text.cmdlineStrange, { path });
  const mount = mountOf(inspection.get('mounts') ?? '', path);
  if (overlayRoot(inspection)) return refuse(text.cmdlineOverlay, { path });
  if (mount?.options.includes('ro') === true) return refuse(text.cmdlineReadOnly, { path, folder: mount.folder });
  const words = line.trim().split(/\s+/);
  const added = parameters.filter((parameter) => !words.includes(parameter));
  if (added.length === 0) return { kind: 'present', path };
  // What says the contrary in the same file would win or lose by its place; it goes.
  const contrary = parameters.map((parameter) => CONTRARY[parameter]).filter((word) => word !== undefined);
  const kept = words.filter((word) => !contrary.includes(word));
  return { kind: 'edit', path, before: content, after: [...kept, ...added].join(' '), added };
}

const CONTRARY: Readonly<Record<string, string>> = { 'cgroup_enable=memory': 'cgroup_disable=memory', 'psi=1': 'psi=0' };

/**
 * Carries the plan out as root. It stops before anything is written if the file is not as shown any more; the new
 * file is complete on the card before it takes the old one's name, and the old one stays beside it.
 */
export function applyCmdline(plan: CmdlinePlan & { kind: 'edit' }, sudo: Sudo): RemoteCommand<{ readonly backup: string }> {
  const argv = scriptArgv({ name: 'edit-cmdline', text: SCRIPT, args: [plan.path, plan.before, plan.after] });
  return {
    ...asRoot(argv, sudo, SCRIPT),
    timeoutMs: 60_000,
    parse({ stdout }) {
      const backup = readSections(stdout).get('backup');
      return backup === undefined ? fail('no backup was named') : ok({ backup });
    },
  };
}

export function reboot(sudo: Sudo): RemoteCommand<void> {
  // The connection may go before the exit code comes.
  return { ...asRoot(['systemctl', 'reboot'], sudo), exits: 'any', parse: () => ok(undefined) };
}

const SCRIPT = `set -eu
path=$1 before=$2 after=$3
words() { tr -s '[:space:]' ' ' | sed 's/^ //; s/ $//'; }
[ "$(words < "$path")" = "$(printf %s "$before" | words)" ] || { echo 'the file has changed since it was shown' >&2; exit 21; }
backup="$path.headroom-$(date +%Y%m%d%H%M%S)"
temporary="$path.headroom-new"
cp -p "$path" "$backup"
printf '%s\\n' "$after" > "$temporary"
[ "$(cat "$temporary")" = "$after" ] && [ "$(grep -c '' "$temporary")" = 1 ] || { rm -f "$temporary"; echo 'the new file came out wrong' >&2; exit 22; }
sync "$temporary" "$backup" 2>/dev/null || sync
mv -f "$temporary" "$path"
sync
[ "$(cat "$path")" = "$after" ] || { cp -p "$backup" "$path"; sync; echo 'the file did not stay as written; the old one is back' >&2; exit 23; }
printf '== backup\\n %s\\n' "$backup"
`;

interface Mount {
  readonly folder: string;
  readonly type: string;
  readonly options: readonly string[];
}

export function mountOf(mounts: string, path: string): Mount | undefined {
  const all = mounts.split('\n').map((line): Mount => {
    const [, folder = '', type = '', options = ''] = line.split(' ');
    return { folder, type, options: options.split(',') };
  });
  const holds = all.filter(({ folder }) => folder !== '' && (folder === '/' || path === folder || path.startsWith(`${folder}/`)));
  // The last of equal depth lies on top.
  return holds.reduce<Mount | undefined>(
    (best, each) => (best === undefined || each.folder.length >= best.folder.length ? each : best),
    undefined,
  );
}

/** raspi-config's overlay file system: what is written is gone after the reboot, also to a boot folder mounted below it. */
function overlayRoot(inspection: Inspection): boolean {
  return (
    mountOf(inspection.get('mounts') ?? '', '/')?.type === 'overlay' ||
    /\bboot=overlay\b|\boverlayroot=/.test(inspection.get('kernel-line') ?? '')
  );
}
