import type { Both } from '../../i18n/language.tsx';
import { words } from './words.ts';

interface Step {
  id: string;
  title: Both;
  text?: Both;
  /** Name of a program in `samples/`. */
  sample?: string;
  /** After the program. */
  more?: Both;
  sub?: true;
}

/** The quick start from top to bottom. */
export const STEPS: readonly Step[] = [
  { id: 'first-call', title: words.first, text: words.firstText, sample: 'first-call', more: words.firstMore },

  { id: 'rest', title: words.rest, text: words.restText },
  { id: 'list-jobs', title: words.list, text: words.listText, sample: 'list-jobs', sub: true },
  { id: 'post-job', title: words.post, text: words.postText, sample: 'post-job', sub: true },
  { id: 'handle-errors', title: words.handle, text: words.handleText, sample: 'handle-errors', sub: true },

  { id: 'auth', title: words.auth, text: words.authText },
  { id: 'register', title: words.register, text: words.registerText, sample: 'register', sub: true },
  { id: 'login', title: words.login, text: words.loginText, sample: 'login', sub: true },
  { id: 'user', title: words.user, sample: 'user', sub: true },
  { id: 'refresh', title: words.refresh, text: words.refreshText, sample: 'refresh', sub: true },
  { id: 'logout', title: words.logout, text: words.logoutText, sample: 'logout', sub: true },

  { id: 'graphql', title: words.graphql, text: words.graphqlText },
  { id: 'query', title: words.query, text: words.queryText, sample: 'query', sub: true },
  { id: 'mutation', title: words.mutation, text: words.mutationText, sample: 'mutation', sub: true },
  { id: 'pages', title: words.pages, text: words.pagesText, sample: 'pages', sub: true },

  { id: 'live', title: words.live, text: words.liveText },
  { id: 'events', title: words.events, text: words.eventsText, sample: 'events', sub: true },
  { id: 'socket', title: words.socket, text: words.socketText, sample: 'socket', sub: true },

  { id: 'second-factor', title: words.factor, text: words.factorText },
  { id: 'enroll', title: words.enroll, text: words.enrollText, sample: 'enroll', sub: true },
  { id: 'confirm', title: words.confirm, text: words.confirmText, sample: 'confirm', sub: true },
  { id: 'login-code', title: words.code, text: words.codeText, sample: 'login-code', sub: true },
];
