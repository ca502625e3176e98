import { FieldError, type ValidationResult } from 'react-aria-components';

import { useWords } from '../i18n/language.tsx';
import { words } from './words.ts';

interface Props {
  /** Of a number. */
  range?: { min: number | string | undefined; max: number | string | undefined };
}

/** The gateway's words, or ours for what the browser found. */
export function Wrong({ range }: Props) {
  const { t, number } = useWords();
  const own = ({ validationDetails: details, validationErrors }: ValidationResult) => {
    if (details.valueMissing) return t(words.required);
    if (details.typeMismatch) return t(words.email);
    if (range && details.rangeUnderflow) return t(words.tooLittle)(number(Number(range.min)));
    if (range && details.rangeOverflow) return t(words.tooMuch)(number(Number(range.max)));
    if (range && (details.stepMismatch || details.badInput)) return t(words.whole);
    if (details.badInput || details.patternMismatch) return t(words.invalid);
    return validationErrors.map((error) => (
      <span key={error} className="wrong-line">
        {error}
      </span>
    ));
  };
  return <FieldError className="wrong">{own}</FieldError>;
}
