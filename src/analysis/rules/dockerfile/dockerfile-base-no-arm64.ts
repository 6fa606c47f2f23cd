import { rootImage, stageOf, type Dockerfile } from '../../documents/dockerfile/model.ts';
import { parseImage } from '../../memory/image-reference.ts';
import type { Rule } from '../rule.ts';
import { missingOn } from '../arm64-images.ts';

export const dockerfileBaseNoArm64: Rule<Dockerfile, 'none' | 'noneBefore' | 'platform'> = {
  id: 'dockerfile-base-no-arm64',
  appliesTo: 'dockerfile',
  severity: 'error',
  group: 'image',
  docs: {
    what: 'The image is built on one that is not published for 64-bit ARM, or is pinned to another platform.',
    why: 'The build on or for a Pi ends with "no matching manifest for linux/arm64/v8", or the program with "exec format error".',
    instead: 'Take a base that is published for arm64, and leave `--platform` out of the last stage.',
    references: ['https://docs.docker.com/build/building/multi-platform/'],
    invalid: ['FROM mysql:5.7\nCOPY my.cnf /etc/mysql/\n', 'FROM --platform=linux/amd64 node:20\nCMD ["node", "server.js"]\n'],
    valid: [
      'FROM node:20\nCMD ["node", "server.js"]\n',
      'FROM --platform=$BUILDPLATFORM node:20 AS build\nRUN npm run build\nFROM nginx:alpine\nCOPY --from=build /out /usr/share/nginx/html\n',
    ],
  },
  messages: {
    none: '{image} is not published for arm64: {instead}',
    noneBefore: '{image} is not published for arm64 before version {version}',
    platform: 'The image is built for {platform}, which no Raspberry Pi runs',
  },
  *check({ model }) {
    const stage = stageOf(model, model.builtBy[0]?.target);
    if (stage === undefined) return;
    const platform = stage.platform;
    if (platform !== undefined && !platform.text.includes('$') && !platform.text.includes('arm'))
      yield { message: 'platform', data: { platform: platform.text }, span: platform.span, severity: 'warning' };
    const image = rootImage(stage);
    const reference = image === undefined ? undefined : parseImage(image);
    const missing = reference === undefined ? undefined : missingOn(reference);
    if (missing !== undefined) yield { ...missing, data: { image: image ?? '', ...missing.data }, span: stage.imageSpan };
  },
};
