import { message, render } from '../../base/message.ts';
import { explain, type LiveError } from '../../live/errors.ts';
import type { Asker } from '../../live/host/asker.ts';
import { text } from './text.ts';
import type { Terminal } from '../verb.ts';

/** Asks on the terminal, as ssh does. Where nobody sits at it, nothing is accepted and nothing is asked. */
export function terminalAsker(terminal: Terminal): Asker {
  const ask = (template: string, data: Readonly<Record<string, string>>, hidden: boolean): Promise<string | undefined> =>
    terminal.ask?.(render(message(template, data), terminal.translate), hidden) ?? Promise.resolve(undefined);
  return {
    async acceptHostKey(question) {
      if (question.background || terminal.ask === undefined) return false;
      const error: LiveError = { kind: 'hostKeyUnknown', ...question };
      terminal.say(explain(error).what);
      terminal.say(explain(error).wayOut);
      const places = question.otherTypes.map(({ path, line }) => `${path}:${String(line)}`).join(', ');
      if (places !== '') terminal.say(message(text.otherTypes, { places }));
      return (await ask(text.hostKeyAsk, {}, false))?.trim().toLowerCase() === 'yes';
    },
    async secret(question) {
      if (question.background) return undefined;
      if (question.attempt > 1) terminal.say(message(text.wrongSecret));
      return question.kind === 'passphrase'
        ? ask(text.passphrase, { path: question.path }, true)
        : ask(text.password, { user: question.user, host: question.host }, true);
    },
    async answers({ host, instructions, prompts, background }) {
      if (background) return undefined;
      if (instructions !== '') terminal.say(message(text.serverAsks, { host, question: plain(instructions) }));
      const answers: string[] = [];
      for (const { text: question, echo } of prompts) {
        const answer = await ask(text.serverAsks, { host, question: plain(question) }, !echo);
        if (answer === undefined) return undefined;
        answers.push(answer);
      }
      return answers;
    },
  };
}

/** A server's words must not draw on the terminal. */
function plain(words: string): string {
  return words
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 500);
}
