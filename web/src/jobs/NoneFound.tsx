import { useWords } from '../i18n/language.tsx';
import { Empty } from '../ui/Await.tsx';
import { Button } from '../ui/Button.tsx';
import { useFilters } from '../ui/filters.tsx';
import { FILTERS } from './filter.ts';
import { useJobTypes } from './jobTypes.ts';
import { useCities } from './usePlaces.ts';
import { words } from './words.ts';

/** What stands on the board where no job is: each filter can be given up by itself. */
export function NoneFound() {
  const { t } = useWords();
  const { search, set, keepOnly } = useFilters();
  const nameOf = useFilterNames();
  const given = FILTERS.map((name) => [name, search.get(name)] as const);
  const chosen = given.flatMap(([name, value]) => (value ? [{ name, told: nameOf(name, value) }] : []));
  if (!chosen.length) {
    return (
      <Empty title={t(words.noJobs)}>
        <p className="muted">{t(words.noJobsText)}</p>
      </Empty>
    );
  }
  return (
    <Empty title={t(words.none)}>
      <p className="muted">{t(words.noneText)}</p>
      <div className="actions empty-actions">
        {chosen.map(({ name, told }) => (
          <Button key={name} onPress={() => set(name, '', ...(name === 'city' ? ['district'] : []))}>
            {t(words.drop)(told)}
          </Button>
        ))}
      </div>
      <Button look="quiet" onPress={() => keepOnly('orderBy')}>
        {t(words.dropFilters)}
      </Button>
    </Empty>
  );
}

/** What a reader calls that which an address holds. */
function useFilterNames(): (name: (typeof FILTERS)[number], value: string) => string {
  const { t, money } = useWords();
  const types = useJobTypes();
  const cities = useCities();
  const days: Record<string, string> = t(words.days);
  return (name, value) => {
    switch (name) {
      case 'jobType':
        return types.label(value);
      case 'city':
        return cities.label(value);
      case 'day':
        return days[value] ?? value;
      case 'pay':
        return t(words.payFrom)(money(Number(value)));
      case 'applicants':
        return t(words.withoutApplications);
      default:
        return value;
    }
  };
}
