import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../../../src/analysis/documents/dockerfile/dockerfile.ts';
import { inherited, rootImage, stageOf } from '../../../../src/analysis/documents/dockerfile/model.ts';
import { fileId, slice } from '../../../../src/base/span.ts';

const file = fileId('/w/Dockerfile');
const parse = (text: string) => parseDockerfile({ file, text });

const STAGED = `ARG NODE=20
FROM --platform=$BUILDPLATFORM node:\${NODE}-alpine AS build
WORKDIR /app
COPY package.json ./
RUN npm ci \\
    && npm run build

FROM nginx:alpine
COPY --from=build /app/out /usr/share/nginx/html
USER nginx
CMD ["nginx", "-g", "daemon off;"]
`;

describe('a Dockerfile', () => {
  it('is its stages, with the variables of image names filled in', () => {
    const { stages } = parse(STAGED);
    expect(stages.map(({ name, image }) => ({ name, image }))).toEqual([
      { name: 'build', image: 'node:20-alpine' },
      { name: undefined, image: 'nginx:alpine' },
    ]);
    expect(slice(STAGED, stages[0]!.imageSpan)).toBe('node:${NODE}-alpine');
    expect(stages[0]!.platform?.text).toBe('$BUILDPLATFORM');
  });

  it('gives instructions as words, JSON form unquoted, each with its place', () => {
    const last = stageOf(parse(STAGED));
    const command = inherited(last, 'CMD');
    expect(command?.json).toBe(true);
    expect(command?.words.map(({ text }) => text)).toEqual(['nginx', '-g', 'daemon off;']);
    expect(command?.words.map(({ span }) => slice(STAGED, span))).toEqual(['"nginx"', '"-g"', '"daemon off;"']);
    const copy = last?.instructions.find(({ keyword }) => keyword === 'COPY');
    expect(copy?.flags.get('from')?.text).toBe('build');
    expect(copy?.words.map(({ text }) => text)).toEqual(['/app/out', '/usr/share/nginx/html']);
  });

  it('inherits what an earlier stage of the same file set', () => {
    const { stages } = parse('FROM node:20 AS base\nCMD ["node", "a.js"]\nFROM base AS final\nENV A=1\n');
    expect(inherited(stages[1], 'CMD')?.words.map(({ text }) => text)).toEqual(['node', 'a.js']);
    expect(rootImage(stages[1]!)).toBe('node:20');
  });

  it('does not know an image whose variable has no value', () => {
    expect(parse('ARG TAG\nFROM node:${TAG}\n').stages[0]?.image).toBeUndefined();
    expect(parse('FROM node:${TAG:-18}\n').stages[0]?.image).toBe('node:18');
  });

  it('never throws, and its places lie in the text', () => {
    const pieces = fc.constantFrom(
      'FROM ',
      'node:20',
      ' AS x',
      '\n',
      '\\',
      'RUN ',
      '["a"',
      ']',
      '"',
      '--from=',
      '<<EOF',
      '#',
      '${',
      '}',
      ' ',
      'CMD',
      'ENV A=',
      '\r\n',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        for (const { span, instructions } of parse(text).stages) {
          for (const place of [span, ...instructions.flatMap((each) => [each.span, ...each.words.map((word) => word.span)])]) {
            expect(place.start).toBeLessThanOrEqual(place.end);
            expect(place.end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
