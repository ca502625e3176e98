import type { ReactNode } from 'react';

import { useWords } from '../i18n/language.tsx';
import { isNoId } from '../graphql/problem.ts';
import type { Loaded } from '../graphql/use.ts';
import { ProblemNotice } from './Notice.tsx';
import { words } from './words.ts';

interface Props<Data> {
  of: Loaded<Data>;
  /** In place of everything, when nothing can have the identifier that was asked for. */
  missing?: ReactNode;
  children(data: Data): ReactNode;
}

/** Shows data when it is there; a problem beside what is known, or in its place. */
export function Await<Data>({ of: { data, problem, loading, reload }, missing, children }: Props<Data>) {
  if (missing && problem && isNoId(problem)) return missing;
  // The banner of the shell says that there is no connection.
  const isToldAbove = data && problem?.code === 'OFFLINE' && !navigator.onLine;
  return (
    <>
      {problem && !isToldAbove ? <ProblemNotice problem={problem} onRetry={reload} /> : null}
      {data ? <div aria-busy={loading}>{children(data)}</div> : null}
      {!data && !problem ? <Loading /> : null}
    </>
  );
}

export function Loading() {
  const { t } = useWords();
  return (
    <div className="loading" role="status">
      <span className="spinner" aria-hidden="true" />
      {t(words.loading)}
    </div>
  );
}

/** What stands where a list has nothing. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}
