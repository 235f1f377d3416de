import { describe, expect, it } from 'vitest'
import { createMatcher } from './router.ts'

describe('createMatcher', () => {
  const matches = createMatcher([
    '/auth/v1.0/token',
    '/auth/v1.0/callback/:provider',
    '/.well-known/x/auth/v1.0',
  ])

  it.each(['/auth/v1.0/token', '/auth/v1.0/callback/google', '/.well-known/x/auth/v1.0'])(
    'takes %s',
    (path) => {
      expect(matches(path)).toBe(true)
    },
  )

  it.each([
    ...['', '/', '/token', '/auth/v1.0', '/auth/v1.0/', '/auth/v1.0/token/', '/auth/v1.0/tokens'],
    ...[
      '/auth/v1.0/token/x',
      '/AUTH/v1.0/token',
      '/auth/v1x0/callback/google',
      '/x/auth/v1.0/callback/google',
    ],
    ...['/auth/v1.0/callback', '/auth/v1.0/callback/', '/auth/v1.0/callback/google/x', '/.well-known/x'],
  ])('leaves %j to the backend', (path) => {
    expect(matches(path)).toBe(false)
  })
})
