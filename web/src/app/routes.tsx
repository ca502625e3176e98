import { lazy, type ReactNode, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation, useSearchParams } from 'wouter';

import { Login } from '../account/Login.tsx';
import { DOORS, pathAfterSignIn, signInPath } from '../account/next.ts';
import { Board } from '../jobs/Board.tsx';
import { useWords } from '../i18n/language.tsx';
import { Loading } from '../ui/Await.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { Boundary } from './Boundary.tsx';
import { movedTo } from './faces.ts';
import { useFocusNeverLost, useFocusOnNewPage } from './focus.ts';
import { Missing } from './Missing.tsx';
import { useSession } from './session.tsx';
import { words } from './words.ts';

const Register = lazy(() => import('../account/Register.tsx'));
const CheckMail = lazy(() => import('../account/CheckMail.tsx'));
const Forgot = lazy(() => import('../account/Forgot.tsx'));
const Account = lazy(() => import('../account/Account.tsx'));
const Sessions = lazy(() => import('../account/Sessions.tsx'));
const SecondFactor = lazy(() => import('../account/SecondFactor.tsx'));
const Deleted = lazy(() => import('../account/Deleted.tsx'));
const Activity = lazy(() => import('../account/Activity.tsx'));
const Keys = lazy(() => import('../keys/Keys.tsx'));
const NewKey = lazy(() => import('../keys/NewKey.tsx'));
const Key = lazy(() => import('../keys/Key.tsx'));
const Job = lazy(() => import('../jobs/Job.tsx'));
const NewJob = lazy(() => import('../jobs/NewJob.tsx'));
const EditJob = lazy(() => import('../jobs/EditJob.tsx'));
const MyJobs = lazy(() => import('../jobs/MyJobs.tsx'));
const MyApplications = lazy(() => import('../jobs/MyApplications.tsx'));
const Notices = lazy(() => import('../notices/Notices.tsx'));
const Preferences = lazy(() => import('../notices/Preferences.tsx'));
const Users = lazy(() => import('../admin/Users.tsx'));
const Disputes = lazy(() => import('../admin/Disputes.tsx'));
const Reports = lazy(() => import('../admin/Reports.tsx'));
const AuditLog = lazy(() => import('../admin/AuditLog.tsx'));

/** Every page of the portal, by the noun it is about. */
export function Routes() {
  const { ended } = useSession();
  const [path] = useLocation();
  useFocusOnNewPage();
  useFocusNeverLost();
  const moved = movedTo(path);
  if (moved) return <Redirect to={moved + location.search} replace />;
  if (ended && !DOORS.includes(path)) return <Redirect to={signInPath(path, location.search)} replace />;
  return (
    <Boundary at={path}>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/">
            <Redirect to="/jobs" replace />
          </Route>
          <Route path="/login" component={Login} />
          <Route path="/register">{visitors(<Register />)}</Route>
          <Route path="/check-mail" component={CheckMail} />
          <Route path="/forgot">{visitors(<Forgot />)}</Route>
          <Route path="/deleted" component={Deleted} />
          <Route path="/jobs" component={Board} />
          <Route path="/jobs/new" component={NewJob} />
          <Route path="/jobs/:id/edit">{({ id }) => members(<EditJob id={id} />)}</Route>
          <Route path="/jobs/:id">{({ id }) => <Job id={id} />}</Route>
          <Route path="/mine">{members(<MyJobs />)}</Route>
          <Route path="/mine/applications">{members(<MyApplications />)}</Route>
          <Route path="/notices">{members(<Notices />)}</Route>
          <Route path="/developer/keys">{members(<Keys />)}</Route>
          <Route path="/developer/keys/new">{members(<NewKey />)}</Route>
          <Route path="/developer/keys/:id">{({ id }) => members(<Key id={id} />)}</Route>
          <Route path="/account">{members(<Account />)}</Route>
          <Route path="/account/second-factor">{members(<SecondFactor />)}</Route>
          <Route path="/account/sessions">{members(<Sessions />)}</Route>
          <Route path="/account/notices">{members(<Preferences />)}</Route>
          <Route path="/account/activity">{members(<Activity />)}</Route>
          <Route path="/admin/users">{admins(<Users />)}</Route>
          <Route path="/admin/disputes">{admins(<Disputes />)}</Route>
          <Route path="/admin/reviews">{admins(<Reports />)}</Route>
          <Route path="/admin/audit">{admins(<AuditLog />)}</Route>
          <Route component={Missing} />
        </Switch>
      </Suspense>
    </Boundary>
  );
}

const visitors = (page: ReactNode) => <Visitors>{page}</Visitors>;
const members = (page: ReactNode) => <Members>{page}</Members>;
const admins = (page: ReactNode) => (
  <Members>
    <Admins>{page}</Admins>
  </Members>
);

/** Sends whoever is signed in on. */
function Visitors({ children }: { children: ReactNode }) {
  const { viewer } = useSession();
  const [search] = useSearchParams();
  return viewer ? <Redirect to={pathAfterSignIn(search.get('next'))} replace /> : children;
}

/** Sends visitors to sign in, and back. */
function Members({ children }: { children: ReactNode }) {
  const { viewer, problem, reload } = useSession();
  const [path] = useLocation();
  if (viewer) return children;
  if (problem) return <ProblemNotice problem={problem} onRetry={reload} />;
  if (viewer === undefined) return <Loading />;
  return <Redirect to={signInPath(path, location.search)} replace />;
}

function Admins({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const { viewer } = useSession();
  if (viewer?.role === 'ADMIN') return children;
  return (
    <Page title={t(words.forbidden)}>
      <p>{t(words.forbiddenText)}</p>
    </Page>
  );
}
