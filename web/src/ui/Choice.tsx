import { type ReactNode, use, useId } from 'react';
import { Checkbox, CheckboxGroup, Label, Text } from 'react-aria-components';

import { DraftContext, useDrafted } from './draft.tsx';
import { Wrong } from './Wrong.tsx';

export interface Option {
  value: string;
  label: string;
}

interface SelectProps {
  name: string;
  label: string;
  options: readonly Option[];
  value?: string;
  onChange?(value: string): void;
  defaultValue?: string;
  hint?: string;
}

/** One of some: the browser's own list, which every phone and screen reader knows. */
export function Select({ label, options, onChange, hint, ...props }: SelectProps) {
  const id = useId();
  const drafted = useDrafted(props.name);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        {...props}
        {...(drafted !== undefined && props.value === undefined && { defaultValue: drafted })}
        id={id}
        className="input"
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange?.(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {hint ? (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      ) : null}
    </div>
  );
}

interface ChecksProps {
  name: string;
  label: string;
  options: readonly Option[];
  defaultValue: string[];
  hint?: string;
}

/** Any of some, and at least one. */
export function Checks({ label, options, hint, ...props }: ChecksProps) {
  return (
    <CheckboxGroup {...props} isRequired className="field">
      <Label>{label}</Label>
      {options.map((option) => (
        <Check key={option.value} value={option.value}>
          {option.label}
        </Check>
      ))}
      {hint ? (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      ) : null}
      <Wrong />
    </CheckboxGroup>
  );
}

interface CheckProps {
  children: ReactNode;
  name?: string;
  value?: string;
  defaultSelected?: boolean;
  isSelected?: boolean;
  onChange?(selected: boolean): void;
}

export function Check({ children, onChange, ...props }: CheckProps) {
  const { name, value = 'on' } = props;
  const draft = use(DraftContext);
  const drafted = useDrafted(name);
  return (
    <Checkbox
      {...props}
      {...(drafted !== undefined && { defaultSelected: drafted !== '' })}
      onChange={(selected) => {
        // React Aria's boxes change without the event that forms hear.
        if (name !== undefined) draft?.keep(name, selected ? value : '');
        onChange?.(selected);
      }}
      className="check"
    >
      <svg viewBox="0 0 16 16" aria-hidden="true" className="check-box">
        <path d="M3.5 8.5l3 3 6-7" />
      </svg>
      {children}
    </Checkbox>
  );
}
