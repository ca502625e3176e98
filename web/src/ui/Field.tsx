import { type HTMLInputAutoCompleteAttribute, useId } from 'react';
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField,
  type ValidationResult,
} from 'react-aria-components';

import { useWords } from '../i18n/language.tsx';
import type { Option } from './Choice.tsx';
import { words } from './words.ts';

interface Props {
  name: string;
  label: string;
  hint?: string;
  type?: 'text' | 'email' | 'password' | 'tel' | 'number' | 'search' | 'datetime-local';
  value?: string;
  onChange?(value: string): void;
  defaultValue?: string;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  autoFocus?: boolean;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  min?: number | string;
  max?: number | string;
  step?: number;
  inputMode?: 'numeric' | 'text';
  rows?: number;
  /** What is wrong with a text before it is sent; nothing if it will do. */
  check?(text: string): string | undefined;
  /** What may be typed, among other things. */
  suggestions?: readonly Option[];
  /** `none` leaves the mark "optional" out. */
  mark?: 'none';
}

/** A labelled field: what is wrong with it stands below it. */
export function Field({ label, hint, required = false, rows, min, max, step, mark, suggestions, check, ...props }: Props) {
  const { t } = useWords();
  const list = useId();
  /** As the gateway does, which takes blanks around a text away, but not those of a password. */
  function validate(value: string) {
    const text = props.type === 'password' ? value : value.trim();
    if (!text) return required ? t(words.required) : undefined;
    if ([...text].length < (props.minLength ?? 0)) return t(words.short)(props.minLength ?? 0);
    return check?.(text);
  }
  return (
    <TextField {...props} isRequired={required} validate={validate} className="field">
      <Label>
        {label}
        {required || mark ? null : <span className="optional"> {t(words.optional)}</span>}
      </Label>
      {rows ? (
        <TextArea rows={rows} className="input" />
      ) : (
        <Input min={min} max={max} step={step} list={suggestions && list} className="input" />
      )}
      {suggestions ? (
        <datalist id={list}>
          {suggestions.map((option) => (
            <option key={option.value} {...option} />
          ))}
        </datalist>
      ) : null}
      {hint ? (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      ) : null}
      <Wrong />
    </TextField>
  );
}

/** The gateway's words, or ours for what the browser found. */
export function Wrong() {
  const { t } = useWords();
  const own = ({ validationDetails: details, validationErrors }: ValidationResult) => {
    if (details.valueMissing) return t(words.required);
    if (details.typeMismatch) return t(words.email);
    if (details.rangeUnderflow || details.rangeOverflow || details.stepMismatch) return t(words.range);
    if (details.badInput || details.patternMismatch) return t(words.invalid);
    return validationErrors.join(' ');
  };
  return <FieldError className="wrong">{own}</FieldError>;
}
