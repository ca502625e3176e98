import './applications.css';

import { useLocation } from 'wouter';

import { signInPath } from '../account/next.ts';
import { useSession } from '../app/session.tsx';
import type { ApplicationsQuery, JobDetailFragment } from '../graphql/generated.ts';
import type { Loaded } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { Button } from '../ui/Button.tsx';
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
  if (!viewer) return open ? <SignInToApply of={job} /> : null;
  const isOwner = job.owner.id === viewer.id;
  return (
    <Await of={loaded}>
      {(data) => {
        const found = data.job?.applications;
        if (!found) return null;
        const mine = found.nodes.filter(({ applicant }) => applicant.id === viewer.id);
        const [last] = mine;
        const applies = open && !isOwner && (!last || last.mayApplyAgain);
        const isOver = open && last !== undefined && last.status !== 'PENDING' && !applies;
        const title = mine.length ? t(words.yours) : t(words.applications)(total(found.totalCount));
        return (
          <div className="page">
            {applies ? <ApplyBar of={job} /> : null}
            {applies ? <Apply key={job.id} of={job} isAgain={last !== undefined} settle={settle} /> : null}
            {(isOwner && job.status !== 'DRAFT') || found.nodes.length ? (
              <Section title={title}>
                {found.nodes.length ? null : <p className="muted">{t(open ? words.noneYet : words.none)}</p>}
                <ul className="application-list">
                  {found.nodes.map((application) => (
                    <Application key={application.id} of={application} job={job} settle={settle} />
                  ))}
                </ul>
                {isOver ? <p className="muted">{t(words.noMore)}</p> : null}
                <Pager pages={pages} info={found.pageInfo} />
              </Section>
            ) : null}
          </div>
        );
      }}
    </Await>
  );
}

function SignInToApply({ of: job }: Pick<Props, 'of'>) {
  const { t, money } = useWords();
  const [path] = useLocation();
  return (
    <div className="reach reach-always">
      <span className="money">{money(job.estimatedAmount)}</span>
      <LinkButton to={signInPath(path)} look="primary">
        {t(words.signInToApply)}
      </LinkButton>
    </div>
  );
}

/** On a phone the way to the form, wherever in the page one is. */
function ApplyBar({ of: job }: Pick<Props, 'of'>) {
  const { t, money } = useWords();
  function goToForm() {
    const field = document.querySelector<HTMLElement>('.apply textarea');
    field?.focus({ preventScroll: true });
    field?.closest('.apply')?.scrollIntoView({ block: 'start' });
  }
  return (
    <div className="reach">
      <span className="money">{money(job.estimatedAmount)}</span>
      <Button look="primary" onPress={goToForm}>
        {t(words.toForm)}
      </Button>
    </div>
  );
}
