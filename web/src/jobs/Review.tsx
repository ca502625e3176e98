import './stars.css';

import { useState } from 'react';

import { useSession } from '../app/session.tsx';
import { ReplyToReviewDocument, ReportReviewDocument, type ReviewRowFragment } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { Field } from '../ui/Field.tsx';
import { textOf } from '../ui/GatewayForm.tsx';
import { choicesOf, isSealed } from './reviews.ts';
import { words } from './reviewWords.ts';
import { Stars } from './Stars.tsx';

interface Props {
  of: ReviewRowFragment;
  onChange(): void;
}

/** A review in a list, with what the reader may do about it. */
export function Review({ of: review, onChange }: Props) {
  const { t, date, relative } = useWords();
  const { viewer } = useSession();
  const [opened] = useState(() => Date.now());
  const { reply, report } = choicesOf(review, viewer);
  return (
    <li className="review">
      <span className="review-head">
        <Stars count={review.rating} />
        <span className="row-title">{review.author.name || review.author.id}</span>
        <span className="row-note">{relative(review.createdAt)}</span>
      </span>
      {review.text ? <p className="prose">{review.text}</p> : null}
      {review.hiddenAt ? <p className="row-note">{t(words.hidden)(review.hiddenReason ?? '')}</p> : null}
      {isSealed(review, opened) ? <p className="row-note">{t(words.waits)(date(review.visibleAt))}</p> : null}
      {review.reply ? (
        <div className="review-reply">
          <span className="row-note">{t(words.replied)(review.reviewed.name || review.reviewed.id)}</span>
          <p className="prose">{review.reply}</p>
        </div>
      ) : null}
      {reply || report ? (
        <div className="actions">
          {reply ? <Reply id={review.id} onChange={onChange} /> : null}
          {report ? <Report id={review.id} /> : null}
        </div>
      ) : null}
    </li>
  );
}

function Reply({ id, onChange }: { id: string; onChange(): void }) {
  const { t } = useWords();
  const action = useAction(ReplyToReviewDocument, onChange);

  async function send(values: FormData) {
    if (await action.run({ input: { reviewId: id, text: textOf(values, 'text') } })) onChange();
  }

  return (
    <ConfirmButton
      label={t(words.reply)}
      title={t(words.replyTitle)}
      action={action}
      onConfirm={(values) => void send(values)}
    >
      <p>{t(words.replyText)}</p>
      <Field name="text" label={t(words.replyLabel)} {...limits.ReplyToReviewInput.text} rows={4} required />
    </ConfirmButton>
  );
}

function Report({ id }: { id: string }) {
  const { t } = useWords();
  const [isDone, setDone] = useState(false);
  // Whoever has reported it before is told that it is known.
  const action = useAction(ReportReviewDocument, () => setDone(true));

  async function send(values: FormData) {
    if (await action.run({ input: { reviewId: id, reason: textOf(values, 'reason') } })) setDone(true);
  }

  if (isDone) {
    return (
      <span role="status" className="row-note">
        {t(words.reported)}
      </span>
    );
  }
  return (
    <ConfirmButton
      label={t(words.report)}
      title={t(words.reportTitle)}
      action={action}
      onConfirm={(values) => void send(values)}
    >
      <p>{t(words.reportText)}</p>
      <Field name="reason" label={t(words.reportLabel)} {...limits.ReportReviewInput.reason} rows={3} required />
    </ConfirmButton>
  );
}
