import type * as vscode from 'vscode';
import { parsePostgresConf } from '../analysis/documents/postgres/parse.ts';
import type { PostgresConf } from '../analysis/documents/postgres/model.ts';
import type { SourceText } from '../analysis/documents/source.ts';
import { linkedConfs } from '../analysis/postgres/check-postgres.ts';
import { linkPostgres, type PostgresLink } from '../analysis/postgres/link.ts';
import { serviceAt, type CheckedStacks, type OpenStack } from './checked-stacks.ts';
import { fileOf } from './convert.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** A PostgreSQL service of a stack. */
export interface Server {
  readonly stack: OpenStack;
  readonly link: PostgresLink;
}

/** A conf file as its server reads it; without a server, where no stack at hand mounts it. */
export interface ConfInPlace {
  readonly conf: PostgresConf;
  readonly server: Server | undefined;
}

/** Which documents belong to which server, by what the stacks say that were checked last. */
export class PostgresServers {
  readonly files: WorkspaceFiles;
  readonly #stacks: CheckedStacks;
  /** Several providers ask about one version of a file, one after the other. */
  readonly #known = new WeakMap<SourceText, { readonly stack: OpenStack | undefined; readonly place: ConfInPlace }>();

  constructor(files: WorkspaceFiles, stacks: CheckedStacks) {
    this.files = files;
    this.#stacks = stacks;
  }

  conf(document: vscode.TextDocument): ConfInPlace {
    const source = this.files.source(document);
    const stack = this.#stacks.around(source.file);
    const known = this.#known.get(source);
    if (known !== undefined && known.stack === stack) return known.place;
    const place = this.#linked(source, stack) ?? {
      conf: parsePostgresConf(source, this.#versionAside(source, stack)),
      server: undefined,
    };
    this.#known.set(source, { stack, place });
    return place;
  }

  /** Whether the stack has the file as a conf of PostgreSQL, used or not. */
  isConf(document: vscode.TextDocument): boolean {
    const source = this.files.source(document);
    const stack = this.#stacks.around(source.file);
    return this.#linked(source, stack) !== undefined || this.#aside(source, stack) !== undefined;
  }

  /** The confs of a server as its stack has them; the words of its command are one too. */
  confsOf({ stack, link }: Server): readonly PostgresConf[] {
    const judgement = { surroundings: stack.surroundings, rules: new Map(), project: undefined };
    return linkedConfs(link, stack.stack, this.files, judgement).map(({ conf }) => conf);
  }

  /** The servers of a Compose document; none while its stack is being checked again. */
  of(document: vscode.TextDocument): readonly Server[] {
    return this.#serversOf(this.#stacks.of(document));
  }

  at(document: vscode.TextDocument, position: vscode.Position): Server | undefined {
    const stack = this.#stacks.of(document);
    const service = stack === undefined ? undefined : serviceAt(stack, document.offsetAt(position));
    return this.#serversOf(stack).find(({ link }) => link.service === service);
  }

  /** The same for a document that has just changed: completion asks before its stack is checked again. */
  async atSoon(document: vscode.TextDocument, position: vscode.Position): Promise<Server | undefined> {
    const file = fileOf(document.uri);
    const before = this.#stacks.around(file);
    if (this.#serversOf(before).length === 0) return undefined;
    if (this.#stacks.of(document) === undefined) await this.#answered(document);
    return this.at(document, position);
  }

  #answered(document: vscode.TextDocument): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        subscription.dispose();
        resolve();
      };
      const timer = setTimeout(done, PATIENCE_MILLISECONDS);
      const subscription = this.#stacks.onDidChange(() => {
        if (this.#stacks.of(document) !== undefined) done();
      });
    });
  }

  #linked(source: SourceText, stack: OpenStack | undefined): ConfInPlace | undefined {
    for (const server of this.#serversOf(stack)) {
      const conf = this.confsOf(server).find(({ form, source: { file } }) => form === 'file' && file === source.file);
      if (conf !== undefined) return { conf, server };
    }
    return undefined;
  }

  #aside({ file }: SourceText, stack: OpenStack | undefined): Server | undefined {
    return this.#serversOf(stack).find(({ link }) => link.aside.some((each) => each.file === file));
  }

  #versionAside(source: SourceText, stack: OpenStack | undefined): number | undefined {
    return this.#aside(source, stack)?.link.version;
  }

  #serversOf(stack: OpenStack | undefined): readonly Server[] {
    if (stack === undefined) return [];
    return stack
      .memory()
      .flatMap(({ runtime, inputs }) => (runtime === 'postgres' ? [{ stack, link: linkPostgres(inputs) }] : []));
  }
}

/** A check of a large stack takes a tenth of it; nobody waits longer for a list of words. */
const PATIENCE_MILLISECONDS = 500;
