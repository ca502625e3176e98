import { useLocation } from 'wouter';

import { signInPath } from '../account/next.ts';
import { useSession } from '../app/session.tsx';
import type { ApplicationsQuery, JobDetailFragment } from '../graphql/generated.ts';
import type { Loaded } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Section } from '../ui/Page.tsx';
import { Pager, type Pages } from '../ui/pages.tsx';
import { Application } from './Application.tsx';
import { words } from './applicationWords.ts';
import { Apply } from './Apply.tsx';
import type { Settle } from './Step.tsx';

interface Props {
  of: JobDetailFragment;
  loaded: Loaded<ApplicationsQuery>;
  pages: Pages;
  settle: Settle;
}

/** For the owner all applications; for others their own, and the form for one. */
export function Applications({ of: job, loaded, pages, settle }: Props) {
  const { t, total } = useWords();
  const { viewer } = useSession();
  const open = job.status === 'PUBLISHED';
  if (!viewer) return open ? <SignInToApply /> : null;
  const isOwner = job.owner.id === viewer.id;
  return (
    <Await of={loaded}>
      {(data) => {
        const found = data.job?.applications;
        if (!found) return null;
        const mine = found.nodes.filter(({ applicant }) => applicant.id === viewer.id);
        const applies = open && !isOwner && mine.every(({ status }) => status !== 'PENDING');
        const title = mine.length ? t(words.yours) : t(words.applications)(total(found.totalCount));
        return (
          <div className="page">
            {applies ? <Apply key={job.id} jobId={job.id} before={mine[0]?.status} settle={settle} /> : null}
            {isOwner || found.nodes.length ? (
              <Section title={title}>
                {found.nodes.length ? null : <p className="muted">{t(open ? words.noneYet : words.none)}</p>}
                <ul className="plain-list">
                  {found.nodes.map((application) => (
                    <Application key={application.id} of={application} job={job} settle={settle} />
                  ))}
                </ul>
                <Pager pages={pages} info={found.pageInfo} />
              </Section>
            ) : null}
          </div>
        );
      }}
    </Await>
  );
}

function SignInToApply() {
  const { t } = useWords();
  const [path] = useLocation();
  return (
    <Section title={t(words.apply)}>
      <div className="actions">
        <LinkButton to={signInPath(path)} look="primary">
          {t(words.signInToApply)}
        </LinkButton>
      </div>
    </Section>
  );
}
