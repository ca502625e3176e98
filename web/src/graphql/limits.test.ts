import { expect, test } from 'vitest';

import { limits } from './limits.ts';

const pages = import.meta.glob<string>('../**/*.tsx', { query: '?raw', import: 'default', eager: true });
const words = import.meta.glob<string>('../**/*ords.ts', { query: '?raw', import: 'default', eager: true });

test('no page states a limit of its own: fields are given those of the schema', () => {
  // A field hands on what it was given: `max={max}`.
  const stated = /\b(min|max|minLength|maxLength)(=(?!\{\1\})|: *\d)/;
  expect(linesWith(stated, pages)).toEqual([]);
});

test('no text states a range of its own', () => {
  expect(linesWith(/\d+ (到|to) \d+/, words)).toEqual([]);
});

test('inputs that share a field of a form have the same limits', () => {
  const { UpdateJobInput, UpdateProfileInput, CreateJobInput, RegisterInput } = limits;
  expect(UpdateJobInput).toEqual(CreateJobInput);
  expect(RegisterInput).toMatchObject(UpdateProfileInput);
  expect(limits.UpdateApiKeyInput.name).toEqual(limits.CreateApiKeyInput.name);
  expect(limits.ChangePasswordInput.newPassword).toEqual(RegisterInput.password);
  expect(limits.SignOutUserInput.reason).toEqual(limits.SuspendUserInput.reason);
  expect(limits.ChangeUserRoleInput.reason).toEqual(limits.SuspendUserInput.reason);
  expect(limits.LoginInput.code).toEqual(limits.SecondFactorInput.code);
  expect(limits.ConfirmSecondFactorInput.code).toEqual(limits.SecondFactorInput.code);
});

function linesWith(pattern: RegExp, files: Record<string, string>): string[] {
  return Object.entries(files).flatMap(([file, text]) =>
    text.split('\n').flatMap((line) => (pattern.test(line) ? [`${file}: ${line.trim()}`] : [])),
  );
}
