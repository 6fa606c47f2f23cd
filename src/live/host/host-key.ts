import { createHash } from 'node:crypto';
import type { HostKeyFacts } from '../errors.ts';

/** `SHA256:…` without padding, as OpenSSH prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** The type that a key blob names itself by, or an empty text for garbage. */
export function keyTypeOf(key: Buffer): string {
  if (key.length < 4) return '';
  const length = key.readUInt32BE(0);
  return length > 64 || 4 + length > key.length ? '' : key.toString('latin1', 4, 4 + length);
}

export function hostKeyFacts(host: string, key: Buffer): HostKeyFacts {
  return { host, keyType: shortType(keyTypeOf(key)), fingerprint: fingerprintOf(key) };
}

/**
 * The host key algorithms to offer, those whose keys are known first: a server that has several keys then shows the
 * one we can judge, as OpenSSH does it. SHA-1 signatures (`ssh-rsa`) and DSA are offered only where the user's
 * configuration names them.
 */
export function hostKeyAlgorithms(knownTypes: readonly string[], configured: readonly string[] | undefined): string[] {
  const allowed = configured?.filter((name) => SUPPORTED.includes(name));
  const offered = allowed === undefined || allowed.length === 0 ? CURRENT : allowed;
  const known = new Set(knownTypes.flatMap((type) => (type === 'ssh-rsa' ? RSA : [type])));
  return [...offered.filter((name) => known.has(name)), ...offered.filter((name) => !known.has(name))];
}

const RSA = ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'];
const CURRENT = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];
const SUPPORTED = [...CURRENT, 'ssh-rsa', 'ssh-dss'];

function shortType(type: string): string {
  if (type.startsWith('ecdsa-')) return 'ECDSA';
  if (type === 'ssh-rsa') return 'RSA';
  if (type === 'ssh-dss') return 'DSA';
  return type === 'ssh-ed25519' ? 'ED25519' : type;
}
