import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Plugin } from 'esbuild';
import ts from 'typescript';

/** A module that is loaded on first need; `path` is relative to the project. */
export interface LazyPart {
  readonly name: string;
  readonly path: string;
}

const project = join(import.meta.dirname, '../..');

/**
 * Turns `import('./some/part.ts')` into a bundle `some-part.cjs` beside the one that asks, and reports it so that
 * somebody builds it.
 */
export function lazyParts(found: (part: LazyPart) => void): Plugin {
  return {
    name: 'lazy-parts',
    setup(build) {
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const file = relative(project, join(resolveDir, path)).split(sep).join('/');
        const name = `${basename(dirname(file))}-${basename(file, '.ts')}`;
        found({ name, path: file });
        return { path: `./${name}.cjs`, external: true };
      });
    },
  };
}

/**
 * Only the lexer and the parser of `yaml` are used. The package offers Node nothing but CommonJS, of which nothing
 * can be left out (47 kB more), and doesn't say that its ES modules have no side effects (another 35 kB).
 */
export const shakenYaml: Plugin = {
  name: 'shaken-yaml',
  setup(build) {
    const folder = join(project, 'node_modules/yaml/browser');
    build.onResolve({ filter: /^yaml$/ }, () => ({ path: join(folder, 'index.js'), sideEffects: false }));
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, importer, resolveDir }) =>
      importer.startsWith(folder) ? { path: join(resolveDir, path), sideEffects: false } : undefined,
    );
  },
};

/**
 * dockerode loads these for building images, which Headroom does over the docker command line: 364 kB of 914 for
 * BuildKit, and 106 kB for packing a folder. Whoever reaches for them after all is told.
 */
export const absentPackages: Plugin = {
  name: 'absent-packages',
  setup(build) {
    build.onResolve({ filter: /^(@grpc\/|protobufjs|tar-fs$|@balena\/dockerignore$)/ }, ({ path }) => ({
      path,
      namespace: 'absent',
    }));
    build.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get() { throw new Error('${path} is not part of this bundle'); } });`,
    }));
  },
};

/**
 * Rules carry their pages and runtime models their examples. The extension ships the pages as files and never
 * reads either, so they stay out of what opening a compose.yml loads.
 */
export const withoutDocs: Plugin = {
  name: 'without-docs',
  setup(build) {
    build.onLoad({ filter: /[/\\]analysis[/\\](rules|memory)[/\\].*\.ts$/ }, async ({ path }) => ({
      contents: withoutProperties(path, await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

const LEFT_OUT: Readonly<Record<string, string>> = { rules: 'docs', runtimes: 'examples' };

/** Blanks the property of the file's exported constant; anything else of that name is left alone. */
export function withoutProperties(path: string, source: string): string {
  const name = Object.entries(LEFT_OUT).find(([folder]) => path.split(sep).includes(folder))?.[1];
  if (name === undefined || !source.includes(`${name}:`)) return source;
  const tree = ts.createSourceFile(path, source, ts.ScriptTarget.ES2022);
  const spans = tree.statements
    .flatMap((statement) => exportedObjects(statement))
    .flatMap((object) => propertySpans(object, name));
  return spans.reduceRight((text, [start, end]) => text.slice(0, start) + text.slice(end), source);
}

function exportedObjects(statement: ts.Statement): ts.ObjectLiteralExpression[] {
  if (!ts.isVariableStatement(statement)) return [];
  if (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) !== true) return [];
  return statement.declarationList.declarations.flatMap(({ initializer }) => {
    const value = unwrapped(initializer);
    return value !== undefined && ts.isObjectLiteralExpression(value) ? [value] : [];
  });
}

function unwrapped(expression: ts.Expression | undefined): ts.Expression | undefined {
  if (expression === undefined) return undefined;
  if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression) || ts.isParenthesizedExpression(expression)) {
    return unwrapped(expression.expression);
  }
  return expression;
}

/** From the comma before the property through its own. */
function propertySpans(object: ts.ObjectLiteralExpression, name: string): [number, number][] {
  return object.properties.flatMap((property, index): [number, number][] => {
    if (property.name === undefined || !ts.isIdentifier(property.name) || property.name.text !== name) return [];
    return [[property.getFullStart(), object.properties[index + 1]?.getFullStart() ?? object.properties.end]];
  });
}
