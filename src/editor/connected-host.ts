import * as vscode from 'vscode';
import type { HostFacts } from '../analysis/memory/host.ts';

/** What is known of the one Pi that was connected: the live part writes it, linting reads it. In a browser it stays empty. */
export class ConnectedHost implements vscode.Disposable {
  #facts: HostFacts | undefined;
  readonly #changed = new vscode.EventEmitter<void>();

  readonly onDidChange = this.#changed.event;

  get facts(): HostFacts | undefined {
    return this.#facts;
  }

  /** Says so only when something differs: each change checks every open document again. */
  set facts(facts: HostFacts | undefined) {
    if (JSON.stringify(facts) === JSON.stringify(this.#facts)) return;
    this.#facts = facts;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
