import '../jobs/jobs.css';

import { useState } from 'react';

import { type UserFilter, UsersDocument } from '../graphql/generated.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { Select } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { User } from './User.tsx';
import { words } from './words.ts';

export default function Users() {
  const { t, number } = useWords();
  const [search, setSearch] = useState('');
  const [role, setRole] = useState('');
  const [state, setState] = useState('');
  const filter: UserFilter = {
    ...(search.trim() && { search: search.trim() }),
    ...(role && { role: role === 'ADMIN' ? ('ADMIN' as const) : ('USER' as const) }),
    ...(state === 'unverified' && { isVerified: false }),
    ...((state === 'suspended' || state === 'active') && { isSuspended: state === 'suspended' }),
  };
  const pages = usePages(JSON.stringify(filter));
  const loaded = useLoad(UsersDocument, { filter, after: pages.after });
  const any = { value: '', label: t(words.any) };
  const roles = t(words.roles);
  return (
    <Page title={t(words.users)}>
      <search className="filters" aria-label={t(words.filters)}>
        <Field
          name="search"
          type="search"
          label={t(words.search)}
          value={search}
          onChange={setSearch}
          maxLength={100}
          mark="none"
        />
        <Select
          name="role"
          label={t(words.role)}
          options={[any, { value: 'USER', label: roles.USER }, { value: 'ADMIN', label: roles.ADMIN }]}
          value={role}
          onChange={setRole}
        />
        <Select
          name="state"
          label={t(words.state)}
          options={[
            any,
            { value: 'active', label: t(words.active) },
            { value: 'suspended', label: t(words.suspended) },
            { value: 'unverified', label: t(words.unverified) },
          ]}
          value={state}
          onChange={setState}
        />
      </search>
      <Await of={loaded}>
        {({ users }) => (
          <>
            <p className="board-note">{t(words.found)(number(users.totalCount))}</p>
            {users.nodes.length ? (
              <ul className="list">
                {users.nodes.map((user) => (
                  <User key={user.id} of={user} />
                ))}
              </ul>
            ) : (
              <Empty title={t(words.none)} />
            )}
            <Pager pages={pages} info={users.pageInfo} />
          </>
        )}
      </Await>
    </Page>
  );
}
