import type { ApiKeyScope, KeyRowFragment } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useWords } from '../i18n/language.tsx';
import { Checks } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { textOf } from '../ui/GatewayForm.tsx';
import { networksOf } from './networks.ts';
import { words } from './words.ts';

const SCOPES: readonly ApiKeyScope[] = ['JOBS_READ', 'JOBS_WRITE'];

/** What can be said of a key when it is made, and changed later. */
export function KeyFields({ of: key }: { of?: KeyRowFragment }) {
  const { t } = useWords();
  const names = t(words.scopeNames);
  return (
    <>
      <Field
        name="name"
        label={t(words.name)}
        hint={t(words.nameHint)}
        defaultValue={key?.name ?? ''}
        {...limits.CreateApiKeyInput.name}
        required
      />
      <Checks
        name="scopes"
        label={t(words.scopes)}
        options={SCOPES.map((value) => ({ value, label: names[value] }))}
        defaultValue={[...(key?.scopes ?? ['JOBS_READ'])]}
      />
      <Field
        name="networks"
        label={t(words.networks)}
        hint={t(words.networksHint)}
        defaultValue={(key?.networks ?? []).join('\n')}
        rows={3}
      />
    </>
  );
}

/** What the fields hold. */
export function keyInput(values: FormData) {
  return {
    name: textOf(values, 'name'),
    scopes: SCOPES.filter((scope) => values.getAll('scopes').includes(scope)),
    networks: networksOf(textOf(values, 'networks')),
  };
}
