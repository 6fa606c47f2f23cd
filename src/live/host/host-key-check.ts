import type { LiveError } from '../errors.ts';
import type { HostKeyQuestion } from './asker.ts';
import { hostKeyFacts } from './host-key.ts';
import { judgeHostKey, knownHostsEntry, knownKeyTypes, knownName, type KnownHostsLine } from './known-hosts.ts';
import type { HostKeyStore } from './known-hosts-files.ts';
import type { HostTarget } from './target.ts';

/**
 * The verdict on one server's key, reached inside the key exchange and so before any login. An unknown key ends the
 * connection; the question is asked with no connection open, because sshd hangs up on who thinks for two minutes.
 */
export class HostKeyCheck {
  readonly #target: HostTarget;
  readonly #lines: readonly KnownHostsLine[];
  /** Keys that were accepted in this session, in case known_hosts can't be written. */
  readonly #held: readonly Buffer[];
  /** A key that is on file nowhere: to be asked about, or to be written where the configuration accepts it unasked. */
  unknown: { readonly key: Buffer; readonly question: Omit<HostKeyQuestion, 'background'> } | undefined;
  refusal: LiveError | undefined;
  accepted = false;

  private constructor(target: HostTarget, lines: readonly KnownHostsLine[], held: readonly Buffer[]) {
    this.#target = target;
    this.#lines = lines;
    this.#held = held;
  }

  static async prepare(target: HostTarget, store: HostKeyStore, held: readonly Buffer[]): Promise<HostKeyCheck> {
    const { userFiles, globalFiles } = target.knownHosts;
    return new HostKeyCheck(target, await store.read([...userFiles, ...globalFiles]), held);
  }

  get knownTypes(): readonly string[] {
    return knownKeyTypes(this.#lines, ...nameOf(this.#target));
  }

  /** Called at every key exchange, later ones of a long connection included. */
  verdictOn(key: Buffer): boolean {
    const [name, port] = nameOf(this.#target);
    const verdict = judgeHostKey(this.#lines, name, port, key);
    const facts = hostKeyFacts(knownName(name, port), key);
    if (verdict.kind === 'revoked') this.refusal = { kind: 'hostKeyRevoked', ...facts, places: verdict.places };
    else if (verdict.kind === 'changed') this.refusal = { kind: 'hostKeyChanged', ...facts, places: verdict.places };
    else {
      const known = verdict.kind === 'known' || this.#held.some((held) => held.equals(key));
      if (!known)
        this.unknown = {
          key,
          question: { ...facts, certificateAuthority: verdict.certificateAuthority, otherTypes: verdict.otherTypes },
        };
      this.accepted = known || this.#target.knownHosts.unknown === 'accept';
      if (!this.accepted)
        this.refusal = {
          kind: 'hostKeyUnknown',
          ...facts,
          certificateAuthority: this.unknown?.question.certificateAuthority === true,
        };
      return this.accepted;
    }
    return false;
  }

  /** The line for known_hosts that makes the key known. */
  entryFor(key: Buffer): string {
    return knownHostsEntry(...nameOf(this.#target), key, this.#target.knownHosts.hashNames);
  }
}

/** An alias stands for name and port together, as in OpenSSH. */
function nameOf({ hostName, port, knownHosts: { alias } }: HostTarget): [name: string, port: number] {
  return alias === undefined ? [hostName, port] : [alias, 22];
}
