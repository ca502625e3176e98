import './jobs.css';

import { useLocation } from 'wouter';

import { type JobDetailFragment, JobDocument, UpdateJobDocument } from '../graphql/generated.ts';
import { useAction, useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { GatewayForm } from '../ui/GatewayForm.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Page } from '../ui/Page.tsx';
import { words as common } from '../ui/words.ts';
import { changesOf } from './changes.ts';
import { JobFields, jobInput } from './JobFields.tsx';
import { words } from './words.ts';

export default function EditJob({ id }: { id: string }) {
  const { t } = useWords();
  const loaded = useLoad(JobDocument, { id });
  return (
    <Page title={t(words.editTitle)}>
      <Await of={loaded}>{({ job }) => (job ? <Edit of={job} /> : <Empty title={t(words.notFound)} />)}</Await>
    </Page>
  );
}

function Edit({ of: job }: { of: JobDetailFragment }) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const update = useAction(UpdateJobDocument);

  async function submit(values: FormData) {
    // Somebody else's change in between is refused as a conflict instead of being lost.
    const changes = changesOf(job, jobInput(values));
    const input = { id: job.id, expectedVersion: job.version, ...changes };
    if (await update.run({ input })) navigate(`/jobs/${job.id}`);
  }

  return (
    <div className="card">
      <GatewayForm
        submit={t(words.save)}
        pending={update.pending}
        problem={update.problem}
        onSubmit={(values) => void submit(values)}
        more={<LinkButton to={`/jobs/${job.id}`}>{t(common.cancel)}</LinkButton>}
      >
        <JobFields of={job} />
      </GatewayForm>
    </div>
  );
}
