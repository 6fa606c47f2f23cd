import type { ParsedKey } from 'ssh2';

/**
 * What a person entered, for as long as the session lives, so that a reconnect asks nobody. Never written, never
 * logged; keeping it for longer is the asker's business, who has a secret storage.
 */
export class Secrets {
  readonly keys = new Map<string, ParsedKey>();
  readonly passwords = new Map<string, string>();

  forget(): void {
    this.keys.clear();
    this.passwords.clear();
  }
}
