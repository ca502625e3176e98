import createJob from './examples/create-job.graphql?raw';
import jobById from './examples/job-by-id.graphql?raw';
import latestJobs from './examples/latest-jobs.graphql?raw';

/** What a new tab shows as request headers; the editor reads JSON with comments. */
export const sampleHeaders = `{
  // 登入後的權杖 / a token from signing in
  // "Authorization": "Bearer TOKEN"
  // 或 API 金鑰 / or an API key
  // "X-API-Key": "KEY", "X-API-Secret": "SECRET"
}`;

/** The tabs of a first visit. */
export const exampleTabs = [
  { query: latestJobs, headers: sampleHeaders },
  { query: jobById, variables: json({ id: 'job_1' }), headers: sampleHeaders },
  {
    query: createJob,
    variables: json({
      title: '搬家小幫手',
      jobType: 'moving',
      city: '台北市',
      address: '信義路五段 7 號',
      estimatedAmount: 1200,
    }),
    headers: sampleHeaders,
  },
];

function json(value: object): string {
  return JSON.stringify(value, null, 2);
}
