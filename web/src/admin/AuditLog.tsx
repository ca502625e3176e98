import '../jobs/jobs.css';

import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';

import { AuditList } from '../account/AuditList.tsx';
import { auditKinds } from '../account/auditKinds.ts';
import { AuditLogDocument, type AuditEventKind, type AuditFilter } from '../graphql/generated.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { Select } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { words } from './words.ts';

export default function AuditLog() {
  const { t, number } = useWords();
  const kinds = t(auditKinds);
  const [kind, setKind] = useState<AuditEventKind | ''>('');
  const [from, setFrom] = useState('');
  const [before, setBefore] = useState('');
  const [search] = useSearchParams();
  const user = search.get('user');
  const filter: AuditFilter = {
    ...(user && { user }),
    ...(kind && { kind }),
    ...(from && { createdFrom: new Date(from).toISOString() }),
    ...(before && { createdBefore: new Date(before).toISOString() }),
  };
  const pages = usePages(JSON.stringify(filter));
  const loaded = useLoad(AuditLogDocument, { filter, after: pages.after });
  const options = Object.entries(kinds).map(([value, label]) => ({ value, label }));
  return (
    <Page title={t(words.audit)}>
      <search className="filters" aria-label={t(words.auditFilters)}>
        <Select
          name="kind"
          label={t(words.kind)}
          options={[{ value: '', label: t(words.any) }, ...options]}
          value={kind}
          onChange={(value) => setKind(value as AuditEventKind | '')}
        />
        <Field name="from" type="datetime-local" label={t(words.from)} value={from} onChange={setFrom} mark="none" />
        <Field
          name="before"
          type="datetime-local"
          label={t(words.before)}
          value={before}
          onChange={setBefore}
          mark="none"
        />
      </search>
      {user ? (
        <p>
          {t(words.onlyUser)} <Link href="/admin/audit">{t(words.showAll)}</Link>
        </p>
      ) : null}
      <Await of={loaded}>
        {({ auditEvents }) => (
          <>
            <p className="board-note">{t(words.found)(number(auditEvents.totalCount))}</p>
            {auditEvents.nodes.length ? (
              <AuditList events={auditEvents.nodes} withPeople />
            ) : (
              <Empty title={t(words.noEvents)} />
            )}
            <Pager pages={pages} info={auditEvents.pageInfo} />
          </>
        )}
      </Await>
    </Page>
  );
}
