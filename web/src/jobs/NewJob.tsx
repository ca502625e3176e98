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
import { doesWait, letWait, takeWaiting } from './waiting.ts';
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
  const [isWaiting] = useState(() => viewer !== null && doesWait());
  const draft = useDraft(viewer && !isWaiting ? viewer.id : VISITOR, 'post');
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

  // Taken only once the page is there: what is taken while rendering is lost if React renders anew.
  const sendWaiting = useEffectEvent(() => {
    if (!isWaiting) return;
    const input = takeWaiting();
    if (input) void send(input);
    // Another tab was faster: it has posted it.
    else navigate('/mine', { replace: true });
  });
  useEffect(() => sendWaiting(), []);

  if (isWaiting && !create.problem) {
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
