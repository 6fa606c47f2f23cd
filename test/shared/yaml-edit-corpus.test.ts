import { describe, expect, it } from 'vitest';
import { insertComment, removePath, setPath, type Edits } from '../../src/analysis/documents/yaml-edit.ts';
import { pairOf, type YamlFile } from '../../src/analysis/documents/yaml-tree.ts';
import { parseYaml } from '../../src/analysis/documents/yaml.ts';
import { applyEdits } from '../../src/base/edit.ts';
import { fileId } from '../../src/base/span.ts';
import { ourAnswer } from '../oracle/compose/our-answer.ts';
import { composeCorpus } from './compose-corpus.ts';
import { sharedFolder } from './shared-folder.ts';

/** Files that resolve, each as it is and with the line ends of Windows. */
const corpus = (sharedFolder === undefined ? [] : composeCorpus(sharedFolder))
  .filter(({ accepted }) => accepted === 'ok')
  .flatMap((file, index) =>
    index % 3 > 0 ? [file] : [file, { path: `${file.path} with CRLF`, text: file.text.replace(/\r?\n/g, '\r\n') }],
  )
  .filter(({ text }) => 'json' in resolved(text));

describe.runIf(sharedFolder)('edits on the corpus', () => {
  it.each(corpus.map(({ path, text }) => [path, text]))('%s', (_path, text) => {
    const before = resolved(text);
    for (const [name, service] of Object.entries(before.json?.services ?? {})) {
      const limited = edited(text, (file) => setPath(file, undefined, ['services', name, 'mem_reservation'], '7M'));
      if (limited === undefined || 'mem_reservation' in service || service.deploy?.resources?.reservations !== undefined)
        continue;
      expect(resolved(limited)).toEqual(withService(before, name, { ...service, mem_reservation: '7340032' }));
      expect(linesLost(text, limited)).toEqual([]);
      expect(limited.includes('\r\n') && /[^\r]\n/.test(limited)).toBe(text.includes('\r\n') && /[^\r]\n/.test(text));

      const restored = edited(limited, (file) => removePath(file, undefined, ['services', name, 'mem_reservation']));
      expect(resolved(restored ?? '')).toEqual(before);
      expect(restored?.trimEnd()).toBe(text.trimEnd());

      const nested = edited(text, (file) =>
        setPath(file, undefined, ['services', name, 'deploy', 'resources', 'reservations', 'memory'], '7M'),
      );
      if (nested !== undefined)
        expect(resolved(nested).json?.services[name]?.deploy?.resources?.reservations).toMatchObject({ memory: '7340032' });

      const remarked = edited(text, (file) => insertComment(file, keyOf(file, name), 'headroom-ignore x -- y'));
      expect(resolved(remarked ?? '')).toEqual(before);
    }
  });
});

interface PrintedService {
  readonly mem_reservation?: string;
  readonly deploy?: { readonly resources?: { readonly reservations?: object } };
}

interface Printed {
  readonly json?: { readonly services: Readonly<Record<string, PrintedService>> };
}

function resolved(text: string): Printed {
  return ourAnswer({ files: { 'compose.yaml': text }, order: ['compose.yaml'] }) as Printed;
}

function withService(printed: Printed, name: string, service: PrintedService): Printed {
  return { json: { ...printed.json, services: { ...printed.json?.services, [name]: service } } };
}

function edited(text: string, edits: (file: YamlFile) => Edits): string | undefined {
  const file = parseYaml({ file: fileId('c.yaml'), text });
  const made = edits(file);
  return made === undefined ? undefined : applyEdits(file.source.file, text, made);
}

function keyOf(file: YamlFile, service: string): { start: number } {
  const services = file.documents.map(({ root }) => pairOf(root, 'services')?.value).find((value) => value !== undefined);
  return pairOf(services, service)?.key ?? { start: 0 };
}

/** Lines of the first text that the second doesn't have in this order; a line in brackets may have grown. */
function linesLost(before: string, after: string): string[] {
  const lines = after.split('\n');
  let at = 0;
  return before.split('\n').filter((line) => {
    const found = lines.findIndex(
      (other, index) => index >= at && (other === line || other.trimEnd() === line.trimEnd() || grown(line, other)),
    );
    if (found >= 0) at = found + 1;
    return found < 0 && line !== '';
  });
}

function grown(line: string, other: string): boolean {
  const cut = other.replace(/,? ?"?mem_reservation"?: ?"?7M"?(?:, )?/, '');
  return cut !== other && (cut === line || cut.replace(/\s/g, '') === line.replace(/\s/g, ''));
}
