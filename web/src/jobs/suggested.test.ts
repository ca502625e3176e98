import { expect, test } from 'vitest';

import { limits } from '../graphql/limits.ts';
import { askedOf, isSuggested, titleOf, TYPES } from './suggested.ts';

const drawings = Object.keys(import.meta.glob('../ui/drawings/*.svg', { query: '?url' }));

test('the portal knows the types of work that it has drawings of', () => {
  expect(TYPES.toSorted()).toEqual(drawings.map((path) => path.replace(/^.*\/|\.svg$/g, '')));
});

test('each type of work has a title to begin with, in both languages, that the gateway takes', () => {
  const { maxLength } = limits.CreateJobInput.title;
  const titles = TYPES.map((type) => titleOf(type) ?? ['', '']);
  expect(titles.flat().filter((title) => title === '' || title.length > maxLength)).toEqual([]);
  expect(new Set(titles.flat()).size).toBe(2 * TYPES.length);
});

test('what somebody wrote is not taken for a suggestion', () => {
  expect(['', '居家打掃幫手', 'Help with cleaning'].every(isSuggested)).toBe(true);
  expect(['大掃除', '居家打掃幫手 '].some(isSuggested)).toBe(false);
});

test('an address that leads to the form names a type of work and a city, or nothing that is none', () => {
  expect(askedOf(new URLSearchParams('type=cleaning&city=台北市'))).toEqual({ jobType: 'cleaning', city: '台北市' });
  expect(askedOf(new URLSearchParams('type=constructor'))).toEqual({ jobType: '', city: '' });
  expect(askedOf(new URLSearchParams())).toEqual({ jobType: '', city: '' });
});
