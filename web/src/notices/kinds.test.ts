import { describe, expect, test } from 'vitest';

import type { NoticeKind } from '../graphql/generated.ts';
import type { Both } from '../i18n/language.tsx';
import { sentenceOf } from './kinds.ts';
import { GROUPS } from './preferences.ts';

const zh = <T>([text]: Both<T>): T => text;
const en = <T>([, text]: Both<T>): T => text;
const kinds = GROUPS.flatMap((group) => group.kinds);
const job = { id: 'job_1', title: '居家清潔' };
const actor = { id: 'user_1', name: 'iris' };

describe('what a notice tells', () => {
  test.each(kinds)('%s names its job in both languages', (kind) => {
    expect(sentenceOf({ kind, job, actor }, zh)).toContain('「居家清潔」');
    expect(sentenceOf({ kind, job, actor }, en)).toContain('“居家清潔”');
  });

  test('who did it is named as the person writes the name', () => {
    expect(sentenceOf({ kind: 'APPLICATION_RECEIVED', job, actor }, zh)).toBe('iris應徵了您刊登的「居家清潔」');
    expect(sentenceOf({ kind: 'APPLICATION_RECEIVED', job, actor }, en)).toBe('iris applied to your job “居家清潔”');
  });

  test('a job or a person that is not to be seen any more has words in place of a name', () => {
    const gone = { kind: 'JOB_RELEASED' as NoticeKind, job: null, actor: null };
    expect(sentenceOf(gone, zh)).toBe('對方取消了一件工作的媒合，這件工作已重新開放應徵');
    expect(sentenceOf(gone, en)).toMatch(/^The other side ended the match for a job,/);
    expect(sentenceOf({ kind: 'COMPLETED', job: null, actor }, en)).toBe('A job is completed');
  });
});
