import { message, type Message } from '../../../base/message.ts';
import type { Span } from '../../../base/span.ts';
import type { Problem } from './model.ts';

/** Collects what is wrong. One place is complained about once per kind, however many steps come across it. */
export class Problems {
  readonly #list: Problem[] = [];
  readonly #seen = new Set<string>();

  get list(): readonly Problem[] {
    return this.#list;
  }

  /** `docker compose` refuses the project because of this. */
  refuse(code: string, span: Span, template: string, data: Message['data'] = {}): void {
    this.#add({ code, message: message(template, data), span, refused: true });
  }

  warn(code: string, span: Span, template: string, data: Message['data'] = {}): void {
    this.#add({ code, message: message(template, data), span, refused: false });
  }

  adopt(problem: Problem): void {
    this.#add(problem);
  }

  #add(problem: Problem): void {
    const key = `${problem.code} ${problem.span.file} ${String(problem.span.start)} ${problem.message.template}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#list.push(problem);
  }
}
