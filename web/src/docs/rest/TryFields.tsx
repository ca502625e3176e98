import { useWords } from '../../i18n/language.tsx';
import { Select } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import type { Values } from './call.ts';
import type { Operation, Parameter } from './openapi.ts';
import { json } from './Sample.tsx';
import { exampleOf, sampleOf } from './schema.ts';
import { words } from './words.ts';

/** The examples; where a path needs a value and has none, one that fits. */
export function firstValues({ parameters, body }: Operation): Values {
  const first = ({ example, in: place, schema = {} }: Parameter) =>
    example ?? (place === 'path' ? sampleOf(schema) : '');
  return {
    parameters: Object.fromEntries(parameters.map((parameter) => [parameter.name, String(first(parameter))])),
    body: body ? json(exampleOf(body)) : '',
  };
}

interface Props {
  of: Operation;
  values: Values;
  onChange(values: Values): void;
}

/** A field for each parameter, and one for the body. */
export function TryFields({ of: { parameters, body }, values, onChange }: Props) {
  const { t } = useWords();
  const set = (name: string) => (value: string) =>
    onChange({ ...values, parameters: { ...values.parameters, [name]: value } });
  return (
    <>
      {parameters.length ? (
        <div className="form-row">
          {parameters.map((parameter) => (
            <OneField
              key={parameter.name}
              of={parameter}
              value={values.parameters[parameter.name] ?? ''}
              onChange={set(parameter.name)}
            />
          ))}
        </div>
      ) : null}
      {body ? (
        <div className="rest-body">
          <Field
            name="body"
            label={t(words.json)}
            mark="none"
            rows={Math.min(12, values.body.split('\n').length + 1)}
            value={values.body}
            onChange={(text) => onChange({ ...values, body: text })}
            {...(!isJson(values.body) && { hint: t(words.notJson) })}
          />
        </div>
      ) : null}
    </>
  );
}

function OneField({
  of: { name, required = false, schema },
  ...field
}: {
  of: Parameter;
  value: string;
  onChange(value: string): void;
}) {
  const { t } = useWords();
  const values = schema?.enum;
  if (!values) return <Field name={name} label={name} required={required} autoComplete="off" {...field} />;
  const options = [{ value: '', label: t(words.notGiven) }, ...values.map((value) => ({ value, label: value }))];
  return <Select name={name} label={name} options={options} {...field} />;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
