import { scriptCommand, type RemoteCommand } from '../commands/command.ts';
import { readSections, SHOW } from '../commands/sections.ts';
import { fail, ok } from '../../base/result.ts';

/** What a host printed about itself, by section; a section that is missing or empty says nothing. */
export type Inspection = ReadonlyMap<string, string>;

/**
 * Reads everything that the checks look at, as an ordinary user, changing nothing. The boot files are FAT and
 * readable by everyone; what only root may read is left out rather than asked for.
 */
export const inspect: RemoteCommand<Inspection> = scriptCommand(
  {
    name: 'inspect',
    text: `${SHOW}
show done echo begun
show model cat /proc/device-tree/model
show os cat /etc/os-release
show controllers cat /sys/fs/cgroup/cgroup.controllers
show subtree cat /sys/fs/cgroup/cgroup.subtree_control
show memory-v1 ls -d /sys/fs/cgroup/memory/memory.limit_in_bytes
show swap-v1 ls -d /sys/fs/cgroup/memory/memory.memsw.limit_in_bytes
show swap-v2 ls -d /sys/fs/cgroup/system.slice/memory.swap.max
show kernel-line cat /proc/cmdline
show kernel uname -r
show machine uname -m
show userland dpkg --print-architecture
show pagesize getconf PAGESIZE
show meminfo cat /proc/meminfo
show swaps cat /proc/swaps
for zram in /sys/block/zram*; do
  [ -e "$zram" ] || continue
  show zram-size cat "$zram/disksize"
  show zram-used cat "$zram/mm_stat"
  show zram-backing cat "$zram/backing_dev"
done
show pressure cat /proc/pressure/memory
show user id -un
show groups id -Gn
show docker-group getent group docker
show mounts cat /proc/mounts
for file in /boot/firmware/cmdline.txt /boot/cmdline.txt /media/mmcblk0p1/cmdline.txt; do
  [ -f "$file" ] && show "file.$(printf %s "$file" | tr / _)" cat "$file"
done
show config cat /boot/firmware/config.txt
show config-old cat /boot/config.txt
show throttled vcgencmd get_throttled
show gpu-memory vcgencmd get_mem gpu
for alarm in /sys/class/hwmon/hwmon*/in0_lcrit_alarm; do [ -e "$alarm" ] && show voltage-alarm cat "$alarm"; done
show time date +%s
show synchronised timedatectl show -p NTPSynchronized --value
root=$(docker info --format '{{.DockerRootDir}}' 2>/dev/null)
show docker-root echo "\${root:-/var/lib/docker}"
show disk df -Pk "\${root:-/var/lib/docker}"
show disk-root df -Pk /
for card in /sys/block/mmcblk*/device; do
  [ -e "$card/type" ] || continue
  show card-type cat "$card/type"
  show card-life cat "$card/life_time"
  show card-name cat "$card/name"
  show card-date cat "$card/date"
done
show sshd-config sh -c 'cat /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf'
show default-target readlink -f /etc/systemd/system/default.target
show processes ps -eo rss=,comm=
show docker docker --version
show compose docker compose version --short
show compose1 docker-compose version --short
show end echo done
exit 0
`,
  },
  ({ stdout }) => {
    const sections = readSections(stdout);
    return sections.has('end') ? ok(sections) : fail('the inspection did not get to its end');
  },
  60_000,
);
