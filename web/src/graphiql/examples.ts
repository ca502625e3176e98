import type { Both } from '../i18n/language.tsx';
import { kindOf } from './kind.ts';
import { words } from './words.ts';

export interface Example {
  /** A phrase, or a route of the REST API. */
  title: Both;
  /** What the route is for. */
  summary?: string;
  kind: ReturnType<typeof kindOf>;
  query: string;
  /** JSON; empty without variables. */
  variables: string;
}

export interface Group {
  title: Both;
  text: Both;
  examples: Example[];
}

/** What a new tab shows as request headers; the editor reads JSON with comments. */
export const sampleHeaders = `{
  // 登入後的 token / a token from signing in
  // "Authorization": "Bearer TOKEN"
  // 或 API 金鑰 / or an API key
  // "X-API-Key": "KEY", "X-API-Secret": "SECRET"
}`;

const files = import.meta.glob<string>('./examples/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/**
 * All documents below `examples/`, in the order of the list. What changes something names nothing that may be there:
 * whoever runs it unread changes no row.
 */
export const groups: Group[] = [
  {
    title: words.start,
    text: words.startText,
    examples: [
      example('latest-jobs'),
      example('jobs-in-a-city', { filter: { city: '台北市', minAmount: 500 }, orderBy: 'AMOUNT_HIGHEST' }),
      example('next-page', { first: 3, after: null }),
      example('job-by-id', { id: 'job_50' }),
      example('who-am-i'),
      example('price'),
      example('job-published', { filter: { minAmount: 500 } }),
    ],
  },
  {
    title: words.jobs,
    text: words.jobsText,
    examples: [
      example('job-types'),
      example('create-job', {
        input: {
          title: '搬家小幫手',
          jobType: 'moving',
          city: '台北市',
          address: '信義路五段 7 號',
          estimatedAmount: 1200,
        },
      }),
      example('update-job', { input: { id: 'JOB_ID', estimatedAmount: 1500 } }),
      example('publish-job', { id: 'JOB_ID' }),
      example('apply-to-job', { input: { jobId: 'JOB_ID', message: '我有小貨車，週末有空。', offeredAmount: 1200 } }),
      example('job-applications', { id: 'job_50' }),
      example('accept-application', { id: 'APPLICATION_ID' }),
      example('withdraw-application', { id: 'APPLICATION_ID' }),
      example('start-job', { id: 'JOB_ID' }),
      example('complete-job', { id: 'JOB_ID' }),
      example('cancel-job', { id: 'JOB_ID' }),
      example('job-history', { id: 'job_50' }),
      example('job-events', { filter: {}, after: null }),
      example('job-list-updated', { filter: { city: '台北市' }, after: null }),
      example('application-received'),
    ],
  },
  {
    title: words.account,
    text: words.accountText,
    examples: [
      example('register', { input: { name: 'Ann', email: 'ann@example.org', password: 'correct horse battery' } }),
      example('verify-email', { token: 'TOKEN' }),
      example('login', { input: { email: 'ann@example.org', password: 'correct horse battery' } }),
      example('refresh-token', { refreshToken: 'TOKEN' }),
      example('my-sessions'),
      example('revoke-session', { input: { id: 'SESSION_ID', password: 'correct horse battery' } }),
      example('my-activity'),
      example('update-profile', { input: { name: 'Ann', phone: '0912345678' } }),
      example('my-api-keys'),
      example('create-api-key', { input: { name: 'order system', scopes: ['JOBS_READ'], expiresInDays: 90 } }),
      example('rotate-api-key', { input: { id: 'KEY_ID', overlapHours: 24 } }),
      example('revoke-api-key', { id: 'KEY_ID' }),
      example('logout'),
    ],
  },
];

/** The tab of a first visit. */
export const firstTab = { query: example('latest-jobs').query, headers: sampleHeaders };

/** The first two lines of a document are its title in both languages. */
function example(name: string, variables?: Record<string, unknown>): Example {
  const query = files[`./examples/${name}.graphql`] ?? '';
  const [zh = '', en = ''] = query.split('\n').map((line) => line.replace(/^# /, ''));
  return { title: [zh, en], kind: kindOf(query), query, variables: json(variables) };
}

/** As the variable editor shows it. */
export function json(variables: Record<string, unknown> = {}): string {
  return Object.keys(variables).length ? JSON.stringify(variables, null, 2) : '';
}
