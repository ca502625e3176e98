import { use, useState } from 'react';

import { useWords } from '../i18n/language.tsx';
import { Chips } from '../ui/Chips.tsx';
import { DraftContext, useDrafted } from '../ui/draft.tsx';
import { Field } from '../ui/Field.tsx';
import { fields, type Shown } from './fields.ts';
import { localOf, nearDays, type WrongTime, wrongTime } from './moment.ts';
import { words } from './words.ts';

/** When the work is to be done, and until when people may apply. */
export function WhenFields({ of: job }: { of?: Shown | undefined }) {
  const { t } = useWords();
  const draft = use(DraftContext);
  const before = { scheduledAt: localOf(job?.scheduledAt), expiresAt: localOf(job?.expiresAt) };
  const [scheduledAt, setScheduledAt] = useState(useDrafted('scheduledAt') ?? before.scheduledAt);
  const [days] = useState(nearDays);
  const names = t(words.days);
  // What was not touched is not judged.
  const workOf = (end: string) => (end === before.expiresAt && scheduledAt === before.scheduledAt ? '' : scheduledAt);
  const told = (wrong: WrongTime | null) => wrong && t(words[wrong]);
  function choose(moment: string) {
    setScheduledAt(moment);
    draft?.keep('scheduledAt', moment);
  }
  return (
    <>
      <div className="chips">
        <Chips
          label={t(words.day)}
          options={days.map(({ day, moment }) => ({ value: moment, label: names[day] }))}
          value={days.find(({ moment }) => moment.slice(0, 10) === scheduledAt.slice(0, 10))?.moment ?? ''}
          onChange={choose}
        />
      </div>
      <div className="form-row">
        <Field
          name="scheduledAt"
          type="datetime-local"
          label={t(fields.scheduledAt)}
          hint={t(words.whenHint)}
          value={scheduledAt}
          onChange={setScheduledAt}
          check={(value) => told(wrongTime(value, before.scheduledAt))}
        />
        <Field
          name="expiresAt"
          type="datetime-local"
          label={t(fields.expiresAt)}
          hint={t(words.untilHint)}
          defaultValue={before.expiresAt}
          judgedWith="scheduledAt"
          check={(value) => told(wrongTime(value, before.expiresAt, workOf(value)))}
        />
      </div>
    </>
  );
}
