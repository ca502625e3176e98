import { useState } from 'react';

import { SecondFactorDocument } from '../graphql/generated.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page, Section } from '../ui/Page.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { Enrolment } from './Enrolment.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { ReplaceCodes, TurnOff } from './SecondFactorActions.tsx';
import { words } from './secondFactorWords.ts';

/** So few recovery codes are worth a warning. */
const FEW = 3;

interface Codes {
  /** What has just been done. */
  title: string;
  list: readonly string[];
}

export default function SecondFactor() {
  const { t } = useWords();
  const loaded = useLoad(SecondFactorDocument, {});
  const [codes, setCodes] = useState<Codes | null>(null);
  const [isOff, setIsOff] = useState(false);

  if (codes) {
    return (
      <Page title={t(words.codesTitle)} narrow>
        <Notice look="good" title={codes.title} />
        <RecoveryCodes codes={codes.list} onDone={() => setCodes(null)} />
      </Page>
    );
  }

  function show(title: string, list: readonly string[]) {
    setIsOff(false);
    setCodes({ title, list });
    loaded.reload();
  }

  return (
    <Page title={t(words.title)}>
      <AccountMenu />
      {isOff ? <Notice look="good" title={t(words.isOff)} /> : null}
      <Await of={loaded}>
        {({ viewer }) =>
          viewer?.hasSecondFactor ? (
            <On
              left={viewer.recoveryCodesLeft ?? 0}
              onCodes={(list) => show(t(words.isReplaced), list)}
              onOff={() => {
                setIsOff(true);
                loaded.reload();
              }}
            />
          ) : (
            <Enrolment onCodes={(list) => show(t(words.isOn), list)} />
          )
        }
      </Await>
    </Page>
  );
}

interface OnProps {
  left: number;
  onCodes(codes: readonly string[]): void;
  onOff(): void;
}

function On({ left, onCodes, onOff }: OnProps) {
  const { t, number } = useWords();
  return (
    <Section title={t(words.title)}>
      <dl className="facts">
        <div>
          <dt>{t(words.state)}</dt>
          <dd>
            <Badge tone="good">{t(words.on)}</Badge>
          </dd>
        </div>
        <div>
          <dt>{t(words.codesLeft)}</dt>
          <dd>{number(left)}</dd>
        </div>
      </dl>
      {left <= FEW ? <p>{t(words.fewLeft)}</p> : null}
      <div className="actions">
        <ReplaceCodes onCodes={onCodes} />
        <TurnOff onOff={onOff} />
      </div>
    </Section>
  );
}
