import { useState } from 'react';

import { useWords } from '../../i18n/language.tsx';
import { Field } from '../../ui/Field.tsx';
import { search } from './search.ts';
import { Places } from './TypeLink.tsx';
import { words } from './words.ts';

/** Finds types, fields and values by a part of their names. */
export function Search() {
  const { t, number } = useWords();
  const [word, setWord] = useState('');
  const found = search(word);
  const isAsked = word.trim() !== '';
  return (
    <div className="search">
      <Field name="search" type="search" label={t(words.search)} mark="none" value={word} onChange={setWord} />
      <p role="status" className="muted">
        {isAsked ? (found.length ? t(words.found)(number(found.length)) : t(words.none)) : ''}
      </p>
      {found.length ? <Places places={found} /> : null}
    </div>
  );
}
