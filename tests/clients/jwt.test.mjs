// Access tokens as an independent library reads them, with the key derived as the README says.
import assert from 'node:assert/strict';
import { hkdfSync } from 'node:crypto';
import { test } from 'node:test';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { member, setting } from './support/gateway.mjs';

const key = Buffer.from(
  hkdfSync('sha256', setting('JWT_SECRET'), '', 'find-helper access token', 32),
);
const expected = { audience: 'find-helper', typ: 'at+jwt', algorithms: ['HS256'] };

test('a library that knows nothing of the gateway verifies its access tokens', async () => {
  const { token, id } = await member();
  const required = ['iss', 'aud', 'sub', 'sid', 'jti', 'iat', 'nbf', 'exp'];
  const { payload, protectedHeader } = await jwtVerify(token, key, {
    ...expected,
    requiredClaims: required,
    subject: id,
  });
  assert.deepEqual(Object.keys(payload).sort(), required.sort());
  assert.equal(payload.exp - payload.iat, 86_400);
  assert.deepEqual(Object.keys(protectedHeader).sort(), ['alg', 'kid', 'typ']);
  assert.equal(decodeProtectedHeader(token).alg, 'HS256');
});

test('the library refuses the token of another key and a changed one', async () => {
  const { token } = await member();
  const other = Buffer.from(key).reverse();
  await assert.rejects(jwtVerify(token, other, expected), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  const [header, , signature] = token.split('.');
  const claims = Buffer.from('{"sub":"user_1"}').toString('base64url');
  await assert.rejects(jwtVerify(`${header}.${claims}.${signature}`, key, expected));
});
