import { type ReactNode, useId, useState } from 'react';

import { useWords } from '../i18n/language.tsx';
import { type Example, type Group, groups } from './examples.ts';
import { useExampleTabs } from './useExampleTabs.ts';
import { type RestExamples, useRestExamples } from './useRestExamples.ts';
import { words } from './words.ts';

/** A plugin of GraphiQL: what one can try, by group. */
export function ExamplesPanel() {
  const { t, language } = useWords();
  const [search, setSearch] = useState('');
  const rest = useRestExamples();
  const matches = (example: Example) =>
    [...example.title, example.summary, example.query].some((text) =>
      text?.toLowerCase().includes(search.trim().toLowerCase()),
    );
  const restGroup = { title: words.rest, text: words.restText, examples: rest.examples ?? [] };
  const shown = [...groups, restGroup].map((group) => ({ ...group, examples: group.examples.filter(matches) }));
  const count = shown.reduce((sum, { examples }) => sum + examples.length, 0);
  return (
    <section className="examples" aria-label={t(words.examples)} lang={language}>
      <h2 className="examples-title">{t(words.examples)}</h2>
      <input
        type="search"
        className="examples-search"
        aria-label={t(words.search)}
        placeholder={t(words.search)}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <p className="examples-found" role="status">
        {search.trim() ? t(words.found)(count) : ''}
      </p>
      {shown.map((group) => (
        <ExampleGroup key={group.title[1]} group={group}>
          {group.title === words.rest && !rest.examples ? <RestState rest={rest} /> : null}
        </ExampleGroup>
      ))}
    </section>
  );
}

function RestState({ rest: { failed, retry } }: { rest: RestExamples }) {
  const { t } = useWords();
  if (!failed) return <p role="status">{t(words.loading)}</p>;
  return (
    <p role="alert">
      {t(words.restFailed)}{' '}
      <button type="button" className="examples-retry" onClick={retry}>
        {t(words.again)}
      </button>
    </p>
  );
}

function ExampleGroup({ group, children }: { group: Group; children: ReactNode }) {
  const { t } = useWords();
  const open = useExampleTabs();
  const title = useId();
  if (!group.examples.length && !children) return null;
  return (
    <section className="examples-group" aria-labelledby={title}>
      <h3 id={title}>{t(group.title)}</h3>
      <p>{t(group.text)}</p>
      {children}
      <ul>
        {group.examples.map((example) => (
          <li key={example.query}>
            <button type="button" data-kind={example.kind} disabled={!open} onClick={() => open?.(example)}>
              <span className="examples-name">{t(example.title)}</span>
              <span className="examples-kind" lang="en">
                {example.kind}
              </span>
              {example.summary ? (
                <span className="examples-summary" lang="en">
                  {example.summary}
                </span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
