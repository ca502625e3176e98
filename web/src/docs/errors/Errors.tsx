import { useWords } from '../../i18n/language.tsx';
import { Article } from '../Article.tsx';
import { Sample } from '../code/Sample.tsx';
import { Prose } from '../Prose.tsx';
import { words as shared } from '../words.ts';
import { Catalogue } from './Catalogue.tsx';
import { words } from './words.ts';

const SHAPES = [
  { id: 'graphql', title: words.graphql, text: words.graphqlText, sample: 'error-graphql' },
  { id: 'jobs', title: words.jobs, text: words.jobsText, sample: 'error-jobs' },
  { id: 'auth', title: words.auth, text: words.authText, sample: 'error-auth' },
];

export default function Errors() {
  const { t } = useWords();
  const parts = [
    { id: 'codes', title: t(words.codes), body: <Catalogue /> },
    { id: 'shapes', title: t(words.shapes), body: null },
    ...SHAPES.map(({ id, title, text, sample }) => ({
      id,
      title: t(title),
      sub: true,
      body: (
        <>
          <Prose>{t(text)}</Prose>
          <Sample name={sample} title={t(title)} />
        </>
      ),
    })),
  ];
  return <Article title={t(shared.errors)} lead={t(words.lead)} parts={parts} />;
}
