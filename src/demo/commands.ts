import type { RemoteScript } from '../live/commands/command.ts';
import { SHOW } from '../live/commands/sections.ts';
import { findEngines } from '../live/docker/socket.ts';
import { fileOf, KERNEL_RELEASE } from './files.ts';
import { CMDLINE_PATH, type DemoPi } from './pi.ts';

export interface DemoAnswer {
  readonly stdout: string;
  readonly stderr?: string;
  readonly exitCode: number;
}

/**
 * Answers the constant commands and scripts that Headroom sends, from the model. Nothing here runs a program, and
 * what isn't known is refused like a program that is not installed.
 */
export function answerCommand(pi: DemoPi, words: readonly string[], input: string): DemoAnswer {
  const argv = words[0] === 'sudo' ? withoutSudo(words) : words;
  const [program = '', ...args] = argv;
  if (program === 'sh' && args[0] === '-s') return answerScript(pi, input, args.slice(2));
  if (program === 'true') return said('');
  if (program === 'systemctl' && args[0] === 'reboot') {
    pi.clock.after(50, () => pi.reboot());
    return said('');
  }
  const compose = program === 'docker' && args[0] === 'compose' ? answerCompose(pi, args.slice(1)) : undefined;
  return compose ?? answerProgram(pi, argv);
}

function answerScript(pi: DemoPi, script: string, args: readonly string[]): DemoAnswer {
  if (script === findEngines.input) {
    return said('user demo\ngroups demo adm sudo video docker\nlisted yes\nprogram docker\nsocket yes /var/run/docker.sock\n');
  }
  if (script.startsWith(SHOW)) return said(sections(pi, script));
  const [path, before, after] = args;
  if (path === CMDLINE_PATH && before !== undefined && after !== undefined) return editCmdline(pi, before, after);
  return { stdout: '', stderr: 'This is the demo Pi. It runs no programs.\n', exitCode: 127 };
}

/** An inspection is a list of `show name command`; each command is answered as if it were run. */
function sections(pi: DemoPi, script: string): string {
  const printed: string[] = [];
  const show = (name: string, text: string): void => {
    const lines = text.replaceAll('\0', '').replace(/\n$/, '').split('\n');
    printed.push(`== ${name}\n${text === '' ? '' : lines.map((line) => ` ${line}\n`).join('')}`);
  };
  for (const [, name = '', command = ''] of script.matchAll(/\bshow ([\w.-]+) ([^;\n]+)/g)) {
    show(name, SECTIONS[name] ?? answerProgram(pi, shellWords(command)).stdout);
  }
  if (script.includes('show "file.$(')) {
    for (const path of [CMDLINE_PATH, '/boot/cmdline.txt']) show(`file.${path.replaceAll('/', '_')}`, fileOf(pi, path) ?? '');
  }
  // Whoever reads them wants `end` last.
  return printed.sort((one, other) => Number(one.startsWith('== end')) - Number(other.startsWith('== end'))).join('');
}

/** What hides behind a loop over device files. */
const SECTIONS: Readonly<Record<string, string | undefined>> = {
  'zram-size': '436289536\n',
  'zram-backing': '/dev/loop0\n',
  'voltage-alarm': '0\n',
  'card-type': 'SD\n',
  'card-name': 'DEMO1\n',
  'card-date': '03/2024\n',
  'card-life': '',
  'docker-root': '/var/lib/docker\n',
  'sshd-config': 'KbdInteractiveAuthentication no\nUsePAM yes\n',
};

function answerProgram(pi: DemoPi, argv: readonly string[]): DemoAnswer {
  const line = argv.join(' ');
  if (argv[0] === 'cat') return readFiles(pi, argv.slice(1));
  if (argv[0] === 'head') return readFiles(pi, argv.slice(-1));
  if (argv[0] === 'ls') return fileOf(pi, argv.at(-1) ?? '') === undefined ? failed(2) : said(`${argv.at(-1) ?? ''}\n`);
  if (argv[0] === 'echo') return said(`${argv.slice(1).join(' ')}\n`);
  if (argv[0] === 'df')
    return said(`Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/root 30000000 9100000 19600000 32% /\n`);
  if (argv[0] === 'date') return said(`${String(Math.floor(pi.clock.wall() / 1000))}\n`);
  const known = PROGRAMS[line];
  return known === undefined
    ? { stdout: '', stderr: `${argv[0] ?? ''}: this is the demo Pi\n`, exitCode: 127 }
    : said(`${known}\n`);
}

