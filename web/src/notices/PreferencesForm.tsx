import { useId, useState } from 'react';

import { type NoticeDelivery, type NoticeKind, SetNoticePreferencesDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Select } from '../ui/Choice.tsx';
import { GatewayForm } from '../ui/GatewayForm.tsx';
import { Notice } from '../ui/Notice.tsx';
import { deliveries, groups, labels, words } from './preferenceWords.ts';
import { allAs, changesOf, type Choices, commonOf, DELIVERIES, GROUPS } from './preferences.ts';

/** A choice for every kind of notice, and one for all of them at once. */
export function PreferencesForm({ known }: { known: Choices }) {
  const { t } = useWords();
  const set = useAction(SetNoticePreferencesDocument);
  const [saved, setSaved] = useState(known);
  const [choices, setChoices] = useState(known);
  const [isSaved, setIsSaved] = useState(false);
  const names = t(deliveries);
  const options = DELIVERIES.map((value) => ({ value, label: names[value] }));
  const common = commonOf(choices);

  function choose(next: Choices) {
    setIsSaved(false);
    setChoices(next);
  }
  async function submit() {
    setIsSaved(false);
    const preferences = changesOf(saved, choices);
    if (preferences.length && !(await set.run({ input: { preferences } }))) return;
    setSaved(choices);
    setIsSaved(true);
  }

  return (
    <section className="card">
      <GatewayForm submit={t(words.save)} pending={set.pending} problem={set.problem} onSubmit={() => void submit()}>
        <div className="preference preference-of-all">
          <Select
            name="all"
            label={t(words.forAll)}
            options={common ? options : [{ value: '', label: t(words.mixed) }, ...options]}
            value={common ?? ''}
            onChange={(value) => value && choose(allAs(choices, value as NoticeDelivery))}
          />
        </div>
        {GROUPS.map(({ group, kinds }) => (
          <Kinds
            key={group}
            title={t(groups)[group]}
            kinds={kinds}
            options={options}
            choices={choices}
            onChoose={(kind, delivery) => choose({ ...choices, [kind]: delivery })}
          />
        ))}
        {isSaved ? <Notice look="good" title={t(words.saved)} /> : null}
      </GatewayForm>
    </section>
  );
}

interface KindsProps {
  title: string;
  kinds: readonly NoticeKind[];
  options: { value: NoticeDelivery; label: string }[];
  choices: Choices;
  onChoose(kind: NoticeKind, delivery: NoticeDelivery): void;
}

function Kinds({ title, kinds, options, choices, onChoose }: KindsProps) {
  const { t } = useWords();
  const id = useId();
  const names = t(labels);
  return (
    <div role="group" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul>
        {kinds.map((kind) => (
          <li key={kind} className="preference">
            <Select
              name={kind}
              label={names[kind]}
              options={options}
              value={choices[kind] ?? 'AT_ONCE'}
              onChange={(value) => onChoose(kind, value as NoticeDelivery)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
