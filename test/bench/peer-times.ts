import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DCLinter } from 'dclint';
import { getLanguageService, type LanguageService } from 'yaml-language-server';
import { composeOf } from './documents.ts';
import { medianCpuOf } from './median-cpu.ts';
import type { PeerTimes } from './lint-table.ts';

/* A process of its own (see bundled.ts): what others take for a file of as many services as its argument says. */
const services = Number(process.argv[2]);
const text = composeOf(services);
const folder = mkdtempSync(join(tmpdir(), 'headroom-bench-'));
const file = join(folder, 'compose.yml');
writeFileSync(file, text);
try {
  const dclint = new DCLinter({ rules: {}, quiet: true, debug: false, exclude: [] });
  const [linted] = dclint.lintFiles([file], false);
  // Where the file doesn't fit its schema, dclint stops there and looks quick.
  if (linted?.messages.some(({ rule }) => rule.startsWith('invalid-')) !== false) throw new Error('dclint refuses the file');
  const service = languageService();
  const documents = documentsOfServer();
  let version = 0;
  const validate = () => service.doValidation(documents.create(`file://${file}`, 'yaml', ++version, text), false);
  const times = await medianCpuOf({ dclint: () => dclint.lintFiles([file], false), yamlServer: validate }, 1500);
  const result: PeerTimes = { services, ...times };
  console.log(JSON.stringify(result));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** With the schema of Compose as dclint carries it: the server would fetch the same from the network. */
function languageService(): LanguageService {
  const schemaFile = join(createRequire(import.meta.url).resolve('dclint/package.json'), '../schemas/compose.schema.json');
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as object;
  const service = getLanguageService({
    schemaRequestService: () => Promise.reject(new Error('offline')),
    workspaceContext: { resolveRelativePath: (path) => path },
  });
  service.configure({ validate: true, schemas: [{ uri: 'compose.json', fileMatch: ['*'], schema }], customTags: [] });
  return service;
}

/** The server's own class of documents: its package is one of the server's dependencies, not of ours. */
function documentsOfServer() {
  const require = createRequire(import.meta.resolve('yaml-language-server'));
  const { TextDocument } = require('vscode-languageserver-textdocument') as {
    readonly TextDocument: {
      create(uri: string, language: string, version: number, text: string): Parameters<LanguageService['doValidation']>[0];
    };
  };
  return TextDocument;
}
