import { describe, expect, it } from 'vitest'
import { statusOf } from './status.ts'

const day = 86_400_000
const now = 1_800_000_000_000
const renewable = { renewable: true }

describe('statusOf', () => {
  it.each([
    ['nothing that ends', { ...renewable }, { status: 'active' }],
    [
      'an access token that is over, and can be renewed',
      { ...renewable, expiresAt: now - 1 },
      { status: 'active' },
    ],
    [
      'a hard end far off',
      { ...renewable, hardEndsAt: now + 30 * day + 1 },
      { status: 'active', endsAt: now + 30 * day + 1 },
    ],
    [
      'a hard end within 30 days',
      { ...renewable, hardEndsAt: now + 30 * day },
      { status: 'expiring', endsAt: now + 30 * day },
    ],
    [
      'a hard end that has come',
      { ...renewable, hardEndsAt: now },
      { status: 'needs_reconnect', reason: 'expired', endsAt: now },
    ],
    [
      'no refresh token',
      { renewable: false, expiresAt: now + 1, hardEndsAt: now + 90 * day },
      { status: 'expiring', endsAt: now + 1 },
    ],
    [
      'no refresh token, and over',
      { renewable: false, expiresAt: now },
      { status: 'needs_reconnect', reason: 'expired', endsAt: now },
    ],
    ['no refresh token, and no end', { renewable: false }, { status: 'active' }],
    [
      'a reason of its own, before all others',
      { ...renewable, hardEndsAt: now, needsReconnect: { reason: 'revoked', since: now - day } },
      { status: 'needs_reconnect', reason: 'revoked', endsAt: now },
    ],
  ])('%s', (_, connection, expected) => {
    expect(statusOf(connection, now)).toEqual(expected)
  })
})
