import { useWords } from '../i18n/language.tsx';
import { Empty } from '../ui/Await.tsx';
import { Button } from '../ui/Button.tsx';
import { useFilters } from '../ui/filters.tsx';
import { words } from './words.ts';

/** What stands on the board where no job is; filters that nothing passes can be dropped. */
export function NoneFound({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useWords();
  const { keepOnly } = useFilters();
  if (!isFiltered) {
    return (
      <Empty title={t(words.noJobs)}>
        <p className="muted">{t(words.noJobsText)}</p>
      </Empty>
    );
  }
  return (
    <Empty title={t(words.none)}>
      <p className="muted">{t(words.noneText)}</p>
      <Button onPress={() => keepOnly('orderBy')}>{t(words.dropFilters)}</Button>
    </Empty>
  );
}
