import { useWords } from '../../i18n/language.tsx';
import { linkTo } from '../../graphiql/address.ts';
import { Unfold } from '../../ui/Unfold.tsx';
import { Answers } from './Answers.tsx';
import type { Operation as OneOperation } from './openapi.ts';
import { Phrase, Prose } from './Prose.tsx';
import { Request } from './Request.tsx';
import { Sample } from './Sample.tsx';
import { Try, type TryProps } from './Try.tsx';
import { words } from './words.ts';

/** Everything about one operation. */
export function Operation({ of, ...access }: TryProps) {
  const { t } = useWords();
  const { id, method, path, otherPaths, summary, description } = of;
  return (
    <article className="card rest-operation" aria-labelledby={id}>
      <header>
        <div className="rest-title">
          <h3 id={id} tabIndex={-1}>
            <Phrase text={summary} />
          </h3>
          <a href={`#${id}`} aria-label={t(words.linkTo)(id)}>
            #
          </a>
        </div>
        <p className="rest-address">
          <Method name={method} /> <code>{path}</code>
        </p>
        {otherPaths.map((other) => (
          <p key={other} className="row-note">
            {t(words.alsoAt)} <code>{other}</code>
          </p>
        ))}
      </header>
      {description ? <Prose text={description} /> : null}
      <Callers of={of} />
      <Request of={of} />
      <h4>{t(words.answers)}</h4>
      <Answers of={of} />
      {of.graphql ? <Document id={id} text={of.graphql} /> : null}
      <Try of={of} {...access} />
    </article>
  );
}

export function Method({ name }: { name: string }) {
  return <span className={`rest-method rest-method-${name.toLowerCase()}`}>{name}</span>;
}

function Callers({ of: { security } }: { of: OneOperation }) {
  const { t } = useWords();
  const names: Record<string, string> = t(words.schemes);
  const ways = security.map((schemes) => schemes.map((name) => names[name] ?? name).join(' + ') || t(words.anybody));
  return (
    <p>
      <strong>{t(words.callers)}</strong>
      <span>{ways.join(` ${t(words.or)} `) || t(words.anybody)}</span>
    </p>
  );
}

function Document({ id, text }: { id: string; text: string }) {
  const { t } = useWords();
  return (
    <Unfold summary={t(words.graphql)}>
      <Sample
        title="GraphQL"
        label={`${id} · GraphQL`}
        text={text}
        more={
          <a href={linkTo(text)} aria-label={`${t(words.openInGraphiql)}: ${id}`}>
            {t(words.openInGraphiql)}
          </a>
        }
      />
    </Unfold>
  );
}
