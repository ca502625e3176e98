import './stars.css';

import { use } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';

import { useWords } from '../i18n/language.tsx';
import { DraftContext, useDrafted } from '../ui/draft.tsx';
import { Wrong } from '../ui/Wrong.tsx';
import { words } from './reviewWords.ts';

const ALL = [1, 2, 3, 4, 5];

function Star() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 2.5l2.9 6.2 6.8.8-5 4.6 1.3 6.7-6-3.4-6 3.4 1.3-6.7-5-4.6 6.8-.8z" />
    </svg>
  );
}

/** So many stars of five. */
export function Stars({ count }: { count: number }) {
  const { t } = useWords();
  return (
    <span className="stars" role="img" aria-label={t(words.outOf)(count)}>
      {ALL.map((star) => (
        <span key={star} className="star" data-lit={star <= count || undefined}>
          <Star />
        </span>
      ))}
    </span>
  );
}

/** One to five stars to choose, as a group of radio buttons: the arrow keys go from star to star. */
export function StarsField({ name }: { name: string }) {
  const { t } = useWords();
  const draft = use(DraftContext);
  const drafted = useDrafted(name);
  return (
    <RadioGroup
      name={name}
      isRequired
      orientation="horizontal"
      className="field"
      {...(drafted !== undefined && { defaultValue: drafted })}
      // React Aria's buttons change without the event that forms hear.
      onChange={(stars) => draft?.keep(name, stars)}
    >
      <Label>{t(words.stars)}</Label>
      <span className="stars stars-field">
        {ALL.map((star) => (
          <Radio key={star} value={String(star)} aria-label={t(words.star)(star)} className="star">
            <Star />
          </Radio>
        ))}
      </span>
      <Wrong />
    </RadioGroup>
  );
}
