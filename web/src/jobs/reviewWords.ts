import type { Both } from '../i18n/language.tsx';

export const words = {
  ofJob: ['評價', 'Reviews'],
  ofOwner: [(count: string) => `發案者的評價（${count}）`, (count: string) => `Reviews of the owner (${count})`],
  noneYet: ['目前沒有評價。', 'No reviews yet.'],
  rating: [
    (average: string, count: string) => `★ ${average}（${count} 則評價）`,
    (average: string, count: string) => `★ ${average} (${count === '1' ? '1 review' : `${count} reviews`})`,
  ],
  brief: [
    (average: string, count: string) => `★ ${average}（${count}）`,
    (average: string, count: string) => `★ ${average} (${count})`,
  ],
  done: [
    (count: string) => `完成過 ${count} 件工作`,
    (count: string) => (count === '1' ? '1 job done' : `${count} jobs done`),
  ],
  write: [(name: string) => `評價 ${name}`, (name: string) => `Review ${name}`],
  sealed: [
    '雙方都寫完，或工作完成滿 14 天後才會公開；送出後不能修改。',
    'Others see it once you have both written, or 14 days after the job was completed. It cannot be changed once sent.',
  ],
  stars: ['星等', 'Stars'],
  star: [(count: number) => `${count} 星`, (count: number) => (count === 1 ? '1 star' : `${count} stars`)],
  outOf: [(count: number) => `${count} 星（滿分 5 星）`, (count: number) => `${count} of 5 stars`],
  text: ['想說的話', 'What you want to say'],
  textHint: ['例如準不準時、好不好溝通、成果如何。', 'Such as whether it was on time, easy to arrange and well done.'],
  submit: ['送出評價', 'Send the review'],
  waits: [
    (when: string) => `尚未公開：對方也寫完，或到了 ${when}，大家才看得到。`,
    (when: string) => `Not public yet: others see it once the other side has written, or from ${when}.`,
  ],
  hidden: [
    (reason: string) => `管理員已隱藏這則評價：${reason}`,
    (reason: string) => `An administrator has hidden this review: ${reason}`,
  ],
  reply: ['回覆', 'Reply'],
  replyTitle: ['回覆這則評價', 'Reply to this review'],
  replyText: [
    '大家都看得到您的回覆。只能回覆一次，送出後不能修改。',
    'Everybody sees your reply. You can reply once, and not change it.',
  ],
  replyLabel: ['您的回覆', 'Your reply'],
  replied: [(name: string) => `${name} 的回覆`, (name: string) => `Reply by ${name}`],
  report: ['檢舉', 'Report'],
  reportTitle: ['檢舉這則評價', 'Report this review'],
  reportText: [
    '管理員會查看這則評價；對方不會知道是誰檢舉的。',
    'Administrators look at it. Its author does not learn who reported it.',
  ],
  reportLabel: ['有什麼問題？', 'What is wrong with it?'],
  reported: ['已檢舉，管理員會查看。', 'Reported: administrators will look at it.'],
} satisfies Record<string, Both<unknown>>;
