import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contributions from '../editor/contributions.ts';
import type { CommandContribution, SettingContribution } from '../editor/contribution-tables.ts';
import { liveCommands, liveSettings, liveViews } from '../editor/live/contributions.ts';
import type { Generated } from './generate.ts';

/** `contributes` of package.json, and package.nls.json, which holds the English that it refers to. */
export function contributionFiles(root: string): readonly Generated[] {
  const words = new Map<string, string>([
    ['extension.displayName', 'Headroom: Raspberry Pi memory budgets'],
    ['extension.description', 'Fit your containers into your Raspberry Pi’s memory, and keep them there.'],
    ['capabilities.untrusted', 'Files are checked. Connecting to a host and deploying need a trusted workspace.'],
    ['capabilities.virtual', 'Files are checked. What connects to a host or runs a command needs a folder on disk.'],
  ]);
  const say = (key: string, english: string): string => {
    words.set(key, english);
    return `%${key}%`;
  };
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  manifest.activationEvents = contributions.activationEvents;
  manifest.contributes = {
    commands: commandList(say),
    menus: menus(),
    configuration: { title: 'Headroom', properties: settingList(say) },
    ...viewLists(say),
    languages: contributions.languages,
    ...contributions.staticContributions,
  };
  return [
    { path: 'package.json', content: `${JSON.stringify(manifest, null, 2)}\n` },
    { path: 'package.nls.json', content: `${JSON.stringify(Object.fromEntries(words), null, 2)}\n` },
    { path: 'package.nls.de.json', content: german(root, words) },
  ];
}

const commands = { ...contributions.commands, ...liveCommands };
const settings = { ...contributions.settings, ...liveSettings };

type Say = (key: string, english: string) => string;

function commandList(say: Say): unknown[] {
  return Object.entries<CommandContribution>(commands).map(([command, { title, icon, enablement }]) => ({
    command,
    title: say(`${command}.title`, title),
    category: 'Headroom',
    ...(icon !== undefined && { icon }),
    ...(enablement !== undefined && { enablement }),
  }));
}

/** Menus by place; what the palette must not offer, or only at times, stands under `commandPalette`. */
function menus(): Record<string, unknown[]> {
  const result: Record<string, unknown[]> = {};
  const add = (menu: string, entry: unknown): void => {
    (result[menu] ??= []).push(entry);
  };
  for (const [command, { palette, menus: places = [] }] of Object.entries<CommandContribution>(commands)) {
    if (palette !== undefined) add('commandPalette', { command, when: palette === false ? 'false' : palette });
    for (const { menu, when, group } of places)
      add(menu, { command, ...(when !== undefined && { when }), ...(group !== undefined && { group }) });
  }
  return result;
}

function settingList(say: Say): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries<SettingContribution>(settings).map(([key, { description, ...rest }]) => {
      const descriptions =
        'enumDescriptions' in rest
          ? { enumDescriptions: rest.enumDescriptions.map((text, index) => say(`${key}.enum.${String(index)}`, text)) }
          : {};
      return [key, { ...rest, ...descriptions, markdownDescription: say(`${key}.description`, description) }];
    }),
  );
}

function viewLists(say: Say): Record<string, unknown> {
  return {
    viewsContainers: { activitybar: liveViews.map(({ container }) => container) },
    views: Object.fromEntries(
      liveViews.map(({ container, id, name, when, icon }) => [
        container.id,
        [{ id, name: say(`view.${id}.name`, name), when, icon }],
      ]),
    ),
    viewsWelcome: liveViews.flatMap(({ id, welcome }) =>
      welcome.map((text, index) => ({ view: id, contents: say(`view.${id}.welcome.${String(index)}`, text) })),
    ),
  };
}

/** German by English text from l10n/de/package.json; a missing one stays English and fails a test. */
function german(root: string, words: ReadonlyMap<string, string>): string {
  const table = JSON.parse(readFileSync(join(root, 'l10n/de/package.json'), 'utf8')) as Record<string, string>;
  return `${JSON.stringify(Object.fromEntries([...words].map(([key, english]) => [key, table[english] ?? english])), null, 2)}\n`;
}
