import { readFile } from 'node:fs/promises';
import type { ParsedKey } from 'ssh2';
import { utils } from './ssh2.ts';

/** An identity file, read but not yet opened: its public half says whether the server wants it at all. */
export interface KeyFile {
  readonly path: string;
  readonly text: string;
  readonly publicKey: Buffer;
  readonly encrypted: boolean;
}

export type KeyFileResult = KeyFile | 'missing' | 'unreadable' | 'format';

export async function readKeyFile(path: string): Promise<KeyFileResult> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable';
  }
  const open = openKey(text);
  if (open !== undefined) return { path, text, publicKey: open.getPublicSSH(), encrypted: false };
  const publicKey = publicHalf(text) ?? (await publicBeside(path));
  return publicKey === undefined ? 'format' : { path, text, publicKey, encrypted: true };
}

/** The private key, or undefined for a wrong passphrase and for garbage. */
export function openKey(text: string, passphrase?: string): ParsedKey | undefined {
  const parsed: unknown = utils.parseKey(text, passphrase);
  // Typed as one key; OpenSSH's format gives a list, of which it has never written more than one.
  const key = Array.isArray(parsed) ? (parsed[0] as unknown) : parsed;
  return key instanceof Error || !(key as ParsedKey).isPrivateKey() ? undefined : (key as ParsedKey);
}

/** OpenSSH's own format keeps the public key unencrypted before the private one. */
function publicHalf(text: string): Buffer | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(text)?.[1];
  const data = Buffer.from(body ?? '', 'base64');
  const magic = 'openssh-key-v1\0';
  if (data.toString('latin1', 0, magic.length) !== magic) return undefined;
  let at = magic.length;
  // Cipher, key derivation and its options; then the number of keys.
  for (let field = 0; field < 3; field++) at += 4 + lengthAt(data, at);
  at += 4;
  const length = lengthAt(data, at);
  return length > 0 && at + 4 + length <= data.length ? data.subarray(at + 4, at + 4 + length) : undefined;
}

function lengthAt(data: Buffer, at: number): number {
  return at + 4 <= data.length ? data.readUInt32BE(at) : 0;
}

/** Older formats encrypt everything; ssh-keygen left the public key in a file beside. */
async function publicBeside(path: string): Promise<Buffer | undefined> {
  try {
    const [, encoded] = (await readFile(`${path}.pub`, 'utf8')).trim().split(/\s+/);
    return encoded === undefined ? undefined : Buffer.from(encoded, 'base64');
  } catch {
    return undefined;
  }
}
