import { inherited, stageOf, type Dockerfile } from '../../documents/dockerfile/model.ts';
import type { Rule } from '../rule.ts';

export const dockerfileEmptyStage: Rule<Dockerfile, 'nothing' | 'noCommand'> = {
  id: 'dockerfile-empty-stage',
  appliesTo: 'dockerfile',
  severity: 'warning',
  group: 'build',
  docs: {
    what: 'The final stage takes nothing from the stages before it, or starts nothing of its own.',
    why: 'The image that `docker build` tags is the last stage. Without a `COPY --from` it holds none of what was built; without a `CMD` it runs what its base image runs, which for a runtime image is a shell or nothing.',
    instead: 'Copy the result of the build into the last stage and say what starts.',
    references: ['https://docs.docker.com/build/building/multi-stage/'],
    invalid: [
      'FROM node:20 AS build\nRUN npm run build\nFROM node:20-alpine\nUSER node\nCMD ["node", "server.js"]\n',
      'FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nRUN dotnet publish -o /out\nFROM mcr.microsoft.com/dotnet/runtime-deps:8.0-alpine\nCOPY --from=build /out .\n',
    ],
    valid: [
      'FROM node:20 AS build\nRUN npm run build\nFROM nginx:alpine\nCOPY --from=build /app/out /usr/share/nginx/html\n',
      'FROM node:20\nCOPY . .\nCMD ["node", "server.js"]\n',
      'FROM node:20 AS base\nRUN npm ci\nFROM base\nCMD ["node", "server.js"]\n',
    ],
  },
  messages: {
    nothing: 'The last stage copies nothing from the {count} before it: what was built is not in the image',
    noCommand: '{image} starts nothing by itself, and no CMD or ENTRYPOINT says what to start',
  },
  *check({ model }) {
    const stage = stageOf(model, model.builtBy[0]?.target);
    if (stage === undefined || model.stages.length < 2 || stage.parent !== undefined) return;
    const copies = stage.instructions.filter(({ keyword, flags }) => keyword === 'COPY' && flags.has('from'));
    const mounted = stage.instructions.some(({ flags }) => flags.get('mount')?.text.includes('from=') === true);
    if (copies.length === 0 && !mounted) yield { message: 'nothing', data: { count: model.stages.length - 1 }, span: stage.span };
    const starts = inherited(stage, 'CMD') ?? inherited(stage, 'ENTRYPOINT');
    const commanded = model.builtBy.length > 0 && model.builtBy.every((built) => built.commanded);
    if (starts === undefined && !commanded && stage.image !== undefined && STARTS_NOTHING.test(stage.image))
      yield { message: 'noCommand', data: { image: stage.image }, span: stage.imageSpan };
  },
};

/** Bases whose own command is a shell, an interpreter's prompt or nothing at all. */
const STARTS_NOTHING =
  /^(?:scratch|alpine|debian|ubuntu|busybox|node|python|mcr\.microsoft\.com\/dotnet\/(?:nightly\/)?(?:runtime-deps|runtime|aspnet)|eclipse-temurin|gcr\.io\/distroless\/.*)(?::|@|$)/;
