import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { absentPackages, lazyParts, withoutDocs, type LazyPart, shakenYaml } from './bundle-plugins.ts';

/** One bundle: its name is that of its metafile, `dist/meta/<name>.json`, and of its size in the budget. */
export interface Bundle {
  readonly name: string;
  readonly entry: string;
  readonly options: BuildOptions;
}

export const projectFolder = join(import.meta.dirname, '../..');

/** The bundles that somebody names: package.json's `main`, `browser` and `bin`. */
export function namedBundles(onLazyPart: (part: LazyPart) => void): readonly Bundle[] {
  return [nodePart({ name: 'extension', path: 'src/editor/extension.ts' }, onLazyPart), browserBundle(), commandLine()];
}

/**
 * The extension's entry, or a part of it that loads on first need. esbuild splits ES modules only and VS Code
 * would rather have CommonJS, so each `import()` becomes a bundle of its own that the outer one requires.
 */
export function nodePart({ name, path }: LazyPart, onLazyPart: (part: LazyPart) => void): Bundle {
  return {
    name,
    entry: path,
    options: {
      format: 'cjs',
      platform: 'node',
      target: 'node22',
      outfile: `dist/${name}.cjs`,
      external: ['vscode', ...nativeParts],
      supported: { 'dynamic-import': false },
      plugins: [shakenYaml, absentPackages, withoutDocs, lazyParts(onLazyPart)],
    },
  };
}

/** One file, because a web worker fetches nothing else: `import()` is folded in. */
function browserBundle(): Bundle {
  return {
    name: 'browser',
    entry: 'src/editor/browser.ts',
    options: {
      format: 'cjs',
      platform: 'browser',
      target: 'es2022',
      outfile: 'dist/browser.cjs',
      external: ['vscode'],
      plugins: [shakenYaml, withoutDocs],
    },
  };
}

/** One file that runs from anywhere. It keeps the rules' docs, which `headroom explain` prints. */
function commandLine(): Bundle {
  return {
    name: 'cli',
    entry: 'src/cli/bin.ts',
    options: {
      format: 'esm',
      platform: 'node',
      target: 'node20',
      outfile: 'dist/cli.mjs',
      external: nativeParts,
      // The CommonJS packages inside ask for `require`, which an ES module has not.
      banner: {
        js: "#!/usr/bin/env node\nimport { createRequire as $createRequire } from 'node:module';\nconst require = $createRequire(import.meta.url);",
      },
      plugins: [shakenYaml, absentPackages],
    },
  };
}

/** ssh2 asks for both and goes on without: VSIX and command line stay free of compiled code. */
const nativeParts = ['cpu-features', '*.node'];
