import './rest.css';

import { useLayoutEffect, useMemo, useState } from 'react';

import { below } from '../../base.ts';
import { useWords } from '../../i18n/language.tsx';
import { Await } from '../../ui/Await.tsx';
import { Page } from '../../ui/Page.tsx';
import type { Credentials } from './call.ts';
import { CredentialsCard } from './CredentialsCard.tsx';
import { useDescription } from './load.ts';
import { type Description, groupsOf } from './openapi.ts';
import { Operation } from './Operation.tsx';
import { OperationList } from './OperationList.tsx';
import { Phrase, Prose } from './Prose.tsx';
import { words } from './words.ts';

/** The REST API as the running gateway describes it. */
export default function Rest() {
  const { t } = useWords();
  const description = useDescription();
  return (
    <Page title={t(words.title)}>
      <Await of={description}>{(data) => <Reference of={data} />}</Await>
    </Page>
  );
}

function Reference({ of: description }: { of: Description }) {
  const { t } = useWords();
  const groups = useMemo(() => groupsOf(description), [description]);
  const schemes = description.components?.securitySchemes ?? {};
  const [credentials, setCredentials] = useState<Credentials>({ key: '', secret: '', token: '' });
  useLayoutEffect(goToAnchor, []);
  const { version, description: text = '' } = description.info;
  return (
    <div className="rest">
      <OperationList groups={groups} />
      <div className="rest-operations">
        <div className="rest-intro">
          <Prose text={text} />
          <p className="row-note">
            {t(words.machine)}
            <a href={below('/openapi.json')}>openapi.json</a> · {t(words.version)(version)}
          </p>
        </div>
        <CredentialsCard credentials={credentials} onChange={setCredentials} />
        {groups.map((group) => (
          <section key={group.name} className="rest-group" aria-labelledby={`group-${group.name}`}>
            <h2 id={`group-${group.name}`}>
              <Phrase text={group.title} />
            </h2>
            {group.operations.map((operation) => (
              <Operation
                key={operation.id}
                of={operation}
                schemes={schemes}
                credentials={credentials}
                onToken={(token) => setCredentials({ ...credentials, token })}
              />
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}

/** The browser looked for it before the operations were there. */
function goToAnchor() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  target?.scrollIntoView();
  target?.focus({ preventScroll: true });
}
