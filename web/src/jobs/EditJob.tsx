import { useState } from 'react';
import { useClient } from 'urql';
import { useLocation } from 'wouter';

import { useMember } from '../app/session.tsx';
import { type JobDetailFragment, JobDocument, UpdateJobDocument } from '../graphql/generated.ts';
import { useAction, useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { useDraft } from '../ui/draft.tsx';
import { GatewayForm } from '../ui/GatewayForm.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { words as common } from '../ui/words.ts';
import { Changed } from './Changed.tsx';
import { changesOf, writtenOf } from './changes.ts';
import { JobFields, jobInput } from './JobFields.tsx';
import { NoJob } from './NoJob.tsx';
import { stepsOf } from './steps.ts';
import { useCities } from './usePlaces.ts';
import { words } from './words.ts';

export default function EditJob({ id }: { id: string }) {
  const { t } = useWords();
  const viewer = useMember();
  const loaded = useLoad(JobDocument, { id });
  return (
    <Await of={loaded} missing={<NoJob />}>
      {({ job }) => {
        if (!job) return <NoJob />;
        const isEditable = stepsOf(job, viewer).includes('edit');
        return (
          <Page title={t(words.editTitle)}>
            {isEditable ? <Edit key={job.id} of={job} /> : <NotEditable id={job.id} />}
          </Page>
        );
      }}
    </Await>
  );
}

function Edit({ of: loaded }: { of: JobDetailFragment }) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  // What the form began with: what is told of the job later does not reach its fields.
  const [job] = useState(loaded);
  const before = writtenOf(job);
  const { cities } = useCities();
  const { latest, look } = useLatest(job);
  const draft = useDraft(useMember().id, `edit.${job.id}`);
  const update = useAction(UpdateJobDocument, () => void look());

  async function submit(values: FormData) {
    // Somebody else's change in between is refused as a conflict instead of being lost.
    const input = {
      id: job.id,
      expectedVersion: latest.version,
      ...changesOf(before, jobInput(values, cities), cities),
    };
    if (!(await update.run({ input }))) return;
    draft.forget();
    navigate(`/jobs/${job.id}`);
  }

  return (
    <div className="card">
      {latest.version === job.version ? null : (
        <Meanwhile names={Object.keys(changesOf(before, writtenOf(latest), cities))} />
      )}
      <GatewayForm
        submit={t(words.save)}
        draft={draft}
        pending={update.pending}
        problem={update.problem}
        onSubmit={(values) => void submit(values)}
        more={
          <LinkButton to={`/jobs/${job.id}`} onPress={draft.forget}>
            {t(common.cancel)}
          </LinkButton>
        }
      >
        <JobFields of={before} />
      </GatewayForm>
    </div>
  );
}

/** The job as it is, looked up after a conflict. */
function useLatest(job: JobDetailFragment) {
  const client = useClient();
  const [latest, setLatest] = useState(job);
  async function look() {
    const { data } = await client.query(JobDocument, { id: job.id }, { requestPolicy: 'network-only' }).toPromise();
    if (data?.job) setLatest(data.job);
  }
  return { latest, look };
}

function Meanwhile({ names }: { names: readonly string[] }) {
  const { t } = useWords();
  return (
    <Notice look="info" title={t(words.changedMeanwhile)}>
      {names.length ? (
        <p>
          <Changed names={names} />
        </p>
      ) : null}
      <p>{t(words.changedMeanwhileText)}</p>
    </Notice>
  );
}

function NotEditable({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <Empty title={t(words.notEditable)}>
      <p className="muted">{t(words.notEditableText)}</p>
      <LinkButton to={`/jobs/${id}`}>{t(words.toJob)}</LinkButton>
    </Empty>
  );
}
