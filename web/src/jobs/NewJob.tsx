import './jobs.css';

import { useEffect, useEffectEvent, useState } from 'react';
import { useLocation } from 'wouter';

import { rememberNext, signInPath } from '../account/next.ts';
import { type Member, useSession } from '../app/session.tsx';
import { CreateJobDocument, type CreateJobInput } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Loading } from '../ui/Await.tsx';
import { useDraft, VISITOR } from '../ui/draft.tsx';
import { Page } from '../ui/Page.tsx';
import { PostForm } from './PostForm.tsx';
import { letWait, takeWaiting } from './waiting.ts';
import { words } from './words.ts';

/** Posts a job: also for visitors, whose job waits until they are signed in. */
export default function NewJob() {
  const { viewer } = useSession();
  if (viewer === undefined) return <Loading />;
  return <Post key={viewer?.id ?? VISITOR} viewer={viewer} />;
}

function Post({ viewer }: { viewer: Member | null }) {
  const { t } = useWords();
  const [path, navigate] = useLocation();
  const [waiting] = useState(() => (viewer ? takeWaiting() : null));
  const draft = useDraft(viewer && !waiting ? viewer.id : VISITOR, 'post');
  const create = useAction(CreateJobDocument);

  async function send(input: CreateJobInput) {
    if (!viewer) {
      letWait(input);
      rememberNext(path);
      navigate(signInPath(path, '', '/register'));
      return;
    }
    const done = await create.run({ input });
    if (!done) return;
    draft.forget();
    navigate(`/jobs/${done.createJob.job.id}`, { replace: true });
  }

  const sendWaiting = useEffectEvent(() => waiting && void send(waiting));
  useEffect(() => {
    sendWaiting();
  }, []);

  if (waiting && !create.problem) {
    return (
      <Page title={t(words.post)} narrow>
        <p role="status">{t(words.sending)}</p>
      </Page>
    );
  }
  return (
    <Page title={t(words.post)} narrow>
      <PostForm
        draft={draft}
        pending={create.pending}
        problem={create.problem}
        isVisitor={!viewer}
        onSend={(input) => void send(input)}
      />
    </Page>
  );
}
