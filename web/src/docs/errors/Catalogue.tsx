import { useState } from 'react';

import { useWords } from '../../i18n/language.tsx';
import { Empty } from '../../ui/Await.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Field } from '../../ui/Field.tsx';
import { AnchorLink } from '../Article.tsx';
import { Inline } from '../Prose.tsx';
import { ERRORS, type ErrorKind } from './catalogue.ts';
import { MEANINGS } from './meanings.ts';
import { words } from './words.ts';

/** All codes, or those that a word stands in. */
export function Catalogue() {
  const { t, number } = useWords();
  const [word, setWord] = useState('');
  const found = ERRORS.filter((kind) => matches(kind, word.trim().toLowerCase()));
  return (
    <>
      <Field
        name="filter"
        type="search"
        label={t(words.filter)}
        hint={t(words.filterHint)}
        mark="none"
        value={word}
        onChange={setWord}
      />
      <p className="muted" role="status">
        {t(words.found)(number(found.length))}
      </p>
      {found.length ? (
        <ul className="list">
          {found.map((kind) => (
            <Entry key={kind.code} kind={kind} />
          ))}
        </ul>
      ) : (
        <Empty title={t(words.none)} />
      )}
    </>
  );
}

function Entry({ kind: { code, status, jobs, auth, retry, meaning } }: { kind: ErrorKind }) {
  const { t, language } = useWords();
  const others = [
    [t(words.jobsName), jobs],
    [t(words.authName), auth],
  ].filter(([, name]) => name && name !== code);
  return (
    <li id={code} tabIndex={-1} className="entry">
      <div className="entry-head">
        <code className="entry-name">{code}</code>
        <AnchorLink id={code} to={code} />
        <span className="badges">
          {retry ? <Badge tone="busy">{t(words.retry)}</Badge> : null}
          <Badge tone={status < 500 ? 'calm' : 'bad'}>{`HTTP ${status}`}</Badge>
        </span>
      </div>
      <p>
        <Inline>{language === 'zh-TW' ? (MEANINGS[code] ?? meaning) : meaning}</Inline>
      </p>
      {others.length ? (
        <p className="row-note">
          {others.map(([api, name]) => (
            <span key={api} className="entry-other">
              {api} <code>{name}</code>
            </span>
          ))}
        </p>
      ) : null}
    </li>
  );
}

function matches({ code, status, jobs, auth, meaning }: ErrorKind, word: string): boolean {
  const texts = [code, String(status), jobs, auth, meaning, MEANINGS[code]];
  return texts.some((text) => text?.toLowerCase().includes(word));
}
