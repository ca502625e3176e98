import './keys.css';

import { Link } from 'wouter';

import { KeysDocument, type KeysQuery } from '../graphql/generated.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { KeyState } from './KeyState.tsx';
import { Failures } from './Split.tsx';
import { words } from './words.ts';

export default function Keys() {
  const { t } = useWords();
  const pages = usePages();
  const loaded = useLoad(KeysDocument, { after: pages.after });
  const create = (
    <LinkButton to="/developer/keys/new" look="primary">
      {t(words.create)}
    </LinkButton>
  );
  return (
    <Page title={t(words.keys)} actions={create}>
      <p className="muted">{t(words.intro)}</p>
      <Await of={loaded}>
        {({ apiKeys }) =>
          apiKeys.nodes.length ? (
            <>
              <ul className="list">
                {apiKeys.nodes.map((key) => (
                  <Row key={key.id} of={key} />
                ))}
              </ul>
              <Pager pages={pages} info={apiKeys.pageInfo} />
            </>
          ) : (
            <Empty title={t(words.none)}>
              <p className="muted">{t(words.noneText)}</p>
            </Empty>
          )
        }
      </Await>
    </Page>
  );
}

type Key = KeysQuery['apiKeys']['nodes'][number];

function Row({ of: key }: { of: Key }) {
  const { t, relative, date, number } = useWords();
  const { today, total } = key.usage;
  return (
    <li>
      <div className="row-main">
        <Link href={`/developer/keys/${key.id}`} className="row-title">
          {key.name}
        </Link>
        <code>{key.key}</code>
        <span className="row-note">
          {t(words.lastUsed)}: {key.lastUsedAt ? relative(key.lastUsedAt) : t(words.never)} · {t(words.until)}:{' '}
          {date(key.expiresAt)}
        </span>
      </div>
      <div className="key-side">
        <KeyState of={key} />
        <span className="row-note">{t(words.uses)(number(today.requests), number(total.requests))}</span>
        <Failures of={total} />
      </div>
    </li>
  );
}
