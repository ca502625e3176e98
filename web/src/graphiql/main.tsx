import 'graphiql/setup-workers/vite';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';

import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';

import { documentOf } from './address.ts';
import { exampleTabs, sampleHeaders } from './examples.ts';
import { fetcher } from './fetcher.ts';
import { storage } from './storage.ts';

const root = document.getElementById('graphiql');
const linked = documentOf(location.hash);
const linkedTab = linked === null ? [] : [{ query: linked, headers: sampleHeaders }];
if (root) {
  createRoot(root).render(
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      {...(linked !== null && { initialQuery: linked })}
      defaultTabs={[...linkedTab, ...exampleTabs]}
      defaultHeaders={sampleHeaders}
      defaultEditorToolsVisibility="variables"
      shouldPersistHeaders={false}
    >
      <GraphiQL.Logo>找幫手</GraphiQL.Logo>
    </GraphiQL>,
  );
}
