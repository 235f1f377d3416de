import { expect, it } from 'vitest'
import { canBeOneSite } from './same-site.ts'

it.each([
  ['https://auth.example.com', 'https://app.example.com', true],
  ['https://example.com', 'https://app.example.com', true],
  ['https://example.com', 'https://example.com', true],
  ['https://a.b.c.example.com', 'https://d.example.com:8443', true],
  ['http://localhost:4000', 'http://localhost:5173', true],
  ['http://auth.lk.localhost:4000', 'http://app.lk.localhost:5173', true],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:5173', true],
  // The browser, which has the list of public suffixes, will not agree: it fails closed.
  ['https://auth.co.uk', 'https://app.co.uk', true],
  ['https://example.com', 'http://example.com', false],
  ['https://auth.example.com', 'https://example.org', false],
  ['https://auth.example.com', 'https://app.otherexample.com', false],
  ['https://example.com', 'https://notexample.com', false],
  ['http://localhost:4000', 'http://127.0.0.1:5173', false],
  ['http://127.0.0.1:4000', 'http://127.1.0.1:5173', false],
  ['http://localhost', 'http://app.localhost', false],
  ['http://[::1]:1', 'http://[::1]:2', true],
  ['https://[2001:db8::1]', 'https://[2001:db8::2]', false],
  ['https://com', 'https://app.com', false],
])('%s and %s: %s', (one, other, verdict) => {
  expect(canBeOneSite(new URL(one), new URL(other))).toBe(verdict)
  expect(canBeOneSite(new URL(other), new URL(one))).toBe(verdict)
})
