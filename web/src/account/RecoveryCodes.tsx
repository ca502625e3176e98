import { gatewayAddress } from '../base.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useLeaving } from '../ui/leaving.tsx';
import { save } from '../ui/save.ts';
import { words } from './secondFactorWords.ts';

interface Props {
  codes: readonly string[];
  onDone(): void;
}

/** The recovery codes, the only time that they are known. */
export function RecoveryCodes({ codes, onDone }: Props) {
  const { t } = useWords();
  const leaving = useLeaving(t(words.notSaved));

  function done() {
    leaving.allow();
    onDone();
  }

  const text = `${t(words.fileHead)(gatewayAddress())}\n\n${codes.join('\n')}\n`;
  return (
    <div className="card">
      {leaving.question}
      <p>{t(words.codesText)}</p>
      <ul className="recovery-codes" aria-label={t(words.codes)}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="actions">
        <Button onPress={() => save(text, 'text/plain', 'find-helper-recovery-codes.txt')}>{t(words.download)}</Button>
        <CopyButton text={codes.join('\n')} what={t(words.codes)} />
      </div>
      <div className="actions">
        <Button look="primary" onPress={done}>
          {t(words.saved)}
        </Button>
      </div>
    </div>
  );
}
