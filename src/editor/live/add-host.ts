import * as vscode from 'vscode';
import { message } from '../../base/message.ts';
import { configuredHosts } from '../../live/host/config-file.ts';
import { sshContexts } from '../../live/host/docker-contexts.ts';
import { configFiles, configReader, type Machine } from '../../live/host/machine.ts';
import { parseHostName } from '../../live/host/target.ts';
import { say } from '../translate.ts';
import { text } from './text.ts';

/** Asks which Pi: one that SSH or Docker knows already, or one typed in. Nothing is connected for it. */
export async function askHost(machine: Machine, listed: readonly string[]): Promise<string | undefined> {
  const configured = configuredHosts(configFiles(machine), configReader(machine)).map((host) => ({
    label: host,
    description: say(message(text.fromSsh)),
    host,
  }));
  const contexts = (await sshContexts(machine)).map(({ host, context }) => ({
    label: host,
    description: say(message(text.fromDocker, { name: context })),
    host,
  }));
  const known = [...configured, ...contexts].filter(
    ({ host }, index, all) => !listed.includes(host) && all.findIndex((other) => other.host === host) === index,
  );
  if (known.length === 0) return askName(listed);
  const typed = { label: `$(edit) ${say(message(text.addTyped))}`, description: '', host: undefined };
  const chosen = await vscode.window.showQuickPick([...known, typed], { placeHolder: say(message(text.addPlaceholder)) });
  return chosen === typed ? askName(listed) : chosen?.host;
}

async function askName(listed: readonly string[]): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    prompt: say(message(text.addPrompt)),
    placeHolder: 'pi@raspberrypi.local',
    validateInput: (value) => {
      if (listed.includes(value.trim())) return say(message(text.addNone));
      return parseHostName(value).ok ? undefined : say(message(text.addBad));
    },
  });
  return name?.trim();
}
