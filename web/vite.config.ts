import { defineConfig } from 'vite';

import { precompress } from './vite/precompress.ts';

export default defineConfig({
  base: '/app/',
  plugins: [precompress()],
  build: {
    // The content security policy admits files of this origin, not `data:` scripts and fonts.
    assetsInlineLimit: 0,
    // The editor core is one chunk of this size.
    chunkSizeWarningLimit: 4_000,
    license: { fileName: 'licenses.md' },
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['graphiql.html'],
      // Directives for React servers, and hints about build time: neither is ours to act on.
      checks: { moduleLevelDirective: false, pluginTimings: false },
    },
  },
  worker: { format: 'es' },
  server: {
    // `npm run dev` shows /app/graphiql.html and asks a gateway on its default port.
    proxy: { '/graphql': 'http://127.0.0.1:8080' },
  },
});
