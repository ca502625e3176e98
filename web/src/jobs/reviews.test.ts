import { expect, test } from 'vitest';

import { choicesOf, isSealed, reviewable, shownAverage } from './reviews.ts';

const [ann, bob, cat] = ['ann', 'bob', 'cat'].map((name) => ({ id: name, name }));
const job = { status: 'COMPLETED' as const, owner: ann!, assignee: bob! };
const review = { author: ann!, reviewed: bob!, reply: null, visibleAt: '2026-02-07T08:00:00.000Z', hiddenAt: null };

test('each side of a completed job may review the other, once', () => {
  expect(reviewable(job, [], ann)).toBe(bob);
  expect(reviewable(job, [], bob)).toBe(ann);
  expect(reviewable(job, [review], ann)).toBeNull();
  expect(reviewable(job, [review], bob)).toBe(ann);
});

test('nobody else reviews, and nothing but completed jobs is reviewed', () => {
  expect(reviewable(job, [], cat)).toBeNull();
  expect(reviewable(job, [], null)).toBeNull();
  expect(reviewable({ ...job, status: 'IN_PROGRESS' }, [], ann)).toBeNull();
});

test('the reviewed person replies once; whoever did not write it may report it', () => {
  expect(choicesOf(review, bob)).toEqual({ reply: true, report: true });
  expect(choicesOf({ ...review, reply: 'thanks' }, bob)).toEqual({ reply: false, report: true });
  expect(choicesOf(review, ann)).toEqual({ reply: false, report: false });
  expect(choicesOf(review, cat)).toEqual({ reply: false, report: true });
});

test('nothing is done about a hidden review, or by visitors', () => {
  const none = { reply: false, report: false };
  expect(choicesOf({ ...review, hiddenAt: '2026-02-08T08:00:00.000Z' }, bob)).toEqual(none);
  expect(choicesOf(review, null)).toEqual(none);
});

test('a review is sealed until its time', () => {
  const at = Date.parse(review.visibleAt);
  expect(isSealed(review, at - 1)).toBe(true);
  expect(isSealed(review, at)).toBe(false);
});

test('an average has one decimal at most', () => {
  expect([5, 4.5, 14 / 3, 4.96].map(shownAverage)).toEqual(['5.0', '4.5', '4.7', '5.0']);
});
