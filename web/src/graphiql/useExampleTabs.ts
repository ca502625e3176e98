import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';

import type { Example } from './examples.ts';

/** Whether GraphiQL's panes stand one above the other: see page.css. */
export function isNarrow(): boolean {
  return matchMedia('(max-width: 48rem)').matches;
}

/** Opens examples in tabs of their own; nothing before the editors are there. */
export function useExampleTabs(): ((example: Example) => void) | undefined {
  const { addTab, changeTab, stop, updateActiveTabValues, setOperationName, setVisiblePlugin } = useGraphiQLActions();
  const { tabs, activeTabIndex, queryEditor, variableEditor } = useGraphiQL(
    pick('tabs', 'activeTabIndex', 'queryEditor', 'variableEditor'),
  );
  if (!queryEditor || !variableEditor) return undefined;

  return ({ query, variables }) => {
    const known = tabs.findIndex((tab) => tab.query === query);
    if (known < 0) {
      stop();
      addTab();
      queryEditor.setValue(query);
      variableEditor.setValue(variables);
      // The editors tell of it some moments later.
      setOperationName(nameOf(query));
      updateActiveTabValues({ query, variables });
    } else if (known !== activeTabIndex) {
      changeTab(known);
    }
    if (isNarrow()) setVisiblePlugin(null);
    else queryEditor.focus();
  };
}

function nameOf(query: string): string {
  return /^(?:query|mutation|subscription)\s+(\w+)/m.exec(query)?.[1] ?? '';
}
