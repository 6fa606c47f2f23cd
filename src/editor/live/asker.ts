import * as vscode from 'vscode';
import { message } from '../../base/message.ts';
import { explain } from '../../live/errors.ts';
import type { Asker, SecretQuestion } from '../../live/host/asker.ts';
import { say } from '../translate.ts';
import { text } from './text.ts';

/** Asks in VS Code's own windows. A secret that worked is kept in the SecretStorage, and one that didn't is forgotten. */
export function windowAsker(secrets: vscode.SecretStorage): Asker {
  return {
    async acceptHostKey(question) {
      if (question.background) return false;
      const { what, wayOut } = explain({ kind: 'hostKeyUnknown', ...question });
      const places = question.otherTypes.map(({ path, line }) => `${path}:${String(line)}`).join(', ');
      const warning = places === '' ? [] : [say(message(text.otherKeys, { places }))];
      const accept = say(message(text.acceptKey));
      const detail = [...warning, say(wayOut)].join('\n\n');
      return (await vscode.window.showWarningMessage(say(what), { modal: true, detail }, accept)) === accept;
    },
    async secret(question, signal) {
      // A wrong one was forgotten, so that only the first try can be one that is stored.
      const stored = question.attempt === 1 ? await secrets.get(keyOf(question)) : undefined;
      if (stored !== undefined || question.background) return stored;
      const asked =
        question.kind === 'password'
          ? message(text.password, { user: question.user, host: question.host })
          : message(text.passphrase, { path: question.path });
      const prompt = question.attempt > 1 ? say(message(text.wrongSecret, { question: say(asked) })) : say(asked);
      return ask({ prompt, password: true }, signal);
    },
    async answers({ host, instructions, prompts, background }, signal) {
      if (background) return undefined;
      const answers: string[] = [];
      for (const { text: question, echo } of prompts) {
        const prompt = say(message(text.serverAsks, { host, question: plain(`${instructions} ${question}`) }));
        const answer = await ask({ prompt, password: !echo }, signal);
        if (answer === undefined) return undefined;
        answers.push(answer);
      }
      return answers;
    },
    used(question, secret, worked) {
      void (worked ? secrets.store(keyOf(question), secret) : secrets.delete(keyOf(question)));
    },
  };
}

export async function forgetSecrets(secrets: vscode.SecretStorage): Promise<void> {
  for (const key of await secrets.keys()) await secrets.delete(key);
}

function keyOf(question: SecretQuestion): string {
  return question.kind === 'password' ? `password:${question.user}@${question.host}` : `passphrase:${question.path}`;
}

/** Goes away by itself when the login is given up. */
async function ask(options: vscode.InputBoxOptions, signal: AbortSignal): Promise<string | undefined> {
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await vscode.window.showInputBox({ ...options, ignoreFocusOut: true }, source.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}

/** A server's words are shown as its words, on one line. */
function plain(words: string): string {
  return words
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 500);
}
