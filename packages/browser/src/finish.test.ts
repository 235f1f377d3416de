import { expect, test } from 'vitest'
import { readCallback } from './finish.ts'

const issuer = 'https://auth.example.com'
const read = (parameters: Record<string, string>) => readCallback(new URLSearchParams(parameters), issuer)

test('a code of our issuer is taken', () => {
  expect(read({ code: 'c', state: 'lk.s', iss: issuer })).toBe('c')
})

test.each([
  ['B03 no iss', { code: 'c' }, 'issuer_mismatch'],
  ['B03 another iss', { code: 'c', iss: 'https://evil.example' }, 'issuer_mismatch'],
  ['B03 nearly our iss', { code: 'c', iss: `${issuer}/` }, 'issuer_mismatch'],
  ['B03 an error from elsewhere', { error: 'access_denied', iss: 'https://evil.example' }, 'issuer_mismatch'],
  ['a refusal', { error: 'access_denied', iss: issuer }, 'access_denied'],
  ['an outage', { error: 'temporarily_unavailable', iss: issuer }, 'temporarily_unavailable'],
  ['an error and a code', { error: 'access_denied', code: 'c', iss: issuer }, 'access_denied'],
  ['neither', { iss: issuer }, 'provider_error'],
  ['an empty code', { code: '', iss: issuer }, 'provider_error'],
  ['an error that is none', { error: '<script>alert(1)</script>', iss: issuer }, 'provider_error'],
])('%s', (_, parameters, code) => {
  expect(() => read(parameters)).toThrow(expect.objectContaining({ code, phase: 'callback' }))
})
