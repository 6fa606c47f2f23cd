import type { BaseAgent as AnyAgent, IdentityCallback, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import type { UnusableKey } from '../errors.ts';
import { readKeyFile, type KeyFile } from './key-file.ts';
import { BaseAgent, createAgent } from './ssh2.ts';
import type { HostTarget } from './target.ts';

/** A key that can be shown to a server, and opened only if the server wants it. */
export interface Candidate {
  readonly label: string;
  readonly publicKey: Buffer;
  sign(data: Buffer, options: SigningRequestOptions): Promise<Buffer>;
}

export interface Candidates {
  readonly keys: readonly Candidate[];
  readonly unusable: UnusableKey[];
}

/**
 * Agents and files as one agent, because ssh2's agent login is the only one that shows the public key first: so the
 * passphrase of a key is asked for only where the server takes that key, as OpenSSH does it.
 */
export class KeyRing extends BaseAgent<Buffer> {
  readonly #keys: readonly Candidate[];

  constructor(keys: readonly Candidate[]) {
    super();
    this.#keys = keys;
  }

  override getIdentities(done: IdentityCallback<Buffer>): void {
    done(
      undefined,
      this.#keys.map(({ publicKey }) => publicKey),
    );
  }

  override sign(key: Buffer | ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, done?: SignCallback): void {
    const callback = typeof options === 'function' ? options : done;
    const blob = Buffer.isBuffer(key) ? key : key.getPublicSSH();
    const candidate = this.#keys.find(({ publicKey }) => publicKey.equals(blob));
    if (candidate === undefined) return callback?.(new Error('This key was never offered'));
    candidate.sign(data, typeof options === 'function' ? {} : options).then(
      (signature) => callback?.(undefined, signature),
      (error: unknown) => callback?.(error instanceof Error ? error : new Error('No signature')),
    );
  }
}

/** In OpenSSH's order: agent keys that an identity file names, the agent's others, then files. */
export async function gatherKeys(
  target: HostTarget,
  open: (file: KeyFile) => Promise<ParsedKey | undefined>,
): Promise<Candidates> {
  const unusable: UnusableKey[] = [];
  const inAgents = (await Promise.all(target.agents.map((agent) => agentKeys(agent, unusable)))).flat();
  const files = await Promise.all(target.identityFiles.map(readKeyFile));
  const named: Candidate[] = [];
  const fromFiles: Candidate[] = [];
  for (const [index, file] of files.entries()) {
    const path = target.identityFiles[index] ?? '';
    if (typeof file === 'string') {
      // Nobody has all the standard files, and `ssh -G` names them all.
      if (file !== 'missing' || !STANDARD.test(path)) unusable.push({ path, why: file });
      continue;
    }
    const held = inAgents.find(({ publicKey }) => publicKey.equals(file.publicKey));
    if (held === undefined) fromFiles.push(fileKey(file, open, unusable));
    else named.push(held);
  }
  const others = target.identitiesOnly ? [] : inAgents.filter((key) => !named.includes(key));
  return { keys: unique([...named, ...others, ...fromFiles]), unusable };
}

const STANDARD = /[/\\]\.ssh[/\\]id_(rsa|dsa|ecdsa|ecdsa_sk|ed25519|ed25519_sk|xmss)$/;

function fileKey(file: KeyFile, open: (file: KeyFile) => Promise<ParsedKey | undefined>, unusable: UnusableKey[]): Candidate {
  return {
    label: `key ${file.path}`,
    publicKey: file.publicKey,
    async sign(data, { hash }) {
      const key = await open(file);
      if (key === undefined) {
        unusable.push({ path: file.path, why: 'passphrase' });
        throw new Error('The key could not be opened');
      }
      return key.sign(data, hash);
    },
  };
}

const AGENT_PATIENCE_MS = 5_000;

/** An agent that is stuck, or asks its owner for leave to list keys, must not hold up the login for ever. */
function agentKeys(path: string, unusable: UnusableKey[]): Promise<Candidate[]> {
  return new Promise((resolve) => {
    const gone = (): void => {
      unusable.push({ path, why: 'agentGone' });
      resolve([]);
    };
    const timer = setTimeout(gone, AGENT_PATIENCE_MS);
    try {
      const agent = createAgent(path);
      agent.getIdentities((error, keys) => {
        clearTimeout(timer);
        if (error !== null && error !== undefined) gone();
        else resolve((keys ?? []).flatMap((key) => agentKey(agent, path, blobOf(key)) ?? []));
      });
    } catch {
      clearTimeout(timer);
      gone();
    }
  });
}

function agentKey(agent: AnyAgent, path: string, publicKey: Buffer | undefined): Candidate | undefined {
  if (publicKey === undefined) return undefined;
  return {
    label: `agent ${path}`,
    publicKey,
    sign: (data, options) =>
      new Promise((resolve, reject) => {
        agent.sign(publicKey, data, options, (error, signature) => {
          if (signature === undefined) reject(error ?? new Error('The agent gave no signature'));
          else resolve(signature);
        });
      }),
  };
}

/** Agents hand out parsed keys; what ssh2 couldn't parse (security keys, certificates) it can't use for a login either. */
function blobOf(key: object | string): Buffer | undefined {
  return typeof key === 'object' && 'getPublicSSH' in key ? (key as ParsedKey).getPublicSSH() : undefined;
}

function unique(keys: readonly Candidate[]): Candidate[] {
  return keys.filter((key, index) => keys.findIndex(({ publicKey }) => publicKey.equals(key.publicKey)) === index);
}
