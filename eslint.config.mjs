import { readFileSync } from 'node:fs';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The walls of the house, from the same table that `test/build/layers.test.ts` holds the bundles to. */
const layers = JSON.parse(readFileSync(new URL('src/build/layers.json', import.meta.url), 'utf8'));
const rooms = Object.keys(layers);

export default tseslint.config(
  { ignores: ['dist/', 'out/', '.cache/', 'node_modules/', 'coverage/', 'examples/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      // Structural types are the point of small interfaces like Disposable.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // `_name` marks a parameter that a contract demands and an implementation doesn't need.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export: a default has as many names as importers.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that says it.' },
      ],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      // Control characters in what files and hosts say are looked for on purpose.
      'no-control-regex': 'off',
    },
  },
  ...rooms.flatMap(roomWalls),
  {
    files: ['test/**/*.ts', 'src/build/**/*.ts', '*.config.ts'],
    rules: { 'max-lines-per-function': 'off', 'no-restricted-syntax': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } } },
);

/** One lint block per room: which rooms of ours and which packages it may not import. */
function roomWalls(room) {
  const { except = {} } = layers[room];
  const inner = rooms.filter((other) => other !== room && other.startsWith(`${room}/`)).map((other) => `src/${other}/**`);
  const exceptional = Object.keys(except).map((path) => `src/${path}${path.endsWith('/') ? '**' : ''}`);
  return [
    walls(room, [`src/${room}/**/*.ts`], [...inner, ...exceptional], layers[room].others),
    ...Object.entries(except).map(([path, others]) =>
      walls(room, [`src/${path}${path.endsWith('/') ? '**/*.ts' : ''}`], inner, others),
    ),
  ];
}

function walls(room, files, ignores, others) {
  const { ours } = layers[room];
  const own = room.split('/')[0];
  const banned = rooms.filter(
    (other) =>
      other !== room && !other.startsWith(`${room}/`) && !ours.some((mine) => other === mine || other.startsWith(`${mine}/`)),
  );
  const patterns = banned.map((other) => ({
    // A nested room is a neighbour seen from within its parent, so its path there has no parent in it.
    regex: other.startsWith(`${own}/`) ? `^\\.\\.?/(?:.*/)?${other.slice(own.length + 1)}/` : `^(?:\\.\\./)+${other}/`,
    message: `${room} may not import ${other}: see src/README.md.`,
  }));
  if (!others.includes('*')) {
    const allowed = others.map((name) => (name === 'node:*' ? 'node:' : `${name}(?:$|/)`)).join('|');
    patterns.push({
      regex: allowed === '' ? '^[^.]' : `^(?!\\.|${allowed})`,
      message: `${room} may not import this package: see src/build/layers.json.`,
    });
  }
  return { files, ignores, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}
