import './jobs.css';

import { useLocation } from 'wouter';

import { useMember } from '../app/session.tsx';
import { CreateJobDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Check } from '../ui/Choice.tsx';
import { useDraft } from '../ui/draft.tsx';
import { GatewayForm } from '../ui/GatewayForm.tsx';
import { Page } from '../ui/Page.tsx';
import { JobFields, jobInput } from './JobFields.tsx';
import { useCities } from './usePlaces.ts';
import { words } from './words.ts';

export default function NewJob() {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const draft = useDraft(useMember().id, 'post');
  const { cities } = useCities();
  const create = useAction(CreateJobDocument);

  async function submit(values: FormData) {
    const input = { ...jobInput(values, cities), publish: values.has('publish') };
    const done = await create.run({ input });
    if (!done) return;
    draft.forget();
    navigate(`/jobs/${done.createJob.job.id}`);
  }

  return (
    <Page title={t(words.post)}>
      <div className="card">
        <GatewayForm
          submit={t(words.post)}
          draft={draft}
          pending={create.pending}
          problem={create.problem}
          onSubmit={(values) => void submit(values)}
        >
          <JobFields />
          <Check name="publish" value="yes" defaultSelected>
            {t(words.publishNow)}
          </Check>
        </GatewayForm>
      </div>
    </Page>
  );
}
