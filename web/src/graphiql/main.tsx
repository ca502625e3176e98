import 'graphiql/setup-workers/vite';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';
import './examples.css';

import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN, HistoryStore } from '@graphiql/plugin-history';
import { GraphiQLProvider, VisuallyHidden } from '@graphiql/react';
import { GraphiQL, GraphiQLInterface } from 'graphiql';
import { createRoot } from 'react-dom/client';

import { inLanguage, LanguageProvider } from '../i18n/language.tsx';
import { AskFirst } from './AskFirst.tsx';
import { documentOf } from './address.ts';
import { ExamplesIcon } from './ExamplesIcon.tsx';
import { ExamplesPanel } from './ExamplesPanel.tsx';
import { firstTab, sampleHeaders } from './examples.ts';
import { fetcher } from './fetcher.ts';
import { FollowTheme } from './FollowTheme.tsx';
import { isFirstVisit, storage } from './storage.ts';
import { isNarrow } from './useExampleTabs.ts';
import { Who } from './Who.tsx';
import { words } from './words.ts';

const examples = { title: inLanguage(words.examples), icon: ExamplesIcon, content: ExamplesPanel };
// The component `GraphiQL` would put the documentation first.
const plugins = [examples, DOC_EXPLORER_PLUGIN, explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN];

const root = document.getElementById('graphiql');
const linked = documentOf(location.hash);
const linkedTab = linked === null ? [] : [{ query: linked, headers: sampleHeaders }];
if (root) {
  createRoot(root).render(
    <LanguageProvider>
      <VisuallyHidden>
        <h1>GraphiQL</h1>
      </VisuallyHidden>
      <GraphiQLProvider
        fetcher={fetcher}
        storage={storage}
        plugins={plugins}
        referencePlugin={DOC_EXPLORER_PLUGIN}
        {...(isFirstVisit && !isNarrow() && { visiblePlugin: examples })}
        {...(linked !== null && { initialQuery: linked })}
        defaultTabs={[...linkedTab, firstTab]}
        defaultHeaders={sampleHeaders}
        shouldPersistHeaders={false}
        schemaDescription
        inputValueDeprecation
      >
        <HistoryStore>
          <DocExplorerStore>
            <GraphiQLInterface defaultEditorToolsVisibility="variables" showPersistHeadersSettings={false}>
              <GraphiQL.Logo>
                <Who />
              </GraphiQL.Logo>
              <FollowTheme />
              <AskFirst />
            </GraphiQLInterface>
          </DocExplorerStore>
        </HistoryStore>
      </GraphiQLProvider>
    </LanguageProvider>,
  );
}
