import { cleanPath } from '../../../base/path.ts';
import type { Entry } from './model.ts';
import { derived, derivedBoolean, Mapping, type Scalar } from './value.ts';

/** The parts of `source:target:options`, each at its place. */
export interface VolumeParts {
  readonly source: Scalar | undefined;
  readonly target: Scalar | undefined;
  readonly readOnly: Scalar | undefined;
  readonly noCopy: Scalar | undefined;
  readonly propagation: Scalar | undefined;
  readonly selinux: Scalar | undefined;
  readonly bind: boolean;
  /** One or two characters: the tool takes them for a target and adds nothing. */
  readonly tiny: boolean;
  readonly error: 'empty' | 'empty section' | 'too many colons' | undefined;
}

interface Section {
  readonly from: number;
  readonly to: number;
}

const PROPAGATIONS = new Set(['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave']);

export function parseVolume(scalar: Scalar): VolumeParts {
  const { text } = scalar;
  const none = {
    source: undefined,
    target: undefined,
    readOnly: undefined,
    noCopy: undefined,
    propagation: undefined,
    selinux: undefined,
  };
  if (text.length < 3) {
    const target = text === '' ? undefined : scalar;
    return { ...none, target, bind: false, tiny: true, error: text === '' ? 'empty' : undefined };
  }
  const found = sections(text);
  const error = found.some(({ from, to }) => from === to) ? 'empty section' : found.length > 3 ? 'too many colons' : undefined;
  const [first, second, third] = found.map(({ from, to }) => scalar.part(from, to));
  const source = found.length === 1 ? undefined : first;
  const target = found.length === 1 ? first : second;
  const options = third === undefined ? none : optionsOf(third);
  return { ...none, ...options, source, target, bind: source !== undefined && isPath(source.text), tiny: false, error };
}

/** The long form of a short one. */
export function longVolume(scalar: Scalar, parts: VolumeParts): Mapping {
  const entries = new Map<string, Entry>();
  const put = (key: string, value: Entry['value'] | undefined) => {
    if (value !== undefined) entries.set(key, { key: scalar.span, value });
  };
  put('type', derived(scalar, parts.bind ? 'bind' : 'volume'));
  put('source', parts.source);
  put('target', parts.target === undefined ? undefined : cleanTarget(parts.target));
  put('read_only', parts.readOnly);
  const bind = new Map<string, Entry>();
  if (parts.selinux !== undefined) bind.set('selinux', { key: scalar.span, value: parts.selinux });
  if (parts.propagation !== undefined) bind.set('propagation', { key: scalar.span, value: parts.propagation });
  if (parts.bind) bind.set('create_host_path', { key: scalar.span, value: derivedBoolean(scalar, true) });
  if (bind.size > 0) put('bind', new Mapping(bind, [scalar.span]));
  const noCopy: [string, Entry][] = parts.noCopy === undefined ? [] : [['nocopy', { key: scalar.span, value: parts.noCopy }]];
  if (noCopy.length > 0 || (!parts.bind && !parts.tiny)) put('volume', new Mapping(new Map(noCopy), [scalar.span]));
  return new Mapping(entries, [scalar.span]);
}

export function cleanTarget(target: Scalar): Scalar {
  const clean = target.text === '' ? '' : cleanPath(target.text);
  return clean === target.text ? target : target.with({ text: clean, value: clean });
}

function sections(text: string): Section[] {
  const found: Section[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && text[at] !== ':') continue;
    // `c:\data`: a single letter before the colon is a Windows drive.
    if (at < text.length && at - from === 1 && /\p{L}/u.test(text[from] ?? '')) continue;
    found.push({ from, to: at });
    from = at + 1;
  }
  return found;
}

function optionsOf(options: Scalar) {
  let readOnly: Scalar | undefined;
  let noCopy: Scalar | undefined;
  let propagation: Scalar | undefined;
  let selinux: Scalar | undefined;
  let at = 0;
  for (const word of options.text.split(',')) {
    const part = options.part(at, at + word.length);
    if (word === 'ro') readOnly = part.with({ type: 'bool', value: true, text: 'true' });
    else if (word === 'rw') readOnly = undefined;
    else if (word === 'nocopy') noCopy = part.with({ type: 'bool', value: true, text: 'true' });
    else if (word === 'z' || word === 'Z') selinux = part;
    else if (PROPAGATIONS.has(word)) propagation = part;
    at += word.length + 1;
  }
  return { readOnly, noCopy, propagation, selinux };
}

function isPath(source: string): boolean {
  return /^(?:[./~]|\\\\|\p{L}:)/u.test(source);
}
