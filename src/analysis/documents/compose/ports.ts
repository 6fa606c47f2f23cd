import { derived, Mapping, type Scalar } from './value.ts';
import type { Entry } from './model.ts';

/** What is wrong with a short port; the words are the tool's own, so that they can be searched for. */
export type PortError =
  | 'invalid address'
  | 'no port'
  | 'invalid container port'
  | 'invalid host port'
  | 'ranges differ'
  | 'invalid protocol'
  | 'too many ports';

type Ports = { readonly ok: true; readonly ports: readonly Mapping[] } | { readonly ok: false; readonly error: PortError };

/** `127.0.0.1:8000-8002:80-82/udp` as one long form for each container port, if they are at most so many. */
export function longPorts(scalar: Scalar, most: number): Ports {
  const { text } = scalar;
  const parts = text.split(':');
  const containerStart = text.length - (parts.at(-1) ?? '').length;
  const hostStart = parts.length < 2 ? containerStart : containerStart - 1 - (parts.at(-2) ?? '').length;
  const address = parts.slice(0, -2).join(':');
  const [container = '', ...protocols] = (parts.at(-1) ?? '').split('/');
  const protocol = (protocols[0] ?? '') === '' || container === '' ? 'tcp' : (protocols[0] ?? '').toLowerCase();
  const host = parts.length < 2 ? '' : (parts.at(-2) ?? '');
  if (!isAddress(address)) return { ok: false, error: 'invalid address' };
  if (container === '') return { ok: false, error: 'no port' };
  const inside = range(container);
  if (inside === undefined) return { ok: false, error: 'invalid container port' };
  const outside = host === '' ? undefined : range(host);
  if (host !== '' && outside === undefined) return { ok: false, error: 'invalid host port' };
  const size = inside.last - inside.first;
  if (outside !== undefined && outside.last - outside.first !== size && size !== 0) return { ok: false, error: 'ranges differ' };
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) return { ok: false, error: 'invalid protocol' };

  if (size >= most) return { ok: false, error: 'too many ports' };

  const hostPart = host === '' ? undefined : scalar.part(hostStart, hostStart + host.length);
  const targetPart = scalar.part(containerStart, containerStart + container.length);
  const addressPart = address === '' ? undefined : scalar.part(0, address.length);
  const ports: Mapping[] = [];
  for (let index = 0; index <= size; index++) {
    const target = String(inside.first + index);
    const published = outside === undefined ? undefined : publishedPort(outside, size, index);
    ports.push(long(scalar, { target: [targetPart, target], published: [hostPart, published], address: addressPart, protocol }));
  }
  // The tool sorts what one entry yields, as text.
  ports.sort((a, b) => compare(portKey(a), portKey(b)));
  return { ok: true, ports };
}

/** `{POSTGRES_PORT}:5432`: the tool refuses it, but the port inside is known, and that something is published. */
export function templatePort(scalar: Scalar): Mapping | undefined {
  const match = /^(?:(.*):)?(\d+)(?:\/(\w+))?$/.exec(scalar.text);
  const [, outside, target = '', protocol = 'tcp'] = match ?? [];
  if (outside === undefined || !/[{}<>%]/.test(outside)) return undefined;
  const start = outside.length + 1;
  const published: LongPort['published'] = [scalar.part(0, outside.length), outside];
  return long(scalar, { target: [scalar.part(start, start + target.length), target], published, address: undefined, protocol });
}

interface LongPort {
  readonly target: readonly [Scalar, string];
  readonly published: readonly [Scalar | undefined, string | undefined];
  readonly address: Scalar | undefined;
  readonly protocol: string;
}

function long(scalar: Scalar, { target, published, address, protocol }: LongPort): Mapping {
  const entries = new Map<string, Entry>();
  const put = (key: string, value: Scalar) => entries.set(key, { key: scalar.span, value });
  put('mode', derived(scalar, 'ingress'));
  if (address !== undefined) {
    const bare = address.text.replace(/^\[(.*)\]$/, '$1');
    put('host_ip', bare === address.text ? address : address.with({ text: bare, value: bare }));
  }
  put('target', target[0].with({ type: 'int', value: Number(target[1]), text: target[1] }));
  if (published[0] !== undefined && published[1] !== undefined)
    put('published', published[0].with({ text: published[1], value: published[1] }));
  put('protocol', derived(scalar, protocol));
  return new Mapping(entries, [scalar.span]);
}

interface Range {
  readonly first: number;
  readonly last: number;
}

function publishedPort(outside: Range, size: number, index: number): string {
  const port = String(outside.first + index);
  // One container port and a range outside: the engine picks a free one of them.
  return size === 0 && outside.first !== outside.last ? `${port}-${String(outside.last)}` : port;
}

function range(text: string): Range | undefined {
  const parts = text.split('-');
  const first = port(parts[0] ?? '');
  const last = parts.length === 1 ? first : port(parts[1] ?? '');
  return first === undefined || last === undefined || last < first ? undefined : { first, last };
}

function port(text: string): number | undefined {
  return /^\d+$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
}

function isAddress(text: string): boolean {
  if (text === '') return true;
  const inner = /^\[(.*)\]$/.exec(text)?.[1];
  if (inner !== undefined) return isV6(inner) || isV4(inner);
  return text.includes(':') ? false : isV4(text);
}

function isV4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

function isV6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const dotted = last.includes('.');
  if (dotted && !isV4(last)) return false;
  const hex = dotted ? groups.slice(0, -1) : groups;
  const count = hex.length + (dotted ? 2 : 0);
  return hex.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (halves.length === 2 ? count < 8 : count === 8);
}

function portKey(map: Mapping): string {
  const target = map.get('target');
  return target?.kind === 'scalar' ? target.located.text : '';
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
