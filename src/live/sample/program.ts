/**
 * A constant program for any POSIX shell and awk (dash, busybox, mawk, gawk, bwk): it prints one frame for each line that
 * it is sent, and ends when its input does. The letters of a frame stand in `fields.ts`. Its one argument is a folder
 * to take for the root of the file system, for tests.
 *
 * mawk would read its piped input in whole buffers, so it is told to be interactive; it then reads files by line too,
 * which is why `whole` puts them together. Where a field stands is the same for all containers of a kernel, so it is
 * looked up once (`at`). memory.stat is only read again when the usage moved, or nears the limit, where thrashing shows
 * in it alone; what changes rarely is read in every fifth tick, spread over the containers.
 *
 * Throttling is asked of vcgencmd, rarely, because that is a process: the firmware's own file get_throttled makes the
 * kernel log a warning with a stack trace when it is read (drivers/firmware/raspberrypi.c).
 */
export const SAMPLER_PROGRAM = String.raw`LC_ALL=C; export LC_ALL
root=${'$'}{1-}
g=$root/sys/fs/cgroup; v=0
if [ -f "$g/cgroup.controllers" ]; then
  case " $(cat "$g/cgroup.controllers" 2>/dev/null) " in *" memory "*) v=2 ;; esac
elif [ -f "$g/memory/memory.limit_in_bytes" ]; then g=$g/memory; v=1
else
  for d in pids cpu,cpuacct cpu cpuacct devices systemd; do
    if [ -d "$g/$d" ]; then g=$g/$d; break; fi
  done
fi
cd "$g" 2>/dev/null || cd /
u=
for f in "$root"/sys/class/hwmon/hwmon*/in0_lcrit_alarm; do
  if [ -r "$f" ]; then u=$f; break; fi
done
t=$root/usr/bin/vcgencmd
[ -x "$t" ] || t=
z=
for f in "$root"/sys/block/zram*/mm_stat; do
  if [ -r "$f" ]; then z="$z $f"; fi
done
h='[0-9a-f]'; h=$h$h$h$h; h=$h$h$h$h; h=$h$h$h$h
w=
case $(awk -W version </dev/null 2>&1) in mawk*) w='-W interactive' ;; esac
case $(getconf PAGESIZE 2>/dev/null) in *[!0-9]* | "") ps=4096 ;; *) ps=$(getconf PAGESIZE) ;; esac
exec awk $w -v ps="$ps" -v root="$root" -v cg="$v" -v hex="$h" -v throttle="$t" -v volt="$u" -v zram="$z" '
function whole(f,  l, all) { all = ""; while ((getline l < f) > 0) all = all " " l; close(f); $0 = all; return NF > 0 }
function first(f,  l) { l = ""; if ((getline l < f) < 1) l = ""; close(f); return l }
function pages(v) { return v == "" ? "" : v / 4096 }
function kb(name,  v) { v = field(name); return v == "" ? "" : v / 4 }
function field(name,  p) {
  p = at[name]
  if (p > 1 && p <= NF && $(p - 1) == name) return $p
  if (p < 0 && -p == NF) return ""
  for (p = 1; p < NF; p++) if ($p == name) { at[name] = p + 1; return $(p + 1) }
  at[name] = -NF
  return ""
}
function put(s, k, v,  o, d) {
  o = was[s, k]
  if (v == "") { if (o != "") { rec = rec k "!"; was[s, k] = "" } return }
  v = int(v + 0.5)
  if (o != "" && v == o) return
  d = v - o
  rec = rec (d < 0 ? toupper(k) (-d) : k d)
  was[s, k] = v
}
function send(text) {
  if (length(line) + length(text) > 1000) flush_line()
  line = line (line == "" ? "" : " ") text
}
function flush_line() { if (line != "") { print line; size += length(line); line = "" } }
function close_record(head) { if (rec != "") { send(head rec); rec = "" } }
function forget(s,  i) { for (i = 1; i <= nk; i++) delete was[s, letter[i]] }
function scan(  d, n, id, c, s, taken) {
  c = "find . -type d -name \"*" hex "*\" -prune 2>/dev/null"
  for (s in path) taken[path[s]] = s
  while ((c | getline d) > 0) {
    if (d in taken) continue
    n = d; sub(/\.scope$/, "", n); sub(/.*\//, "", n)
    id = substr(n, length(n) - 63)
    if (length(id) != 64 || id ~ /[^0-9a-f]/ || n ~ /conmon/) continue
    if (length(n) > 64 && substr(n, length(n) - 64, 1) ~ /[0-9a-f]/) continue
    for (s = 1; s in path; s++);
    if (s > 2000) break
    if (s > slots) slots = s
    path[s] = d; ident[s] = id; fresh[s] = 1; taken[d] = s
  }
  close(c)
}
function gone(s) { send("-" s); delete path[s]; delete ident[s]; forget(s) }
function v2(s, p, all,  c, l, k, n) {
  c = first(p "/memory.current")
  if (c == "") return 0
  put(s, "c", c / 4096)
  if (all || (tick + s) % 5 == 0) {
    l = first(p "/memory.max"); limit[s] = l == "max" ? 0 : l
    put(s, "l", pages(limit[s]))
    put(s, "p", pages(first(p "/memory.peak")))
    put(s, "w", pages(first(p "/memory.swap.current")))
    l = first(p "/memory.swap.max")
    put(s, "v", l == "max" ? 0 : l == "" ? "" : l / 4096 + 1)
    if (whole(p "/memory.pressure") && $5 ~ /^total=/) { put(s, "y", substr($5, 7) / 1000); put(s, "z", $10 ~ /^total=/ ? substr($10, 7) / 1000 : "") }
    l = all || c != seen[s]
  } else l = c != seen[s] || (limit[s] > 0 && c + 0 > limit[s] * 0.85)
  if (all || l || (tick + s) % 2 == 0) if (whole(p "/memory.events")) {
    put(s, "m", field("max")); put(s, "o", field("oom")); put(s, "x", field("oom_kill"))
  }
  if (!l && (tick + s) % 5 != 2) return 1
  seen[s] = c
  if (!whole(p "/memory.stat")) return 1
  put(s, "i", pages(field("inactive_file"))); put(s, "a", pages(field("anon")))
  put(s, "f", pages(field("file"))); put(s, "s", pages(field("shmem")))
  k = field("kernel")
  if (k == "") { k = field("kernel_stack"); if (k != "") k += field("pagetables") + field("percpu") + field("slab") }
  put(s, "k", pages(k))
  n = field("workingset_refault_file")
  put(s, "r", n == "" ? field("workingset_refault") : n + field("workingset_refault_anon"))
  put(s, "j", field("pgmajfault"))
  return 1
}
function v1(s, p, all,  c, l, n) {
  c = first(p "/memory.usage_in_bytes")
  if (c == "") return 0
  put(s, "c", c / 4096)
  if (all || (tick + s) % 5 == 0) {
    l = first(p "/memory.limit_in_bytes"); limit[s] = l + 0 > 1e18 ? 0 : l
    put(s, "l", pages(limit[s]))
    put(s, "p", pages(first(p "/memory.max_usage_in_bytes")))
    n = first(p "/memory.memsw.limit_in_bytes")
    put(s, "v", n == "" ? "" : n + 0 > 1e18 ? 0 : (n - l) / 4096 + 1)
    l = all || c != seen[s]
  } else l = c != seen[s] || (limit[s] > 0 && c + 0 > limit[s] * 0.85)
  if (all || l || (tick + s) % 2 == 0) {
    put(s, "m", first(p "/memory.failcnt"))
    if (whole(p "/memory.oom_control")) put(s, "x", field("oom_kill"))
  }
  if (!l && (tick + s) % 5 != 2) return 1
  seen[s] = c
  put(s, "k", pages(first(p "/memory.kmem.usage_in_bytes")))
  if (!whole(p "/memory.stat")) return 1
  put(s, "i", pages(field("total_inactive_file"))); put(s, "a", pages(field("total_rss")))
  put(s, "f", pages(field("total_cache"))); put(s, "s", pages(field("total_shmem")))
  put(s, "w", pages(field("total_swap")))
  n = field("total_workingset_refault_file")
  put(s, "r", n == "" ? field("total_workingset_refault") : n + field("total_workingset_refault_anon"))
  put(s, "j", field("total_pgmajfault"))
  return 1
}
function procs(s, p,  f, n, i, q, pid, a, m, w, r) {
  f = p "/cgroup.procs"; n = 0
  while ((r = (getline q < f)) > 0) if (n < 500) pid[++n] = q
  close(f)
  if (r < 0) return 0
  if (n == 0 && (getline q < (p "/container/cgroup.procs")) > 0) {
    pid[++n] = q
    while ((getline q < (p "/container/cgroup.procs")) > 0) if (n < 500) pid[++n] = q
  }
  close(p "/container/cgroup.procs")
  a = m = w = seen_any = 0
  for (i = 1; i <= n; i++) if (whole(root "/proc/" pid[i] "/status")) {
    q = field("RssAnon:"); if (q == "") continue
    seen_any = 1; a += q; w += field("VmSwap:"); q = field("RssShmem:"); if (q + 0 > m) m = q + 0
  }
  put(s, "n", n); put(s, "a", seen_any ? a / 4 : ""); put(s, "s", seen_any ? m / 4 : ""); put(s, "w", seen_any ? w / 4 : "")
  return 1
}
function host(all,  n, i, list, zrams, d, m) {
  if (whole(root "/proc/meminfo")) {
    put(0, "t", kb("MemTotal:")); put(0, "v", kb("MemAvailable:")); put(0, "f", kb("MemFree:"))
    put(0, "c", kb("Cached:")); put(0, "b", kb("Buffers:")); put(0, "r", kb("SReclaimable:"))
    put(0, "s", kb("Shmem:")); put(0, "a", kb("AnonPages:")); put(0, "w", kb("SwapTotal:")); put(0, "x", kb("SwapFree:"))
  }
  if (whole(root "/proc/vmstat")) {
    put(0, "i", field("pswpin")); put(0, "o", field("pswpout")); put(0, "j", field("pgmajfault")); put(0, "k", field("oom_kill"))
    n = field("workingset_refault_file"); put(0, "g", n == "" ? field("workingset_refault") : n)
  }
  if (whole(root "/proc/pressure/memory") && $5 ~ /^total=/) { put(0, "y", substr($5, 7) / 1000); put(0, "z", substr($10, 7) / 1000) }
  if (!all && tick % 5 != 0) return
  n = first(root "/sys/class/thermal/thermal_zone0/temp"); put(0, "h", n == "" ? "" : n / 100)
  if (volt != "") put(0, "e", first(volt))
  if (throttle != "" && tick % (all ? 4 : 30) == 0) {
    n = throttle " get_throttled 2>/dev/null"; list = ""; n | getline list; close(n); put(0, "u", hexnum(list))
  }
  n = split(zram, zrams, " ")
  for (i = 1; i <= n; i++) if (whole(zrams[i])) { d += $1; m += $3 }
  if (d != "") { put(0, "d", d / 4096); put(0, "m", m / 4096) }
  if (tick % 30 == 0) footprint()
}
function hexnum(text,  i, n) {
  sub(/^.*0x/, "", text); text = tolower(text)
  if (text == "" || text ~ /[^0-9a-f]/) return ""
  for (i = 1; i <= length(text); i++) n = n * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
  return n
}
function footprint(  own, up) {
  if (whole("/proc/self/smaps_rollup")) own = field("Pss:")
  else if (whole("/proc/self/status")) own = field("VmRSS:")
  if (own == "") return
  if (whole("/proc/self/stat")) { up = $4; if (whole("/proc/" up "/smaps_rollup")) own += field("Pss:"); else if (whole("/proc/" up "/status")) own += field("RssAnon:") }
  put(0, "q", own / 4)
}
BEGIN {
  CONVFMT = OFMT = "%.0f"
  nk = split("c i a f s k w l p r j m o x y z v n t b g h u e d q", letter, " ")
  print "headroom 1 " cg " " ps; fflush()
  while ((getline asked) > 0) {
    if (asked !~ /^t[asf]*$/) continue
    all = tick == 0 || asked ~ /[af]/
    size = 0; line = ""; rec = ""
    if (asked ~ /f/) { forget(0); for (s in path) { forget(s); fresh[s] = 1 } }
    if (tick == 0 || asked ~ /[sf]/) scan()
    host(all); close_record("h")
    for (s = 1; s <= slots; s++) if (s in path) {
      if (s in fresh) send("+" s "=" ident[s])
      f = all || (s in fresh); delete fresh[s]
      ok = cg == 2 ? v2(s, path[s], f) : cg == 1 ? v1(s, path[s], f) : 0
      if (!ok && !procs(s, path[s])) { rec = ""; gone(s); continue }
      close_record(s)
    }
    flush_line()
    print "." tick++ " " size; fflush()
  }
}
'
`;
