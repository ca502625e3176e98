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
      input: ['index.html', 'graphiql.html'],
      // Directives for React servers, and hints about build time: neither is ours to act on.
      checks: { moduleLevelDirective: false, pluginTimings: false },
    },
  },
  worker: { format: 'es' },
  server: {
    // `npm run dev` shows the portal at /app/ and GraphiQL at /app/graphiql.html. The gateway it asks
    // sees the page's own `Host` beside its `Origin`, and so takes cookies and opens sockets.
    proxy: { '/graphql': { target: process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:8080', ws: true } },
  },
});
