// TypeScript 7 has no API for programs so far: `typescript` is the last version that typescript-eslint can
// read with, and `typescript7` the compiler, which alone judges the types (`npm run check`). jsx-a11y works
// with ESLint 10, but says so nowhere yet: hence `overrides` in package.json.
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { configs as typescript } from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['dist', 'screenshots', 'src/graphql/generated.ts']),
  js.configs.recommended,
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  // Parts of the tests run in the page.
  { files: ['tests/**/*.mjs'], languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [typescript.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: ['tsconfig.json', 'tsconfig.vite.json'] } },
    rules: {
      // Types name their functions as methods, which is shorter; none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.strict],
    rules: {
      // What scrolls has to be reached by keyboards; it says what it is with a role and a name.
      'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['group', 'region'] }],
    },
  },
);
