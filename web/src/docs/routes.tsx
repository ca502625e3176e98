import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';

import { Missing } from '../app/Missing.tsx';
import { useFocusOnNewPage } from '../app/focus.ts';
import { Loading } from '../ui/Await.tsx';
import { QuickStart } from './quickstart/QuickStart.tsx';

const Rest = lazy(() => import('./rest/Rest.tsx'));
const Reference = lazy(() => import('./graphql/Reference.tsx'));
const Errors = lazy(() => import('./errors/Errors.tsx'));
const Limits = lazy(() => import('./limits/Limits.tsx'));
const Changelog = lazy(() => import('./changelog/Changelog.tsx'));

/** Every page of the documentation, in the order of `Shell`'s list. */
export function Routes() {
  useFocusOnNewPage();
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/" component={QuickStart} />
        <Route path="/rest" component={Rest} />
        <Route path="/graphql/:name?">{({ name }) => <Reference name={name} />}</Route>
        <Route path="/errors" component={Errors} />
        <Route path="/limits" component={Limits} />
        <Route path="/changelog" component={Changelog} />
        <Route component={Missing} />
      </Switch>
    </Suspense>
  );
}
