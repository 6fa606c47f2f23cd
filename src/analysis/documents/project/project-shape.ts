import type { MapShape, Shape, TextShape } from './shape.ts';

const board: TextShape = {
  kind: 'text',
  description: 'The Raspberry Pi that the stack shall run on, or a plain size like 768M.',
  pattern: '^(?:pi-[a-z0-9-]+|\\d+(?:\\.\\d+)?\\s?[kKmMgG][iI]?[bB]?)$',
};

const size: TextShape = {
  kind: 'text',
  description: 'A size as Compose writes it: 180M.',
  pattern: '^\\d+(?:\\.\\d+)?\\s?[kKmMgG]?[iI]?[bB]?$',
};

const files: Shape = {
  kind: 'either',
  description: 'One path or pattern, or a list of them, from the folder of this file.',
  of: [
    { kind: 'text', description: 'One path or pattern.' },
    { kind: 'list', description: 'Several.', of: { kind: 'text', description: 'A path or pattern.' } },
  ],
};

const severity: TextShape = {
  kind: 'text',
  description: 'How serious a finding is here.',
  oneOf: ['error', 'warning', 'info', 'hint', 'off'],
};

/** The project's own file. Unknown keys are findings, never fatal. */
export const projectShape: MapShape = {
  kind: 'map',
  description: 'Headroom: what this project shall fit on, and how it is judged.',
  keys: {
    version: { kind: 'number', description: 'The version of this format: 1.', minimum: 1, maximum: 1 },
    board,
    reserve: {
      kind: 'map',
      description: 'What the system takes before any container runs.',
      keys: {
        system: {
          kind: 'text',
          description: 'The operating system; brief is a flat 80 MB.',
          oneOf: ['lite', 'desktop', 'ubuntu', 'dietpi', 'brief'],
        },
        size,
      },
    },
    host: {
      kind: 'text',
      description: 'The name of a host. Its address and key come from user settings or the ssh config, never from here.',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
    },
    stacks: {
      kind: 'list',
      description: 'The stacks of this project; their files are checked even while closed.',
      of: {
        kind: 'map',
        description: 'One stack, as `docker compose -f … --profile …` would start it.',
        keys: {
          name: { kind: 'text', description: 'What it is called here.' },
          files,
          profiles: { kind: 'list', description: 'Profiles to switch on.', of: { kind: 'text', description: 'A profile.' } },
          env: files,
          board,
        },
        required: ['files'],
      },
    },
    agents: {
      kind: 'map',
      description: 'Numbered instances of one stack, made from a template.',
      keys: {
        template: { kind: 'text', description: 'The template, with {AGENT_NUMBER} where the number belongs.' },
        max: { kind: 'number', description: 'The most that shall run at once.', minimum: 1, maximum: 99 },
        ports: {
          kind: 'map',
          description: 'Port k of agent n is base + step · n + k.',
          keys: {
            base: { kind: 'number', description: 'Where the ports of the agents begin.', minimum: 1024, maximum: 65535 },
            step: { kind: 'number', description: 'How many ports each agent has for its own.', minimum: 1, maximum: 10000 },
          },
        },
      },
    },
    importance: {
      kind: 'table',
      description: 'How much each service matters: the higher, the later it is stopped or killed.',
      of: { kind: 'number', description: 'From 0 to 1000.', minimum: 0, maximum: 1000 },
    },
    rules: { kind: 'table', description: 'Severity of single rules or whole groups.', of: severity },
    ignore: {
      kind: 'list',
      description: 'Findings that are accepted, each with the reason.',
      of: {
        kind: 'map',
        description: 'What is accepted, where, and why.',
        keys: {
          rule: { kind: 'text', description: 'The id of a rule.' },
          files,
          service: { kind: 'text', description: 'Only for this service.' },
          reason: { kind: 'text', description: 'Why it is accepted. Without one the entry is a finding itself.' },
        },
        required: ['rule', 'reason'],
      },
    },
  },
};
