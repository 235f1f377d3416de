import { describe, expect, it } from 'vitest'
import type { Identity, User } from '../storage/index.ts'
import { decideSignIn, type SignInFacts } from './decide.ts'

const user: User = { id: 'usr_1', createdAt: 0 }
const identity: Identity = {
  id: 'idn_1',
  userId: 'usr_1',
  provider: 'p',
  issuer: 'https://p',
  subject: 's',
  createdAt: 0,
}
const facts: SignInFacts = { sameVerifiedEmail: [], signup: 'open', linking: 'manual' }

describe('decideSignIn', () => {
  const cases: [string, Partial<SignInFacts>, string][] = [
    ['R31 the owner of (issuer, subject) signs in', { owner: { user, identity } }, 'sign_in'],
    ['whatever signup says', { owner: { user, identity }, signup: 'closed' }, 'sign_in'],
    [
      'A39 a disabled owner does not',
      { owner: { user: { ...user, disabledAt: 1 }, identity } },
      'access_denied',
    ],
    ['nobody knows it: a new user', {}, 'create'],
    [
      'R33 the same verified e-mail elsewhere: neither linked nor doubled',
      { sameVerifiedEmail: [user] },
      'account_exists',
    ],
    [
      'R33 or another user, where the owner says so',
      { sameVerifiedEmail: [user], linking: 'separate' },
      'create',
    ],
    ['signup closed', { signup: 'closed' }, 'signup_closed'],
    ['signup by invitation', { signup: 'invite' }, 'signup_closed'],
  ]
  it.each(cases)('%s', (_, changes, expected) => {
    const decision = decideSignIn({ ...facts, ...changes })
    expect(decision.kind === 'refuse' ? decision.error : decision.kind).toBe(expected)
  })
})
