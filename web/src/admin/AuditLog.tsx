import { Link } from 'wouter';

import { AuditList } from '../account/AuditList.tsx';
import { auditKinds } from '../account/auditKinds.ts';
import { AuditLogDocument, type AuditEventKind } from '../graphql/generated.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { Select } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { useFilters } from '../ui/filters.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { auditFilterOf } from './filter.ts';
import { words } from './words.ts';

export default function AuditLog() {
  const { t, total } = useWords();
  const kinds = t(auditKinds);
  const { search, set } = useFilters();
  const filter = auditFilterOf(search, Object.keys(kinds) as AuditEventKind[]);
  const pages = usePages(JSON.stringify(filter));
  const loaded = useLoad(AuditLogDocument, { filter, after: pages.after });
  const options = Object.entries(kinds).map(([value, label]) => ({ value, label }));
  const moment = (name: string, label: string) => (
    <Field
      name={name}
      type="datetime-local"
      label={label}
      value={search.get(name) ?? ''}
      onChange={(value) => set(name, value)}
      mark="none"
    />
  );
  return (
    <Page title={t(words.audit)}>
      <search className="filters" aria-label={t(words.auditFilters)}>
        <Select
          name="kind"
          label={t(words.kind)}
          options={[{ value: '', label: t(words.any) }, ...options]}
          value={search.get('kind') ?? ''}
          onChange={(value) => set('kind', value)}
        />
        {moment('from', t(words.from))}
        {moment('before', t(words.before))}
      </search>
      {filter.user ? (
        <p>
          {t(words.onlyUser)} <Link href="/admin/audit">{t(words.showAll)}</Link>
        </p>
      ) : null}
      <Await of={loaded}>
        {({ auditEvents }) => (
          <>
            <p className="list-note">{t(words.found)(total(auditEvents.totalCount))}</p>
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
