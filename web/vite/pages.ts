import type { Plugin } from 'vite';

/** Serves each page at the address it has in the gateway. */
export function pages(): Plugin {
  return {
    name: 'pages',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _, next) => {
        const page = request.headers.accept?.includes('text/html') ? pageAt(request.url ?? '') : undefined;
        if (page) request.url = `/app/${page}`;
        next();
      });
    },
  };
}

function pageAt(url: string): string | undefined {
  const { pathname } = new URL(url, 'http://localhost');
  if (pathname === '/graphql') return 'graphiql.html';
  return /^\/docs(\/|$)/.test(pathname) ? 'docs.html' : undefined;
}
