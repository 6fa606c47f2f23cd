import { rootImage, stageOf, type Dockerfile } from '../../documents/dockerfile/model.ts';
import type { Rule } from '../rule.ts';

export const dockerfileSdkRuntime: Rule<Dockerfile, 'sdk'> = {
  id: 'dockerfile-sdk-runtime',
  appliesTo: 'dockerfile',
  severity: 'info',
  group: 'build',
  docs: {
    what: 'The final image is built on an SDK or a whole toolchain.',
    why: 'Compilers and package caches travel to the Pi, fill its card and are pulled with every update: 800 MB where the runtime alone has 110.',
    instead:
      'Build in a stage of its own and copy the result onto the runtime: `FROM mcr.microsoft.com/dotnet/aspnet:8.0-alpine`, `eclipse-temurin:17-jre`, or `scratch` for Go and Rust.',
    references: ['https://docs.docker.com/build/building/multi-stage/'],
    invalid: [
      'FROM mcr.microsoft.com/dotnet/sdk:8.0\nCOPY . .\nCMD ["dotnet", "run"]\n',
      'FROM golang:1.23\nCOPY . .\nRUN go build -o /app\nCMD ["/app"]\n',
    ],
    valid: [
      'FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nRUN dotnet publish -o /out\nFROM mcr.microsoft.com/dotnet/aspnet:8.0\nCOPY --from=build /out .\nCMD ["dotnet", "App.dll"]\n',
    ],
  },
  messages: { sdk: '{image} is a toolchain: what runs on the Pi needs its runtime alone' },
  *check({ model }) {
    const stage = stageOf(model, model.builtBy[0]?.target);
    const image = stage === undefined ? undefined : rootImage(stage);
    if (stage !== undefined && image !== undefined && TOOLCHAIN.test(image))
      yield { message: 'sdk', data: { image }, span: stage.imageSpan };
  },
};

const TOOLCHAIN =
  /^(?:mcr\.microsoft\.com\/dotnet\/(?:nightly\/)?sdk|golang|rust|maven|gradle|gcc)(?::|@|$)|^eclipse-temurin:[^@]*-jdk/;
