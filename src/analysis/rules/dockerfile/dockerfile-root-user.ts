import { inherited, rootImage, stageOf, type Dockerfile } from '../../documents/dockerfile/model.ts';
import type { Rule } from '../rule.ts';

export const dockerfileRootUser: Rule<Dockerfile, 'root'> = {
  id: 'dockerfile-root-user',
  appliesTo: 'dockerfile',
  severity: 'hint',
  group: 'hardening',
  docs: {
    what: 'The program of the image runs as root.',
    why: 'Whoever breaks into it is root within the container, one kernel fault away from the board.',
    instead: '`USER node`, `USER $APP_UID` (.NET), or a user that the image makes itself.',
    references: ['https://docs.docker.com/build/building/best-practices/#user'],
    invalid: [
      'FROM node:20-alpine\nCOPY . .\nCMD ["node", "server.js"]\n',
      'FROM node:20\nUSER root\nCMD ["node", "server.js"]\n',
    ],
    valid: [
      'FROM node:20-alpine\nUSER node\nCMD ["node", "server.js"]\n',
      'FROM gcr.io/distroless/static:nonroot\nCMD ["/app"]\n',
      'FROM postgres:16\nCOPY init.sql /docker-entrypoint-initdb.d/\n',
    ],
  },
  messages: { root: 'The program runs as root: USER names another' },
  *check({ model }) {
    const stage = stageOf(model, model.builtBy[0]?.target);
    const image = stage === undefined ? undefined : rootImage(stage);
    const starts = inherited(stage, 'CMD') ?? inherited(stage, 'ENTRYPOINT');
    // Images of services drop their rights themselves; only what starts a program of one's own is judged.
    if (stage === undefined || image === undefined || starts === undefined || !STARTS_AS_ROOT.test(image)) return;
    const user = inherited(stage, 'USER')?.words[0]?.text;
    if (user === undefined || /^(?:root|0)(?::|$)/.test(user)) yield { message: 'root', span: starts.span };
  },
};

const STARTS_AS_ROOT =
  /^(?!.*nonroot)(?:alpine|debian|ubuntu|busybox|node|python|ruby|php|golang|rust|mcr\.microsoft\.com\/dotnet\/.*|eclipse-temurin|openjdk|scratch)(?::|@|$)/;
