import { ExportDataDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { Section } from '../ui/Page.tsx';
import { words } from './accountWords.ts';

export function ExportData() {
  const { t } = useWords();
  const exporting = useAction(ExportDataDocument);

  async function download() {
    const done = await exporting.run({});
    if (done) save(done.exportData.data);
  }

  return (
    <Section title={t(words.exportTitle)}>
      <p>{t(words.exportText)}</p>
      {exporting.problem ? <ProblemNotice problem={exporting.problem} /> : null}
      <div className="actions">
        <Button isPending={exporting.pending} onPress={() => void download()}>
          {t(words.exportNow)}
        </Button>
      </div>
    </Section>
  );
}

/** Hands the data to the browser as a file. */
function save(data: unknown) {
  const file = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `find-helper-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