const PROGRAMS: Readonly<Record<string, string | undefined>> = {
  'uname -n': 'demo-pi',
  'uname -r': KERNEL_RELEASE,
  'uname -m': 'aarch64',
  'dpkg --print-architecture': 'arm64',
  'getconf LONG_BIT': '64',
  'getconf PAGESIZE': '4096',
  'grep -c ^processor /proc/cpuinfo': '4',
  'grep -m1 -i ^CPU architecture /proc/cpuinfo': 'CPU architecture: 8',
  'readlink /etc/systemd/system/default.target': '/lib/systemd/system/multi-user.target',
  'readlink -f /etc/systemd/system/default.target': '/usr/lib/systemd/system/multi-user.target',
  'docker --version': 'Docker version 28.5.1, build demo',
  'docker compose version --short': '2.40.0',
  'vcgencmd get_throttled': 'throttled=0x0',
  'vcgencmd get_mem gpu': 'gpu=64M',
  'vcgencmd measure_temp': "temp=52.1'C",
  'id -un': 'demo',
  'id -Gn': 'demo adm sudo video docker',
  'getent group docker': 'docker:x:990:demo',
  'timedatectl show -p NTPSynchronized --value': 'yes',
  'ps -eo rss=,comm=':
    ' 62000 dockerd\n 31000 containerd\n  9000 systemd\n 11800 ModemManager\n  5200 bluetoothd\n  4100 avahi-daemon',
};

function readFiles(pi: DemoPi, paths: readonly string[]): DemoAnswer {
  const texts = paths.map((path) => fileOf(pi, path));
  return { stdout: texts.map((text) => text ?? '').join(''), exitCode: texts.includes(undefined) ? 1 : 0 };
}

/** The same checks as the real script makes, on a file that is only remembered. */
function editCmdline(pi: DemoPi, before: string, after: string): DemoAnswer {
  const now = fileOf(pi, CMDLINE_PATH) ?? '';
  if (now.trimEnd() !== before.trimEnd())
    return { stdout: '', stderr: 'the file has changed since it was shown\n', exitCode: 21 };
  if (after.includes('\n')) return { stdout: '', stderr: 'the new file came out wrong\n', exitCode: 22 };
  const backup = `${CMDLINE_PATH}.headroom-demo`;
  pi.written.set(backup, now);
  pi.written.set(CMDLINE_PATH, `${after}\n`);
  return said(`== backup\n ${backup}\n`);
}

/** `up --force-recreate` is how a container gets the limit that was thrown away when it was created. */
function answerCompose(pi: DemoPi, args: readonly string[]): DemoAnswer | undefined {
  if (!args.includes('up')) return undefined;
  const wanted = pi.containers.filter(({ spec }) => spec.service !== undefined && args.includes(spec.service));
  for (const container of wanted) pi.recreate(container);
  return { stdout: '', stderr: wanted.map(({ spec }) => ` Container ${spec.name}  Started\n`).join(''), exitCode: 0 };
}

function withoutSudo(words: readonly string[]): readonly string[] {
  let at = 1;
  while (words[at]?.startsWith('-') === true) at += words[at] === '-p' ? 2 : 1;
  return words.slice(at);
}

/** Takes apart what `shellLine` put together, and the plain lines of our own scripts. */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const [part] of line.matchAll(/'[^']*'|"[^"]*"|\\.|\s+|[^\s'"\\]+/gs)) {
    if (/^\s/.test(part)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + (/^['"]/.test(part) ? part.slice(1, -1) : part.startsWith('\\') ? part.slice(1) : part);
  }
  return word === undefined ? words : [...words, word];
}

/** Whether this is all of a script that leaves its input open, so that what follows are its questions. */
export function isWhole(script: RemoteScript, input: string): boolean {
  return input.startsWith(script.text);
}

function said(stdout: string): DemoAnswer {
  return { stdout, exitCode: 0 };
}

function failed(exitCode: number): DemoAnswer {
  return { stdout: '', exitCode };
}
