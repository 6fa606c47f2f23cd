import * as vscode from 'vscode';
import type { CheckedStack } from '../analysis/check-stack.ts';
import type { Service } from '../analysis/documents/compose/model.ts';
import type { ServiceMemory } from '../analysis/memory/stack-memory.ts';
import { contains, span, type FileId } from '../base/span.ts';
import { fileOf } from './convert.ts';

/** A stack as it was last checked, with the text that the opened document had then. */
export interface OpenStack extends CheckedStack {
  readonly file: FileId;
  readonly text: string;
}

/** What hovers, lenses and the status bar show: the last answer for each open document, and nothing older. */
export class CheckedStacks implements vscode.Disposable {
  readonly #byDocument = new Map<FileId, OpenStack>();
  readonly #changed = new vscode.EventEmitter<FileId>();

  readonly onDidChange = this.#changed.event;

  set(stack: OpenStack): void {
    this.#byDocument.set(stack.file, stack);
    this.#changed.fire(stack.file);
  }

  delete(file: FileId): void {
    if (this.#byDocument.delete(file)) this.#changed.fire(file);
  }

  /** Undefined also while the document has moved on: its new answer is on its way. */
  of(document: vscode.TextDocument): OpenStack | undefined {
    const stack = this.#byDocument.get(fileOf(document.uri));
    return stack?.text === document.getText() ? stack : undefined;
  }

  /** The stack that a file belongs to, as it was last checked for it or for any other opened document. */
  around(file: FileId): OpenStack | undefined {
    return this.#byDocument.get(file) ?? [...this.#byDocument.values()].find(({ files }) => files.includes(file));
  }

  /** The last answer, though the document may have moved on since. */
  last(file: FileId): OpenStack | undefined {
    return this.#byDocument.get(file);
  }

  dispose(): void {
    this.#byDocument.clear();
    this.#changed.dispose();
  }
}

/** The service that an offset of the document lies in, by its key or anything below it. */
export function serviceAt({ stack, file }: OpenStack, offset: number): Service | undefined {
  const here = span(file, offset, offset);
  return stack.services.find(
    ({ nameSpan, tree }) => contains(nameSpan, here) || tree.spans.some((place) => contains(place, here)),
  );
}

export function memoryOf(stack: OpenStack, service: Service): ServiceMemory | undefined {
  return stack.memory().find((each) => each.service === service);
}
