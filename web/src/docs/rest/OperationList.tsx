import { useState } from 'react';

import { useWords } from '../../i18n/language.tsx';
import type { Group } from './openapi.ts';
import { Method } from './Operation.tsx';
import { Phrase } from './Prose.tsx';
import { words } from './words.ts';

const WIDE = '(min-width: 64rem)';

/** Where to jump to: beside the operations where there is room, else folded above them. */
export function OperationList({ groups }: { groups: readonly Group[] }) {
  const { t } = useWords();
  const [isWide] = useState(() => matchMedia(WIDE).matches);
  return (
    <nav className="rest-list" aria-label={t(words.operations)}>
      <details open={isWide}>
        <summary>{t(words.operations)}</summary>
        {groups.map(({ name, title, operations }) => (
          <div key={name}>
            <p className="row-note">
              <Phrase text={title} />
            </p>
            <ul>
              {operations.map(({ id, method, path }) => (
                <li key={id}>
                  <a href={`#${id}`}>
                    <Method name={method} /> <span>{path}</span>
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </details>
    </nav>
  );
}
