import {configs as lit} from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import {configs as wc} from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** Who may import what: the core knows no elements, and parts know the context alone. */
function forbidImports(...laws) {
  const patterns = laws.map(([group, message, importNames]) => ({
    group,
    message,
    ...(importNames && {importNames}),
  }));
  return {'no-restricted-imports': ['error', {patterns}]};
}

const ENTRIES_ALONE = [['**/define.js'], 'An entry, in src/ itself, names its elements.'];

/** What only one file may do: [that file, the code, why]. */
const MONOPOLIES = [
  ['src/define.ts', "CallExpression[callee.property.name='define']", 'define.ts alone registers.'],
  [
    'src/core/microphone.ts',
    "MemberExpression[property.name='getUserMedia']",
    'microphone.ts alone opens the microphone.',
  ],
  [
    'src/core/protocol.ts',
    "CallExpression[callee.object.name='JSON'][callee.property.name='parse']",
    'What comes from outside is parsed in protocol.ts alone.',
  ],
];

function forbidMonopolies(except) {
  const others = MONOPOLIES.filter(([, selector]) => selector !== except);
  const laws = others.map(([, selector, message]) => ({selector, message}));
  return {'no-restricted-syntax': ['error', ...laws]};
}

/** What Node, Deno, Bun and Workers have in common, as far as `diarupt/server` needs it. */
const SERVER_GLOBALS = [
  ...['AbortController', 'AbortSignal', 'Headers', 'Request', 'RequestInit', 'Response', 'URL'],
  ...['TextDecoderStream', 'console', 'crypto', 'fetch', 'performance'],
];

export default tseslint.config(
  // What Angular's compiler alone reads is in no project of the others'.
  {ignores: ['.engines/', 'dist/', 'build/', 'test/frameworks/angular*/']},
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'test/tsconfig.json', 'demo/engine/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // An aborted signal's reason is thrown as it is.
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // What answers at once may keep the promise that its interface makes.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['src/components/**/*.ts'],
    extends: [lit['flat/recommended'], wc['flat/recommended']],
    plugins: {'lit-a11y': litA11y},
    rules: litA11y.configs.recommended.rules,
  },
  {
    files: ['src/core/**/*.ts'],
    rules: forbidImports(
      [['lit', 'lit/*', '@lit/*'], 'The core works without Lit.'],
      [['**/components/*'], 'The core knows no elements.'],
      ENTRIES_ALONE,
    ),
  },
  {
    files: ['src/components/*.ts'],
    ignores: ['src/components/{interaction-context,interaction-controller,language}.ts'],
    rules: forbidImports(
      [
        ['**/core/interaction.js', '**/core/sdk.js'],
        'Parts read the context, and the element asks its controller.',
      ],
      [
        ['**/words.js'],
        'What a visitor reads is of their language: `this.words` has it.',
        ['WORDS'],
      ],
      ENTRIES_ALONE,
    ),
  },
  {
    files: ['src/server/*.ts', 'src/core/{http,protocol,secure-url,session-id}.ts'],
    languageOptions: {
      globals: Object.fromEntries(SERVER_GLOBALS.map(name => [name, 'readonly'])),
      parserOptions: {lib: ['es2023']},
    },
    rules: {
      'no-undef': 'error',
      ...forbidImports(
        [['node:*', 'lit', 'lit/*', '@lit/*'], 'The server entry runs wherever fetch does.'],
        [['**/components/*'], 'A server has no elements.'],
      ),
    },
  },
  {
    // What a framework knows of elements is of namespaces and interfaces that are added to.
    files: ['src/frameworks/*.ts'],
    rules: {
      '@typescript-eslint/no-namespace': ['error', {allowDeclarations: true}],
      '@typescript-eslint/no-empty-object-type': [
        'error',
        {allowInterfaces: 'with-single-extends'},
      ],
    },
  },
  {files: ['src/**/*.ts'], rules: forbidMonopolies()},
  ...MONOPOLIES.map(([file, own]) => ({files: [file], rules: forbidMonopolies(own)})),
  {
    files: ['test/**/*.ts', 'demo/**/*.test.ts', 'demo/engine/testing/*.ts'],
    rules: {
      // chai's assertions are properties, and look like promises, as node's tests do; what is read
      // of a reply is held against what it should be.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
