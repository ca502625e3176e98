import type { JobStatus } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { stageOf } from './stage.ts';
import { words } from './words.ts';

/** Where a job stands on its way from open to reviewed. */
export function Stages({ of: status }: { of: JobStatus }) {
  const { t } = useWords();
  const stage = stageOf(status);
  if (stage === undefined) return null;
  return (
    <ol className="stages" aria-label={t(words.progress)}>
      {t(words.stages).map((name, index) => (
        <li key={name} data-passed={index < stage || undefined} aria-current={index === stage ? 'step' : undefined}>
          {name}
        </li>
      ))}
    </ol>
  );
}
