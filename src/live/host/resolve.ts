import { join } from 'node:path';
import { message, type Message } from '../../base/message.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { LiveError } from '../errors.ts';
import { readConfig } from './config-file.ts';
import { configFiles, configReader, expandHome, type Machine } from './machine.ts';
import { askSsh } from './ssh-g.ts';
import { parseHostName, type HostName, type HostTarget, type KnownHostsPolicy } from './target.ts';
import { text } from './text.ts';

/** Reads the user's SSH configuration for a host as typed, and for every host that has to be passed on the way. */
export async function resolveHost(typed: string, machine: Machine, signal?: AbortSignal): Promise<Result<HostTarget, LiveError>> {
  return resolveWithin(typed, machine, signal, []);
}

type Answers = ReadonlyMap<string, readonly string[]>;

async function resolveWithin(
  typed: string,
  machine: Machine,
  signal: AbortSignal | undefined,
  circle: readonly string[],
): Promise<Result<HostTarget, LiveError>> {
  const named = parseHostName(typed);
  if (!named.ok) return named;
  const { answers, notes } = await readAnswers(named.value, machine, signal);
  const jumpNames = jumpsOf(answers);
  const jumps: HostTarget[] = [];
  for (const [index, jump] of jumpNames.entries()) {
    if (circle.includes(jump) || circle.length > MAX_JUMPS) return fail({ kind: 'badHostName', name: jump });
    const hop = await resolveWithin(jump, machine, signal, [...circle, typed, jump]);
    if (!hop.ok) return fail({ kind: 'jumpFailed', jump, cause: hop.error });
    // As OpenSSH: how to reach the first jump host is its own affair, the others are reached through the one before.
    jumps.push(...(index === 0 ? hop.value.jumps : []), { ...hop.value, jumps: [] });
  }
  return ok(targetOf(typed, named.value, answers, machine, jumps, notes));
}

const MAX_JUMPS = 8;

async function readAnswers(
  host: HostName,
  machine: Machine,
  signal: AbortSignal | undefined,
): Promise<{ answers: Answers; notes: Message[] }> {
  const fromSsh = await askSsh(host, machine, signal);
  if (fromSsh !== undefined) return { answers: fromSsh, notes: [] };
  const { values, unsupported } = readConfig(configFiles(machine), host.name, configReader(machine));
  return { answers: values, notes: unsupported.map(({ path, line }) => message(text.matchUnsupported, { path, line })) };
}

function jumpsOf(answers: Answers): string[] {
  const value = answers.get('proxyjump')?.[0] ?? 'none';
  return value === 'none' ? [] : value.split(',').map((jump) => jump.trim());
}

function targetOf(
  typed: string,
  named: HostName,
  answers: Answers,
  machine: Machine,
  jumps: readonly HostTarget[],
  notes: readonly Message[],
): HostTarget {
  const one = (keyword: string): string | undefined => answers.get(keyword)?.[0];
  const user = named.user ?? one('user') ?? machine.user;
  const hostName = (one('hostname') ?? named.name).replaceAll('%h', named.name).replaceAll('%%', '%');
  const port = named.port ?? Number(one('port') ?? 22);
  const path = (value: string): string =>
    expandHome(expandTokens(value, { hostName, port, user, name: named.name }, machine), machine);
  const command = one('proxycommand');
  const seconds = Number(one('connecttimeout'));
  return {
    name: typed,
    hostName,
    port: Number.isInteger(port) && port > 0 && port < 65536 ? port : 22,
    user,
    identityFiles: identityFiles(answers, machine).map(path),
    identitiesOnly: one('identitiesonly') === 'yes',
    agents: agentsOf(one('identityagent'), machine).map(path),
    jumps,
    ...(command === undefined || command === 'none' || jumps.length > 0
      ? {}
      : { proxyCommand: expandTokens(command, { hostName, port, user, name: named.name }, machine) }),
    knownHosts: policyOf(answers, path),
    ...(seconds > 0 ? { connectTimeoutMs: Math.min(seconds, 120) * 1000 } : {}),
    notes,
  };
}

function policyOf(answers: Answers, path: (value: string) => string): KnownHostsPolicy {
  const files = (keyword: string, standard: readonly string[]): string[] =>
    (answers.get(keyword) ?? standard).filter((file) => file !== 'none' && file !== '/dev/null').map(path);
  const alias = answers.get('hostkeyalias')?.[0];
  const strict = answers.get('stricthostkeychecking')?.[0];
  const algorithms = answers.get('hostkeyalgorithms')?.[0];
  return {
    userFiles: files('userknownhostsfile', ['~/.ssh/known_hosts', '~/.ssh/known_hosts2']),
    globalFiles: files('globalknownhostsfile', ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2']),
    ...(alias === undefined ? {} : { alias }),
    hashNames: answers.get('hashknownhosts')?.[0] === 'yes',
    // `no` and `off` would accept a changed key too. Headroom goes no further than taking a first one unasked.
    unknown: strict === 'yes' || strict === 'true' ? 'refuse' : strict === undefined || strict === 'ask' ? 'ask' : 'accept',
    // A list that begins with + - ^ changes the client's own defaults; only `ssh -G` resolves those.
    ...(algorithms === undefined || /^[+^-]/.test(algorithms) ? {} : { algorithms: algorithms.split(',') }),
  };
}

function identityFiles(answers: Answers, machine: Machine): readonly string[] {
  const given = answers.get('identityfile');
  if (given !== undefined) return given.filter((file) => file !== 'none');
  return ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((name) => join(machine.home, '.ssh', name));
}

function agentsOf(configured: string | undefined, { environment, platform }: Machine): readonly string[] {
  if (configured === 'none') return [];
  const variable =
    configured === undefined || configured === 'SSH_AUTH_SOCK' ? 'SSH_AUTH_SOCK' : /^\$\{?(\w+)\}?$/.exec(configured)?.[1];
  if (configured !== undefined && variable === undefined) return [configured];
  const socket = environment.get(variable ?? 'SSH_AUTH_SOCK');
  if (socket !== undefined && socket !== '') return [socket];
  // Windows names no agent in the environment: its own service listens on this pipe, PuTTY's answers to a window message.
  return platform === 'win32' ? ['\\\\.\\pipe\\openssh-ssh-agent', 'pageant'] : [];
}

function expandTokens(
  value: string,
  target: { hostName: string; port: number; user: string; name: string },
  machine: Machine,
): string {
  const tokens: Readonly<Record<string, string>> = {
    '%': '%',
    d: machine.home,
    h: target.hostName,
    n: target.name,
    p: String(target.port),
    r: target.user,
    u: machine.user,
  };
  return value.replace(/%(.)/g, (whole, letter: string) => tokens[letter] ?? whole);
}
