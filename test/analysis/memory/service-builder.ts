import { fileId } from '../../../src/base/span.ts';
import { Documents, resolveStack } from '../../../src/analysis/documents/compose/resolve.ts';
import type { Service, Stack } from '../../../src/analysis/documents/compose/model.ts';
import type { RuntimeInputs } from '../../../src/analysis/memory/runtime-model.ts';

export const FILE = fileId('compose.yml');

/** A stack of one service, written as Compose writes it (or as JSON), without its name and its indentation. */
export function serviceText(text: string): string {
  if (text.trimStart().startsWith('{')) return `services:\n  service: ${text}\n`;
  return `services:\n  service:\n${text.replace(/^/gm, '    ')}\n`;
}

export function stack(text: string): Stack {
  const reader = {
    read: (file: string) =>
      file === FILE ? ({ kind: 'text', source: { file: FILE, text } } as const) : ({ kind: 'missing' } as const),
  };
  return resolveStack({ files: [FILE], environment: new Map(), profiles: [] }, new Documents(reader));
}

export function service(text: string): Service {
  const [only] = stack(serviceText(text)).services;
  if (only === undefined) throw new Error(`no service in ${text}`);
  return only;
}

export function inputs(text: string, more: Partial<RuntimeInputs> = {}): RuntimeInputs {
  return { service: service(text), limit: undefined, boardMemory: undefined, cores: undefined, ...more };
}
