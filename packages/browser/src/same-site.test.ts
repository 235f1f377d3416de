import { expect, test } from 'vitest'
import { mayBeSameSite } from './same-site.ts'

test.each([
  ['https://app.example.com/x?y#z', 'https://auth.example.com', true],
  ['https://example.com/', 'https://auth.example.com/tenant', true],
  ['https://app.example.com:8443/', 'https://app.example.com', true],
  ['http://localhost:5173/', 'http://localhost:3000', true],
  ['http://127.0.0.1:1/', 'http://127.0.0.1:2', true],
  ['https://app.example.co.uk/', 'https://auth.example.co.uk', true],
  // Two sites under one public suffix: only the server's configuration knows. It is asked, and says no.
  ['https://one.co.uk/', 'https://two.co.uk', true],
  ['https://app.example.com/', 'https://auth.example.net', false],
  ['https://app.example/', 'https://auth.test', false],
  ['http://localhost:1/', 'http://127.0.0.1:2', false],
  // The scheme is part of the site.
  ['http://app.example.com/', 'https://auth.example.com', false],
  ['https://evilexample.com/', 'https://example.com', false],
])('%s and %s may be one site: %s', (page, issuer, expected) => {
  expect(mayBeSameSite(page, issuer)).toBe(expected)
})
