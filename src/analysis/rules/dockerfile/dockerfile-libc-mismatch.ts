import type { Span } from '../../../base/span.ts';
import { rootImage, stageOf, type Dockerfile, type Instruction, type Stage } from '../../documents/dockerfile/model.ts';
import type { Rule } from '../rule.ts';

export const dockerfileLibcMismatch: Rule<Dockerfile, 'mismatch' | 'builtHere'> = {
  id: 'dockerfile-libc-mismatch',
  appliesTo: 'dockerfile',
  severity: 'warning',
  group: 'build',
  docs: {
    what: 'A native program is built against one C library and copied onto an image that has the other.',
    why: 'Alpine has musl, Debian and Ubuntu have glibc. A program that is linked against one does not start on the other, and the message ("no such file or directory") names a file that is there.',
    instead: 'Build on the same family as the runtime, or publish for the other: `dotnet publish -r linux-musl-arm64`.',
    references: ['https://learn.microsoft.com/en-us/dotnet/core/deploying/native-aot/'],
    invalid: [
      'FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nRUN dotnet publish -r linux-arm64 -p:PublishAot=true -o /out\nFROM alpine:3.20\nCOPY --from=build /out /app\nCMD ["/app/Api"]\n',
      'FROM rust:1.80 AS build\nRUN cargo build --release\nFROM alpine\nCOPY --from=build /target/release/app /app\nCMD ["/app"]\n',
    ],
    valid: [
      'FROM mcr.microsoft.com/dotnet/sdk:8.0-alpine AS build\nRUN dotnet publish -r linux-musl-arm64 -p:PublishAot=true -o /out\nFROM alpine:3.20\nCOPY --from=build /out /app\nCMD ["/app/Api"]\n',
      'FROM node:20 AS build\nRUN npm run build\nFROM nginx:alpine\nCOPY --from=build /app/out /usr/share/nginx/html\n',
      'FROM golang:1.23 AS build\nRUN CGO_ENABLED=0 go build -o /app\nFROM alpine\nCOPY --from=build /app /app\nCMD ["/app"]\n',
    ],
  },
  messages: {
    mismatch: 'What is built on {from} needs {needs}, and {onto} has {has}: it will not start',
    builtHere: 'built here',
  },
  *check({ model }) {
    const stage = stageOf(model, model.builtBy[0]?.target);
    const onto = stage === undefined ? undefined : rootImage(stage);
    const has = onto === undefined ? undefined : libraryOf(onto);
    if (stage === undefined || onto === undefined || has === undefined) return;
    for (const { source, span } of takenFrom(stage, model)) {
      const build = nativeBuild(source);
      const from = rootImage(source);
      const needs = build === undefined || from === undefined ? undefined : linkedAgainst(build, from);
      if (build === undefined || from === undefined || needs === undefined || needs === has) continue;
      yield {
        message: 'mismatch',
        data: { from, needs, onto, has },
        span,
        related: [{ message: 'builtHere', span: build.span }],
      };
    }
  },
};

/** The stages that the last one copies from; one that copies nothing yet is meant for what was built before it. */
function takenFrom(stage: Stage, model: Dockerfile): readonly { readonly source: Stage; readonly span: Span }[] {
  const copies = stage.instructions.filter(({ keyword, flags }) => keyword === 'COPY' && flags.has('from'));
  const before = model.stages[model.stages.indexOf(stage) - 1];
  if (copies.length === 0) return before === undefined ? [] : [{ source: before, span: stage.imageSpan }];
  return copies.flatMap((copy) => {
    const source = sourceStage(copy, model);
    return source === undefined ? [] : [{ source, span: copy.span }];
  });
}

function sourceStage(copy: Instruction, { stages }: Dockerfile): Stage | undefined {
  const from = copy.flags.get('from')?.text;
  return from === undefined
    ? undefined
    : (stages.find(({ name }) => name?.toLowerCase() === from.toLowerCase()) ?? stages[Number(from)]);
}

/** The command that links a native program; what is compiled to bytecode or script runs on either. */
function nativeBuild({ instructions }: Stage): Instruction | undefined {
  return instructions.find(({ keyword, words }) => {
    const line = words.map(({ text }) => text).join(' ');
    if (keyword !== 'RUN') return false;
    const native =
      /dotnet publish\b.*(?:PublishAot(?:=|:)true|-p:NativeAot)|cargo build|\bgo build\b|(?:^|\s)(?:gcc|g\+\+|clang|make)\s/i.test(
        line,
      );
    // A static program carries its library with it.
    return (
      native &&
      !/CGO_ENABLED=0|-static|target[ =]\S*musl/.test(line) &&
      !(/\bgo build\b/.test(line) && !line.includes('CGO_ENABLED=1'))
    );
  });
}

function linkedAgainst(build: Instruction, image: string): 'glibc' | 'musl' | undefined {
  const runtime = /(?:^|\s)(?:-r|--runtime)[ =]linux-(musl-)?/.exec(build.words.map(({ text }) => text).join(' '));
  return runtime === null ? libraryOf(image) : runtime[1] === undefined ? 'glibc' : 'musl';
}

function libraryOf(image: string): 'glibc' | 'musl' | undefined {
  if (image === 'scratch' || /distroless|static/.test(image)) return undefined;
  return /(?:^|[/:-])alpine/.test(image) ? 'musl' : 'glibc';
}
