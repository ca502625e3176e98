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
import { Apply } from './Apply.tsx';
import { Application } from './Application.tsx';
import { words } from './applicationWords.ts';

interface Props {
  of: JobDetailFragment;
  loaded: Loaded<ApplicationsQuery>;
  pages: Pages;
  onDone(): void;
}

/** For the owner all applications, for others their own or the form for one. */
export function Applications({ of: job, loaded, pages, onDone }: Props) {
  const { t } = useWords();
  const { viewer } = useSession();
  const [path] = useLocation();
  const open = job.status === 'PUBLISHED';
  if (!viewer) {
    if (!open) return null;
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
  const isOwner = job.owner.id === viewer.id;
  return (
    <Await of={loaded}>
      {(data) => {
        const found = data.job?.applications;
        const mine = found?.nodes.some(({ applicant }) => applicant.id === viewer.id);
        if (!isOwner && !mine && open) return <Apply jobId={job.id} onDone={onDone} />;
        if (!isOwner && !found?.nodes.length) return null;
        return (
          <Section title={t(mine ? words.yours : words.applications)}>
            {found?.nodes.length ? (
              <ul className="plain-list">
                {found.nodes.map((application) => (
                  <Application key={application.id} of={application} job={job} onDone={onDone} />
                ))}
              </ul>
            ) : (
              <p className="muted">{t(words.none)}</p>
            )}
            {found ? <Pager pages={pages} info={found.pageInfo} /> : null}
          </Section>
        );
      }}
    </Await>
  );
}
