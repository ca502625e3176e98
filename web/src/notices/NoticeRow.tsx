import { Link } from 'wouter';

import type { NoticeRowFragment } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { sentenceOf } from './kinds.ts';
import { words } from './words.ts';

interface Props {
  of: NoticeRowFragment;
  onRead(id: string): void;
}

/** What was told and when: it leads to the job, which marks it read. */
export function NoticeRow({ of: notice, onRead }: Props) {
  const { t, relative, dateTime } = useWords();
  const { id, job, createdAt } = notice;
  const isUnread = notice.readAt === null;
  const text = sentenceOf(notice, t);
  const look = isUnread ? 'row-title is-unread' : 'row-title';
  const read = () => isUnread && onRead(id);
  return (
    <li className="notice-row">
      {isUnread ? (
        <span className="unread-dot">
          <span className="visually-hidden">{t(words.isUnread)}</span>
        </span>
      ) : null}
      <div className="row-main">
        {job ? (
          <Link href={`/jobs/${job.id}`} className={look} onClick={read}>
            {text}
          </Link>
        ) : (
          <span className={look}>{text}</span>
        )}
        <time className="row-note" dateTime={createdAt} title={dateTime(createdAt)}>
          {relative(createdAt)}
        </time>
      </div>
      {isUnread && !job ? (
        <Button look="quiet" onPress={read}>
          {t(words.markOne)}
        </Button>
      ) : null}
    </li>
  );
}
