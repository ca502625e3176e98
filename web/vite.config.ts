import { defineConfig } from 'vite';

import { pages } from './vite/pages.ts';
import { precompress } from './vite/precompress.ts';

const gateway = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig(({ command }) => ({
  // Assets find each other by relative addresses; those of the pages are completed by the gateway, which
  // alone knows the path that it is reached below.
  base: command === 'build' ? './' : '/app/',
  plugins: [precompress(), pages()],
  build: {
    // The content security policy admits files of this origin, not `data:` scripts and fonts.
    assetsInlineLimit: 0,
    // The editor core is one chunk of this size.
    chunkSizeWarningLimit: 4_000,
    license: { fileName: 'licenses.md' },
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['index.html', 'docs.html', 'graphiql.html'],
      // What several pages share comes in few files: a request each costs a phone more than their bytes.
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|wouter|use-sync-external-store)[\\/]/ },
            { name: 'client', test: /node_modules.(@?urql|wonka|graphql-ws|@0no-co)./, minShareCount: 3 },
            { name: 'ui', test: /src.(ui|i18n|graphql.(problem|limits))/, minShareCount: 8 },
            { name: 'app', test: /src.(app|account|notices|jobs)./, minShareCount: 8 },
          ],
        },
      },
      // Directives for React servers, and hints about build time: neither is ours to act on.
      checks: { moduleLevelDirective: false, pluginTimings: false },
    },
  },
  worker: { format: 'es' },
  // They name workers in a way that only Vite itself reads, not what bundles packages for `vite dev`.
  optimizeDeps: {
    exclude: ['graphiql/setup-workers/vite', '@graphiql/react/setup-workers/vite'],
    // What the workers load, and is no ECMAScript module.
    include: [
      'monaco-graphql > picomatch-browser',
      'graphql-language-service > debounce-promise',
      'graphql-language-service > nullthrows',
    ],
  },
  server: {
    // What the documentation shows of the repository, and nothing else of it.
    fs: { allow: ['.', '../schema.graphql', '../docs', '../CHANGELOG.md', '../CHANGELOG.zh-TW.md'] },
    // Whatever is not a page of ours is the gateway's, which sees the page's own `Host` beside its
    // `Origin`, and so takes cookies and opens sockets.
    proxy: { '^/(?!app/)|^/app/(reject|reset|confirm-email)': { target: gateway, ws: true } },
  },
}));
