import type { CommandContribution, SettingContribution, ViewContribution } from '../contribution-tables.ts';

/*
 * What the live part shows. A table of its own, because linting, which runs in a browser too, registers none of it.
 */

/** Asked before the extension has started, when its own key isn't set yet: a desktop, or a browser with a server behind. */
const NODE = 'headroom.node || !isWeb || remoteName';

export const HOSTS_VIEW = 'headroom.hosts';

const TITLE = { menu: 'view/title', when: `view == ${HOSTS_VIEW}` } as const;
const on = (items: string): string => `view == ${HOSTS_VIEW} && viewItem =~ /^(${items})$/`;
const ITEM = 'view/item/context';

export const liveCommands = {
  'headroom.addHost': {
    title: 'Add a Pi …',
    icon: '$(add)',
    palette: NODE,
    menus: [{ ...TITLE, group: 'navigation@1' }],
  },
  'headroom.openDemo': { title: 'Open the demo Pi', palette: NODE, menus: [{ ...TITLE, group: '1_hosts@1' }] },
  'headroom.forgetSecrets': {
    title: 'Forget passwords and passphrases',
    palette: NODE,
    menus: [{ ...TITLE, group: '1_hosts@2' }],
  },
  'headroom.checkHost': {
    title: 'Check this Pi',
    icon: '$(checklist)',
    palette: NODE,
    menus: [{ menu: ITEM, when: on('host|failedHost'), group: 'inline@2' }],
  },
  'headroom.connectHost': {
    title: 'Connect again',
    icon: '$(debug-reconnect)',
    palette: false,
    menus: [{ menu: ITEM, when: on('failedHost'), group: 'inline@1' }],
  },
  'headroom.removeHost': {
    title: 'Remove',
    palette: false,
    menus: [{ menu: ITEM, when: on('host|failedHost'), group: '9_remove' }],
  },
  'headroom.restartContainer': {
    title: 'Restart …',
    icon: '$(debug-restart)',
    palette: false,
    menus: [{ menu: ITEM, when: on('runningContainer'), group: '1_run@1' }],
  },
  'headroom.stopContainer': {
    title: 'Stop …',
    palette: false,
    menus: [{ menu: ITEM, when: on('runningContainer'), group: '1_run@2' }],
  },
  'headroom.startContainer': {
    title: 'Start',
    palette: false,
    menus: [{ menu: ITEM, when: on('stoppedContainer'), group: '1_run@1' }],
  },
  'headroom.showLogs': {
    title: 'Show logs',
    icon: '$(output)',
    palette: false,
    menus: [{ menu: ITEM, when: on('runningContainer|stoppedContainer'), group: 'inline' }],
  },
  'headroom.openService': {
    title: 'Open in compose file',
    palette: false,
    menus: [{ menu: ITEM, when: on('runningContainer|stoppedContainer'), group: '2_open@1' }],
  },
  'headroom.copyName': {
    title: 'Copy name',
    palette: false,
    menus: [{ menu: ITEM, when: on('runningContainer|stoppedContainer'), group: '3_copy' }],
  },
} as const satisfies Record<`headroom.${string}`, CommandContribution>;

export type LiveCommandId = keyof typeof liveCommands;

export const liveSettings = {
  'headroom.hosts': {
    type: 'array',
    default: [],
    // Application scope, so that no workspace can name a machine for Headroom to connect to.
    scope: 'application',
    items: { type: 'string' },
    description: 'The Pis of the sidebar: Hosts of your SSH configuration, or user@name:port. A workspace can’t set this.',
  },
} as const satisfies Record<`headroom.${string}`, SettingContribution>;

export const liveViews: readonly ViewContribution[] = [
  {
    container: { id: 'headroom', title: 'Headroom', icon: 'media/headroom.svg' },
    id: HOSTS_VIEW,
    name: 'Hosts',
    when: NODE,
    icon: 'media/headroom.svg',
    welcome: [
      'See live what the containers of a Raspberry Pi use. Headroom needs nothing but SSH and Docker on it.',
      '[Add a Pi …](command:headroom.addHost)',
      '[Open the demo Pi](command:headroom.openDemo)\nA pretend Pi inside VS Code: nothing is connected.',
    ],
  },
];
