// What the pictures of pages show: people, and a job of theirs in each state.
import { ask, match, reviewedJob, signIn } from './tests/api.mjs';
import { anAccount } from './tests/people.mjs';

const STEP = (name) => `mutation ($id: ID!) { ${name}(input: { id: $id }) { job { id } } }`;
const BECAUSE = (name) =>
  `mutation ($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { job { id } } }`;
const CREATE = 'mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id databaseId } } }';
const APPLY = 'mutation ($input: ApplyToJobInput!) { applyToJob(input: $input) { application { id } } }';
const DAY = 86_400_000;

/** The owner, the worker and the administrator, and the addresses of what there is. */
export async function aScene() {
  const [ann, ben, admin] = await Promise.all([
    anAccount({ name: '林雅婷' }),
    anAccount({ name: '陳柏翰' }),
    anAccount({ admin: true, name: '管理員' }),
  ]);
  const [owner, worker] = await Promise.all([ann, ben].map(async (person) => (await signIn(person)).token));
  const input = {
    title: '三樓搬到一樓，兩個衣櫃和一張書桌',
    description: '大樓沒有電梯，樓梯寬約一公尺。\n請自備手套與推車，現場有人幫忙開門。\n\n做完當場付現。',
    jobType: 'moving',
    city: '台北市',
    district: '信義區',
    address: '信義路五段 7 號',
    estimatedAmount: 1800,
    scheduledAt: new Date(Date.now() + 2 * DAY).toISOString(),
  };
  const create = async (publish, more = {}) =>
    (await ask(CREATE, { input: { ...input, ...more, publish } }, owner)).createJob.job;
  const take = (name, id, token = owner) => ask(STEP(name), { id }, token);
  const because = (name, id, reason, token) => ask(BECAUSE(name), { input: { jobId: id, reason } }, token);

  const jobs = {};
  jobs.draft = (await create(false)).id;
  const open = await create(true);
  jobs.published = open.id;
  const offer = { jobId: open.id, message: '我有貨車，搬過很多次家，週末都可以。', offeredAmount: 1600 };
  await ask(APPLY, { input: offer }, worker);
  jobs.assigned = await match('客廳與廚房大掃除', ann, ben, 3);
  jobs.begun = await match('陪長輩去醫院回診', ann, ben);
  await take('startJob', jobs.begun);
  jobs.reported = await match('組裝四層書架', ann, ben);
  await take('startJob', jobs.reported);
  await ask(
    'mutation ($input: ReportDoneInput!) { reportDone(input: $input) { job { id } } }',
    { input: { jobId: jobs.reported } },
    worker,
  );
  jobs.disputed = await match('修剪院子的樹', ann, ben);
  await take('startJob', jobs.disputed);
  await because('disputeJob', jobs.disputed, '只剪了一半，剩下的沒有處理。', owner);
  jobs.released = await match('週六幫忙顧攤位', ann, ben, 4);
  await because('releaseJob', jobs.released, '那天臨時要出差，很抱歉。', worker);
  jobs.cancelled = (await create(true, { title: '幫忙遛狗一小時', jobType: 'pet' })).id;
  await take('cancelJob', jobs.cancelled);
  jobs.completed = await match('國中數學家教', ann, ben);
  await take('startJob', jobs.completed);
  await take('completeJob', jobs.completed);
  jobs.reviewed = await reviewedJob('公司尾牙拍照', ann, ben, '準時到，照片拍得很好，溝通也很順。', 5);
  await ask('mutation { createApiKey(input: { name: "訂單系統", scopes: [JOBS_READ] }) { apiKey { id } } }', {}, owner);
  return { ann, ben, admin, jobs, open: open.databaseId };
}
