import { type HTMLInputAutoCompleteAttribute, type ReactNode, useId, useState } from 'react';
import { Input, Label, Text, TextArea, TextField } from 'react-aria-components';

import { useWords } from '../i18n/language.tsx';
import { useDrafted } from './draft.tsx';
import type { Option } from './Choice.tsx';
import { words } from './words.ts';
import { Wrong } from './Wrong.tsx';

interface Props {
  name: string;
  label: string;
  hint?: string;
  type?: 'text' | 'email' | 'password' | 'tel' | 'number' | 'search' | 'date' | 'time' | 'datetime-local';
  value?: string;
  onChange?(value: string): void;
  defaultValue?: string;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  /** As the next step of what was pressed; a page that loads takes no focus. */
  takesFocus?: boolean;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  min?: number | string;
  max?: number | string;
  step?: number;
  inputMode?: 'numeric' | 'text';
  rows?: number;
  /** What is wrong with a text before it is sent; nothing if it will do. */
  check?(text: string): string | null | undefined;
  /** What may be typed, among other things. */
  suggestions?: readonly Option[];
  /** `none` leaves the mark "optional" out. */
  mark?: 'none';
  /** The name of another field that `check` looks at. */
  judgedWith?: string;
}

/** A labelled field: what is wrong with it stands below it. */
export function Field({
  label,
  hint,
  required = false,
  rows,
  min,
  max,
  step,
  mark,
  suggestions,
  check,
  judgedWith,
  takesFocus = false,
  ...props
}: Props) {
  const { t } = useWords();
  const list = useId();
  const isSecret = props.type === 'password';
  const [isShown, setShown] = useState(false);
  const drafted = useDrafted(props.name);
  /** As the gateway does, which takes blanks around a text away, but not those of a password. */
  function validate(value: string) {
    const text = props.type === 'password' ? value : value.trim();
    if (!text) return required ? t(words.required) : undefined;
    if ([...text].length < (props.minLength ?? 0)) return t(words.short)(props.minLength ?? 0);
    return check?.(text);
  }
  return (
    <TextField
      {...props}
      {...(isShown && { type: 'text' as const, autoCorrect: 'off', spellCheck: 'false' as const })}
      {...(drafted !== undefined && { defaultValue: drafted })}
      // eslint-disable-next-line jsx-a11y/no-autofocus -- only where something was pressed that leads here.
      autoFocus={takesFocus}
      isRequired={required}
      validate={validate}
      className="field"
    >
      <Label>
        {label}
        {required || mark ? null : <span className="optional"> {t(words.optional)}</span>}
      </Label>
      {rows ? (
        <TextArea rows={rows} className="input" />
      ) : (
        <Secret isSecret={isSecret} isShown={isShown} onShow={setShown}>
          <Input
            data-judged-with={judgedWith}
            data-secret={isSecret || undefined}
            min={min}
            max={max}
            step={step}
            list={suggestions && list}
            className="input"
          />
        </Secret>
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
      <Wrong {...(props.type === 'number' && { range: { min, max } })} />
    </TextField>
  );
}

interface SecretProps {
  isSecret: boolean;
  isShown: boolean;
  onShow(isShown: boolean): void;
  children: ReactNode;
}

/** A button beside what is typed blind, to look at it. */
function Secret({ isSecret, isShown, onShow, children }: SecretProps) {
  const { t } = useWords();
  if (!isSecret) return children;
  return (
    <span className="secret-input">
      {children}
      <button type="button" className="secret-show" aria-pressed={isShown} onClick={() => onShow(!isShown)}>
        {t(words.show)}
      </button>
    </span>
  );
}
