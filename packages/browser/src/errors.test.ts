import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AuthError, isCode } from './errors.ts'

test.each([
  ['network_error', 'retry', true],
  ['access_denied', 'sign-in', false],
  ['clock_skew', 'check-clock', false],
  ['storage_unavailable', 'open-in-browser', false],
  ['signup_closed', 'contact-support', false],
  ['invalid_scope', 'fix-setup', false],
] as const)('%s asks to %s', (code, action, retryable) => {
  expect(new AuthError(code, 'redeem')).toMatchObject({ code, phase: 'redeem', action, retryable })
})

test('an error as JSON holds what a report needs', () => {
  const cause = new Error('inner')
  const error = new AuthError('invalid_grant', 'refresh', undefined, {
    requestId: 'r-1',
    retryAfter: 5,
    cause,
  })
  expect(error).toBeInstanceOf(Error)
  expect(error.cause).toBe(cause)
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'AuthError',
    message: 'invalid_grant (refresh): @latchkey/browser/ERRORS.md#invalid_grant',
    code: 'invalid_grant',
    phase: 'refresh',
    action: 'sign-in',
    retryable: false,
    requestId: 'r-1',
    retryAfter: 5,
    docs: '@latchkey/browser/ERRORS.md#invalid_grant',
  })
})

test.each([
  ['access_denied', true],
  ['x_new_one', true],
  ['<script>', false],
  ['Access_Denied', false],
  [undefined, false],
  [null, false],
  [7, false],
  ['', false],
])('of what came from elsewhere, %j is a code: %s', (value, expected) => {
  expect(isCode(value)).toBe(expected)
})

test('every code of the source has its section in ERRORS.md', () => {
  const source = readFileSync(new URL('errors.ts', import.meta.url), 'utf8')
  const docs = readFileSync(new URL('../ERRORS.md', import.meta.url), 'utf8')
  const codes = [...source.matchAll(/^ {2}(?:\| ')?([a-z]+_[a-z_]+)(?:'$|: ')/gm)].map(([, code]) => code)
  expect(codes.length).toBeGreaterThan(25)
  for (const code of codes) expect(docs, code).toContain(`\n## ${code}\n`)
})
