import './types.css';

import { useWords } from '../i18n/language.tsx';
import type { Option } from '../ui/Choice.tsx';
import { useDrafted } from '../ui/draft.tsx';
import { Drawing } from '../ui/Drawing.tsx';
import { fields } from './fields.ts';
import { PlacesOfTypes } from './PlacesOfTypes.tsx';

interface Props {
  options: readonly Option[];
  /** The first one if it is empty. */
  defaultValue: string;
  onChange(value: string): void;
}

/** One type of work, as pictures to choose from. */
export function TypeChoice({ options, defaultValue, onChange }: Props) {
  const { t } = useWords();
  const chosen = useDrafted('jobType') || defaultValue || options[0]?.value;
  return (
    <fieldset className="field">
      <legend>{t(fields.jobType)}</legend>
      {/* The options come later than the form: their choice is made anew then. */}
      <div key={options.length} className="tiles">
        {options.length ? null : <PlacesOfTypes />}
        {options.map(({ value, label }) => (
          <label key={value} className="tile">
            <input
              type="radio"
              name="jobType"
              value={value}
              defaultChecked={value === chosen}
              onChange={() => onChange(value)}
            />
            <Drawing of={value} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
