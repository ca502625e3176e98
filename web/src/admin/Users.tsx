import { UsersDocument } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { Select } from '../ui/Choice.tsx';
import { FilterText, useFilters } from '../ui/filters.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { userFilterOf } from './filter.ts';
import { User } from './User.tsx';
import { words } from './words.ts';

export default function Users() {
  const { t, total } = useWords();
  const { search, set } = useFilters();
  const filter = userFilterOf(search);
  const pages = usePages(JSON.stringify(filter));
  const loaded = useLoad(UsersDocument, { filter, after: pages.after });
  const any = { value: '', label: t(words.any) };
  const roles = t(words.roles);
  return (
    <Page title={t(words.users)}>
      <search className="filters" aria-label={t(words.filters)}>
        <FilterText
          name="search"
          label={t(words.search)}
          value={search.get('search') ?? ''}
          onChange={set}
          {...limits.UserFilter.search}
        />
        <Select
          name="role"
          label={t(words.role)}
          options={[any, { value: 'USER', label: roles.USER }, { value: 'ADMIN', label: roles.ADMIN }]}
          value={search.get('role') ?? ''}
          onChange={(value) => set('role', value)}
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
          value={search.get('state') ?? ''}
          onChange={(value) => set('state', value)}
        />
      </search>
      <Await of={loaded}>
        {({ users }) => (
          <>
            <p className="list-note">{t(words.found)(total(users.totalCount))}</p>
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
