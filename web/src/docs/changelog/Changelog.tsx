import english from '../../../../CHANGELOG.md?raw';
import chinese from '../../../../CHANGELOG.zh-TW.md?raw';
import { useWords } from '../../i18n/language.tsx';
import { Article } from '../Article.tsx';
import { Inline, Prose } from '../Prose.tsx';
import { words as shared } from '../words.ts';
import { parse, type Release } from './parse.ts';
import { words } from './words.ts';

const RELEASES = [parse(chinese), parse(english)] as const;

export default function Changelog() {
  const { t } = useWords();
  const parts = t(RELEASES).map((release) => ({
    id: `v${release.version}`,
    title: `${release.version} — ${release.date}`,
    body: <Changes of={release} />,
  }));
  return <Article title={t(shared.changelog)} lead={t(words.lead)} parts={parts} />;
}

function Changes({ of: { text, changes } }: { of: Release }) {
  return (
    <>
      {text ? <Prose>{text}</Prose> : null}
      {changes.map(({ kind, items }) => (
        <div key={kind} className="changes">
          <h3>{kind}</h3>
          <ul>
            {items.map((item) => (
              <li key={item}>
                <Inline>{item}</Inline>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
