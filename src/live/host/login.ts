import type { AnyAuthMethod, AuthenticationType, AuthHandlerMiddleware, Prompt } from 'ssh2';
import type { LiveError } from '../errors.ts';
import type { Asker, SecretQuestion } from './asker.ts';
import { openKey, type KeyFile } from './key-file.ts';
import { gatherKeys, KeyRing, type Candidates } from './key-ring.ts';
import type { Secrets } from './secrets.ts';
import type { HostTarget } from './target.ts';

export interface LoginContext {
  readonly asker: Asker;
  readonly secrets: Secrets;
  /** Nobody is looking: only what is remembered may answer. */
  readonly background: boolean;
  readonly signal: AbortSignal;
  /** Stops the login's time limit while a person thinks. */
  pausedFor<T>(wait: Promise<T>): Promise<T>;
}

/**
 * One login at one server: keys first, then password, then keyboard-interactive. OpenSSH asks keyboard-interactive
 * before password; a password can be remembered and what a server asks can't, so here it is the other way round.
 */
export class Login {
  readonly #target: HostTarget;
  readonly #context: LoginContext;
  readonly #tried: string[] = [];
  readonly #lastSecrets: { question: SecretQuestion; secret: string }[] = [];
  #candidates: Candidates = { keys: [], unusable: [] };
  #accepted: readonly string[] = [];
  #passwordTries = 0;
  #keysTried = false;
  #keyboardTried = false;
  #turnedDown = false;
  #begun = false;

  constructor(target: HostTarget, context: LoginContext) {
    this.#target = target;
    this.#context = context;
  }

  async prepare(): Promise<void> {
    this.#candidates = await gatherKeys(this.#target, (file) => this.#open(file));
  }

  /** For ssh2, which calls it again after every refusal. */
  readonly handler: AuthHandlerMiddleware = (left: AuthenticationType[] | null, partial: boolean | null, next) => {
    void this.#next(left, partial === true).then((method) => {
      // The types know no `false`, with which ssh2 gives up.
      (next as (method: AnyAuthMethod | false) => void)(method ?? false);
    });
  };

  /** Whether the server was asked to let in at all. */
  get begun(): boolean {
    return this.#begun;
  }

  succeeded(): void {
    for (const { question, secret } of this.#lastSecrets) {
      if (question.kind === 'password') this.#context.secrets.passwords.set(passwordKey(this.#target), secret);
      this.#context.asker.used?.(question, secret, true);
    }
  }

  failure(): LiveError {
    if (this.#turnedDown && !this.#context.background) return { kind: 'cancelled' };
    const { user, name } = this.#target;
    return {
      kind: 'authFailed',
      user,
      host: name,
      tried: this.#tried,
      accepted: this.#accepted,
      unusable: this.#candidates.unusable,
    };
  }

  async #next(left: readonly string[] | null, partial: boolean): Promise<AnyAuthMethod | undefined> {
    const username = this.#target.user;
    this.#begun = true;
    // The first round asks the server what it takes; `none` is also how a demo or an open device lets in.
    if (left === null) return { type: 'none', username };
    if (!partial) this.#refuseLastPassword();
    this.#accepted = left;
    if (left.includes('publickey') && !this.#keysTried && this.#candidates.keys.length > 0) {
      this.#keysTried = true;
      this.#tried.push(...this.#candidates.keys.map(({ label }) => label));
      return { type: 'agent', username, agent: new KeyRing(this.#candidates.keys) };
    }
    if (left.includes('password') && this.#passwordTries < 3 && !this.#turnedDown) {
      const password = await this.#password();
      if (password !== undefined) return { type: 'password', username, password };
    }
    // After a wrong password the same person would be asked for the same password by another name.
    if (
      left.includes('keyboard-interactive') &&
      !this.#keyboardTried &&
      !this.#turnedDown &&
      (partial || this.#passwordTries === 0)
    ) {
      this.#keyboardTried = true;
      this.#tried.push('keyboard-interactive');
      return { type: 'keyboard-interactive', username, prompt: (...args) => void this.#answer(...args) };
    }
    return undefined;
  }

  async #open(file: KeyFile): Promise<ReturnType<typeof openKey>> {
    const known = this.#context.secrets.keys.get(file.path) ?? (file.encrypted ? undefined : openKey(file.text));
    if (known !== undefined) return known;
    const { asker, background, signal, secrets } = this.#context;
    for (let attempt = 1; attempt <= 3; attempt++) {
      const question: SecretQuestion = { kind: 'passphrase', path: file.path, attempt, background };
      const secret = await this.#context.pausedFor(asker.secret(question, signal));
      if (secret === undefined) {
        this.#turnedDown = true;
        return undefined;
      }
      const key = openKey(file.text, secret);
      asker.used?.(question, secret, key !== undefined);
      if (key !== undefined) secrets.keys.set(file.path, key);
      if (key !== undefined) return key;
    }
    return undefined;
  }

  async #password(): Promise<string | undefined> {
    const { asker, background, signal, secrets } = this.#context;
    const attempt = ++this.#passwordTries;
    const remembered = secrets.passwords.get(passwordKey(this.#target));
    const question: SecretQuestion = { kind: 'password', user: this.#target.user, host: this.#target.name, attempt, background };
    const secret = remembered ?? (await this.#context.pausedFor(asker.secret(question, signal)));
    if (secret === undefined) {
      this.#turnedDown = true;
      this.#passwordTries--;
      return undefined;
    }
    this.#tried.push('password');
    this.#lastSecrets.push({ question, secret });
    return secret;
  }

  #refuseLastPassword(): void {
    const last = this.#lastSecrets.pop();
    if (last === undefined) return;
    this.#context.secrets.passwords.delete(passwordKey(this.#target));
    this.#context.asker.used?.(last.question, last.secret, false);
  }

  async #answer(
    title: string,
    instructions: string,
    _language: string,
    prompts: readonly Prompt[],
    finish: (answers: string[]) => void,
  ): Promise<void> {
    const { asker, background, signal } = this.#context;
    const asked = prompts.map(({ prompt, echo }) => ({ text: prompt, echo: echo === true }));
    const question = { user: this.#target.user, host: this.#target.name, title, instructions, prompts: asked, background };
    const answers = await this.#context.pausedFor(asker.answers(question, signal));
    if (answers === undefined) this.#turnedDown = true;
    // A refusal is told by empty answers: the protocol has no other way to end the question.
    finish([...(answers ?? prompts.map(() => ''))]);
  }
}

function passwordKey({ user, hostName, port }: HostTarget): string {
  return `${user}@${hostName}:${String(port)}`;
}
