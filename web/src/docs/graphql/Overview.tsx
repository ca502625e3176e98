import type { GraphQLObjectType } from 'graphql';
import { Link } from 'wouter';

import { useWords } from '../../i18n/language.tsx';
import { Article, type Part } from '../Article.tsx';
import { Inline, Prose } from '../Prose.tsx';
import { words as shared } from '../words.ts';
import { directives, KINDS, kindOf, placeOf, roots, types } from './schema.ts';
import { Search } from './Search.tsx';
import { Places } from './TypeLink.tsx';
import { words } from './words.ts';

/** All there is, in one line each. */
export function Overview() {
  const { t } = useWords();
  const rootNames: Record<string, string> = t(words.roots);
  const parts: Part[] = roots.map((root) => ({
    id: root.name,
    title: rootNames[root.name] ?? root.name,
    body: <RootFields root={root} />,
  }));
  for (const kind of KINDS) {
    const ofKind = types.filter((type) => kindOf(type) === kind && !roots.some((root) => root === type));
    const places = ofKind.map(({ name }) => ({ name, to: `/graphql/${name}` }));
    parts.push({ id: kind, title: t(words.kinds)[kind], body: <Places places={places} /> });
  }
  parts.push({ id: 'directives', title: t(words.directives), body: <Directives /> });
  return (
    <Article title={t(shared.graphql)} lead={t(words.lead)} parts={parts}>
      <Search />
    </Article>
  );
}

function RootFields({ root }: { root: GraphQLObjectType }) {
  return (
    <dl className="summary">
      {Object.values(root.getFields()).map((field) => (
        <div key={field.name}>
          <dt>
            <Link href={placeOf(root.name, field.name).to}>
              <code>{field.name}</code>
            </Link>
          </dt>
          <dd lang="en">
            <Inline>{field.description ?? ''}</Inline>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Directives() {
  const { t } = useWords();
  return (
    <dl className="summary">
      {directives.map(({ name, args, locations, description }) => (
        <div key={name}>
          <dt>
            <code>@{name}</code>
          </dt>
          <dd>
            <p>
              <code>({args.map((argument) => `${argument.name}: ${String(argument.type)}`).join(', ')})</code>
            </p>
            {description ? <Prose lang="en">{description}</Prose> : null}
            <p className="row-note">
              {t(words.on)} {locations.join(', ')}
            </p>
          </dd>
        </div>
      ))}
    </dl>
  );
}
