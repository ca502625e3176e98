import type { Both } from '../i18n/language.tsx';

export const words = {
  title: ['我的', 'My jobs'],
  posted: ['我刊登的', 'Posted by me'],
  applied: ['我應徵的', 'Applied for'],
  post: ['刊登工作', 'Post a job'],
  byState: ['依狀態篩選', 'By state'],
  all: ['全部', 'All'],
  groups: [
    { open: '徵人中', running: '進行中', ended: '已結束' },
    { open: 'Open', running: 'Running', ended: 'Ended' },
  ],
  allIn: [
    (state: string, count: string) => `所有「${state}」的工作（${count}）`,
    (state: string, count: string) => `All that are “${state}” (${count})`,
  ],
  offered: [(amount: string) => `報價 ${amount}`, (amount: string) => `offer ${amount}`],
  noneInState: [(state: string) => `沒有「${state}」的項目`, (state: string) => `Nothing here that is “${state}”`],
  noJobs: ['您還沒有刊登過工作', 'You have not posted a job yet'],
  noJobsText: [
    '說說要做什麼、在哪裡、報酬多少，應徵者會即時出現在工作頁面上。',
    'Say what is to be done, where, and for how much. Applications appear on the job’s page as they come in.',
  ],
  noApplications: ['您還沒有應徵過工作', 'You have not applied for a job yet'],
  noApplicationsText: ['挑一件徵人中的工作，留幾句話給發案者。', 'Pick an open job and leave its owner a few words.'],
  findJobs: ['看看徵人中的工作', 'See the open jobs'],
} satisfies Record<string, Both<unknown>>;
