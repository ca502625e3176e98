import { useState } from 'react';

import { ExportDataDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Section } from '../ui/Page.tsx';
import { save } from '../ui/save.ts';
import { words } from './accountWords.ts';

export function ExportData() {
  const { t } = useWords();
  const exporting = useAction(ExportDataDocument);
  const [saved, setSaved] = useState(false);

  async function download() {
    setSaved(false);
    const done = await exporting.run({});
    if (!done) return;
    const day = new Date().toISOString().slice(0, 10);
    save(JSON.stringify(done.exportData.data, null, 2), 'application/json', `find-helper-${day}.json`);
    setSaved(true);
  }

  return (
    <Section title={t(words.exportTitle)}>
      <p>{t(words.exportText)}</p>
      {saved ? <Notice look="good" title={t(words.exported)} /> : null}
      {exporting.problem ? <ProblemNotice problem={exporting.problem} /> : null}
      <div className="actions">
        <Button isPending={exporting.pending} onPress={() => void download()}>
          {t(words.exportNow)}
        </Button>
      </div>
    </Section>
  );
}
