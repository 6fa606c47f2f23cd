import type { CommandContribution, LanguageContribution, SettingContribution } from './contribution-tables.ts';

/** Every command. The registration in the wiring takes its ids from here, so none can be declared and forgotten. */
export const commands = {
  'headroom.fixAll': {
    title: 'Fix all safe problems in this file',
    palette: 'headroom.active',
  },
  'headroom.explainRule': {
    title: 'Explain a rule',
  },
  'headroom.ignoreHere': { title: 'Ignore a finding here', palette: false },
  'headroom.ignoreInProject': { title: 'Ignore a finding in this project', palette: false },
  'headroom.changeSeverity': { title: 'Change the severity of a rule', palette: false },
  'headroom.chooseBoard': {
    title: 'Choose board',
    icon: '$(circuit-board)',
  },
  'headroom.fitStack': {
    title: 'Fit stack into the board',
    palette: 'headroom.active',
  },
  'headroom.showBudget': {
    title: 'Show memory budget',
    palette: 'headroom.active',
  },
  'headroom.tunePostgres': {
    title: 'Tune PostgreSQL for this Pi',
    palette: 'headroom.active || editorLangId == postgresql-conf',
    menus: [{ menu: 'editor/context', when: 'editorLangId == postgresql-conf', group: '1_modification' }],
  },
} as const satisfies Record<`headroom.${string}`, CommandContribution>;

export type CommandId = keyof typeof commands;

export const settings = {
  'headroom.board': {
    type: 'string',
    default: '',
    scope: 'resource',
    description:
      'The Raspberry Pi that stacks are judged for, like pi-zero-2w or pi-4-2gb, or a plain size like 768M. headroom.yaml wins over this.',
  },
  'headroom.codeLens': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    description: 'Show the verdict of a stack above its services.',
  },
  'headroom.inlayHints': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    description: 'Show behind each service what it will take at its peak.',
  },
  'headroom.reserve': {
    type: 'string',
    default: '',
    scope: 'resource',
    description:
      'What the system takes before any container runs: lite, desktop, ubuntu, dietpi, brief (a flat 80 MB), or a size like 180M.',
  },
  'headroom.rules': {
    type: 'object',
    default: {},
    scope: 'resource',
    description: 'Severity of single rules or whole groups: error, warning, info, hint or off.',
    additionalProperties: { enum: ['error', 'warning', 'info', 'hint', 'off'] },
  },
} as const satisfies Record<`headroom.${string}`, SettingContribution>;

export type SettingId = keyof typeof settings;

/** What `when` clauses may ask. `node` is set by the Node entry alone: a browser can't reach a host. */
export const contextKeys = { active: 'headroom.active', node: 'headroom.node' } as const;

/** The Compose files that VS Code's own patterns miss, and a language that it doesn't have. */
export const languages: readonly LanguageContribution[] = [
  { id: 'dockercompose', filenamePatterns: ['*.compose.yml', '*.compose.yaml', 'docker-compose*.yml', 'docker-compose*.yaml'] },
  {
    id: 'postgresql-conf',
    aliases: ['PostgreSQL configuration', 'postgresql.conf'],
    filenamePatterns: ['postgresql*.conf'],
    configuration: './syntaxes/postgresql-conf.language-configuration.json',
  },
];

/** Nothing at start-up: a language that appears, or the project file that asks for whole stacks to be checked. */
export const activationEvents = [
  'onLanguage:dockercompose',
  'onLanguage:yaml',
  'onLanguage:dockerfile',
  'workspaceContains:headroom.yaml',
] as const;

/** What has no id of ours to check against: passed on as it is. */
export const staticContributions: Readonly<Record<string, unknown>> = {
  grammars: [
    { language: 'postgresql-conf', scopeName: 'source.postgresql-conf', path: './syntaxes/postgresql-conf.tmLanguage.json' },
  ],
  yamlValidation: [{ fileMatch: 'headroom.yaml', url: './media/headroom.schema.json' }],
  jsonValidation: [{ fileMatch: 'headroom.yaml', url: './media/headroom.schema.json' }],
};
