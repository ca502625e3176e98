import { Link } from 'wouter';

import { MarkAllNoticesReadDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { words } from './words.ts';

interface Props {
  unreadOnly: boolean;
  /** Up to which all can be marked; nothing if there is none to mark. */
  newest: string | undefined;
  onMarked(): void;
}

/** Which notices are shown, and the way to be done with all of them. */
export function Bar({ unreadOnly, newest, onMarked }: Props) {
  const { t } = useWords();
  const markAll = useAction(MarkAllNoticesReadDocument);

  async function mark(upTo: string) {
    if (await markAll.run({ upTo })) onMarked();
  }

  return (
    <>
      {markAll.problem ? <ProblemNotice problem={markAll.problem} /> : null}
      <div className="notices-bar">
        <nav className="chips" aria-label={t(words.filter)}>
          <Link href="/notices" aria-current={unreadOnly ? undefined : 'true'}>
            {t(words.all)}
          </Link>
          <Link href="/notices?unread" aria-current={unreadOnly ? 'true' : undefined}>
            {t(words.unreadOnly)}
          </Link>
        </nav>
        {newest ? (
          <Button look="quiet" isPending={markAll.pending} onPress={() => void mark(newest)}>
            {t(words.markAll)}
          </Button>
        ) : null}
      </div>
    </>
  );
}
