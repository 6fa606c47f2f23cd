import type { HostKeyFacts, KnownHostsPlace } from '../errors.ts';

/**
 * The person, or a store of what the person said before. Every question may be turned down with undefined or false.
 * With `background`, nobody is looking (a reconnect): only what is stored may answer.
 */
export interface Asker {
  acceptHostKey(question: HostKeyQuestion, signal: AbortSignal): Promise<boolean>;
  secret(question: SecretQuestion, signal: AbortSignal): Promise<string | undefined>;
  answers(question: LoginQuestion, signal: AbortSignal): Promise<readonly string[] | undefined>;
  /** Told after a secret was used, so that only one that works is ever stored, and a wrong one is forgotten. */
  used?(question: SecretQuestion, secret: string, worked: boolean): void;
}

export interface HostKeyQuestion extends HostKeyFacts {
  /** A certificate authority vouches for the host, which can't be checked here. */
  readonly certificateAuthority: boolean;
  /** Keys of another type are on file for this host; the server showed none of those. Worth a warning. */
  readonly otherTypes: readonly KnownHostsPlace[];
  readonly background: boolean;
}

export type SecretQuestion = { readonly attempt: number; readonly background: boolean } & (
  | { readonly kind: 'passphrase'; readonly path: string }
  | { readonly kind: 'password'; readonly user: string; readonly host: string }
);

/** What the server asks, in its own words: to be shown as plain text, and as the server's. */
export interface LoginQuestion {
  readonly user: string;
  readonly host: string;
  readonly title: string;
  readonly instructions: string;
  readonly prompts: readonly { readonly text: string; readonly echo: boolean }[];
  readonly background: boolean;
}

/** Nobody to ask. */
export const noAsker: Asker = {
  acceptHostKey: () => Promise.resolve(false),
  secret: () => Promise.resolve(undefined),
  answers: () => Promise.resolve(undefined),
};

/** An asker that fails has given no answer. Without this, a window that closes over a question would reject a login. */
export function carefulAsker(asker: Asker): Asker {
  return {
    acceptHostKey: (question, signal) => answerOf(() => asker.acceptHostKey(question, signal), false),
    secret: (question, signal) => answerOf(() => asker.secret(question, signal), undefined),
    answers: (question, signal) => answerOf(() => asker.answers(question, signal), undefined),
    used: (question, secret, worked) => asker.used?.(question, secret, worked),
  };
}

async function answerOf<T>(ask: () => Promise<T>, none: T): Promise<T> {
  try {
    return await ask();
  } catch {
    return none;
  }
}
