import type { NoticeKind, NoticeRowFragment } from '../graphql/generated.ts';
import type { Both } from '../i18n/language.tsx';

/** A sentence about a job, whose title comes in quotation marks, and about the other side. */
type Sentence = (job: string, who: string) => string;

const kinds: Both<Record<NoticeKind, Sentence>> = [
  {
    APPLICATION_RECEIVED: (job, who) => `${who}應徵了您刊登的${job}`,
    APPLICATION_ACCEPTED: (job, who) => `${who}選您當${job}的幫手`,
    APPLICATION_REJECTED: (job) => `您對${job}的應徵已被婉拒`,
    APPLICATION_WITHDRAWN: (job, who) => `${who}撤回了對${job}的應徵`,
    JOB_CHANGED: (job) => `您應徵的${job}內容有變更`,
    JOB_CANCELLED: (job) => `${job}已取消`,
    JOB_RELEASED: (job, who) => `${who}取消了${job}的媒合，這件工作已重新開放應徵`,
    JOB_EXPIRES_TOMORROW: (job) => `${job}還沒找到幫手，明天截止`,
    JOB_EXPIRED: (job) => `${job}沒有找到幫手，已經截止`,
    SCHEDULED_TOMORROW: (job) => `提醒您：${job}明天開始`,
    WORK_STARTED: (job) => `${job}已開始進行`,
    REPORTED_DONE: (job, who) => `${who}回報${job}已完工，請確認`,
    COMPLETED: (job) => `${job}已完成`,
    DISPUTED: (job) => `${job}有爭議，管理員會查看並裁決`,
    DECIDED: (job) => `管理員已對${job}的爭議做出裁決`,
    START_PROPOSED: (job, who) => `${who}提議提前開始${job}，請回覆`,
    CANCEL_PROPOSED: (job, who) => `${who}提議取消${job}，請回覆`,
    REVIEW_TO_WRITE: (job, who) => `${job}完成了，請為${who}留下評價`,
    REVIEW_TO_READ: (job, who) => `${who}對${job}的評價可以看了`,
  },
  {
    APPLICATION_RECEIVED: (job, who) => `${who} applied to your job ${job}`,
    APPLICATION_ACCEPTED: (job, who) => `${who} chose you for ${job}`,
    APPLICATION_REJECTED: (job) => `Your application for ${job} was turned down`,
    APPLICATION_WITHDRAWN: (job, who) => `${who} withdrew the application for ${job}`,
    JOB_CHANGED: (job) => `${job}, which you applied for, has changed`,
    JOB_CANCELLED: (job) => `${job} was cancelled`,
    JOB_RELEASED: (job, who) => `${who} ended the match for ${job}, which is open for applications again`,
    JOB_EXPIRES_TOMORROW: (job) => `No helper was found for ${job} yet, and it closes tomorrow`,
    JOB_EXPIRED: (job) => `No helper was found for ${job}, and it has closed`,
    SCHEDULED_TOMORROW: (job) => `Reminder: ${job} begins tomorrow`,
    WORK_STARTED: (job) => `The work on ${job} has begun`,
    REPORTED_DONE: (job, who) => `${who} says that ${job} is done: please confirm it`,
    COMPLETED: (job) => `${job} is completed`,
    DISPUTED: (job) => `${job} is disputed; an administrator will look at it and decide`,
    DECIDED: (job) => `An administrator has decided the dispute about ${job}`,
    START_PROPOSED: (job, who) => `${who} proposes an earlier start of ${job}: please answer`,
    CANCEL_PROPOSED: (job, who) => `${who} proposes to cancel ${job}: please answer`,
    REVIEW_TO_WRITE: (job, who) => `${job} is completed: please write a review of ${who}`,
    REVIEW_TO_READ: (job, who) => `The review of ${job} by ${who} can be read now`,
  },
];

const OTHER_SIDE: Both = ['對方', 'the other side'];
const A_JOB: Both = ['一件工作', 'a job'];
const quoted: Both<(title: string) => string> = [(title) => `「${title}」`, (title) => `“${title}”`];

type Told = Pick<NoticeRowFragment, 'kind' | 'job' | 'actor'>;

/** What a notice tells, also where its job or the other person is not to be seen any more. */
export function sentenceOf({ kind, job, actor }: Told, t: <T>(both: Both<T>) => T): string {
  const title = job?.title ? t(quoted)(job.title) : t(A_JOB);
  const text = t(kinds)[kind](title, actor?.name || t(OTHER_SIDE));
  const [first = '', ...rest] = text;
  // “The other side” may stand at the beginning, but a name is left as its owner writes it.
  return actor?.name && text.startsWith(actor.name) ? text : first.toUpperCase() + rest.join('');
}
