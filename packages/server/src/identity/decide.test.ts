import { describe, expect, it } from 'vitest'
import type { Identity, User } from '../storage/index.ts'
import { decideSignIn, type Holder, type SignInFacts } from './decide.ts'

const user: User = { id: 'usr_1', createdAt: 0 }
const disabled: User = { ...user, disabledAt: 1 }
const identity: Identity = {
  ...{ id: 'idn_1', userId: 'usr_1', provider: 'a', issuer: 'https://a', subject: 's', createdAt: 0 },
}
const owner = { user, identity }
const facts: SignInFacts = {
  ...{ provider: 'b', issuer: 'https://b', sameVerifiedEmail: [], signup: 'open', invite: 'none' },
  linking: { mode: 'manual' },
}
/** A user whose identity of a provider has the address. */
const holder = (provider = 'a', whose: User = user): Holder => ({
  user: whose,
  vouchers: [{ id: `idn_${provider}`, provider, issuer: `https://${provider}` }],
})
const separate = { mode: 'separate' as const }
const joining = { mode: 'verified_email' as const, providers: ['a', 'b'] }

/** What comes of it, in one line. */
const decided = (changes: Partial<SignInFacts>): string => {
  const decision = decideSignIn({ ...facts, ...changes })
  if (decision.kind === 'refuse') return decision.error
  if (decision.kind === 'join') return `join ${decision.user.id} by ${decision.vouchedBy}`
  if (decision.kind === 'sign_in') return `sign in ${decision.user.id} with ${decision.identity.id}`
  const terms = [decision.byInvite && 'by invitation', decision.newEmail && 'with a new address']
  return ['create', decision.id, ...terms].filter(Boolean).join(' ')
}

type Case = [title: string, changes: Partial<SignInFacts>, expected: string]

describe('decideSignIn', () => {
  it.each<Case>([
    ['R31 the owner of (issuer, subject) signs in', { owner }, 'sign in usr_1 with idn_1'],
    ['whatever signup says', { owner, signup: 'closed' }, 'sign in usr_1 with idn_1'],
    [
      'and whatever became of an invitation',
      { owner, signup: 'invite', invite: 'refused' },
      'sign in usr_1 with idn_1',
    ],
    [
      'and whoever else has the address',
      { owner, sameVerifiedEmail: [holder()], linking: joining },
      'sign in usr_1 with idn_1',
    ],
    ['A39 a disabled owner does not', { owner: { user: disabled, identity } }, 'access_denied'],
  ])('known: %s', (_, changes, expected) => expect(decided(changes)).toBe(expected))

  it.each<Case>([
    ['open to everybody', {}, 'create with a new address'],
    ['open, an invitation is left alone', { invite: 'presented' }, 'create with a new address'],
    ['open, separate: the address does not matter', { linking: separate }, 'create'],
    ['closed to everybody', { signup: 'closed' }, 'signup_closed'],
    ['closed to the invited too', { signup: 'closed', invite: 'presented' }, 'signup_closed'],
    ['by invitation, without one', { signup: 'invite' }, 'signup_closed'],
    [
      'by invitation, with one',
      { signup: 'invite', invite: 'presented' },
      'create by invitation with a new address',
    ],
    ['by invitation, with one that is no good', { signup: 'invite', invite: 'refused' }, 'signup_closed'],
    [
      'by invitation, separate',
      { signup: 'invite', invite: 'presented', linking: separate },
      'create by invitation',
    ],
  ])('unknown, signup %s', (_, changes, expected) => expect(decided(changes)).toBe(expected))

  it.each<Case>([
    ['R33 manual: neither linked nor doubled', {}, 'account_exists'],
    ['R33 manual: not by invitation either', { signup: 'invite', invite: 'presented' }, 'account_exists'],
    ['R33 separate: another user', { linking: separate }, 'create'],
    ['R33 separate and closed', { linking: separate, signup: 'closed' }, 'signup_closed'],
    ['R33 verified_email: joined', { linking: joining }, 'join usr_1 by idn_a'],
    [
      'R33 verified_email: joined although signup is closed',
      { linking: joining, signup: 'closed' },
      'join usr_1 by idn_a',
    ],
    [
      'R33 verified_email: joined without an invitation',
      { linking: joining, signup: 'invite' },
      'join usr_1 by idn_a',
    ],
    ['R33 the provider that brings it is not named', { linking: joining, provider: 'c' }, 'account_exists'],
    [
      'R33 18 the provider that vouched is not named',
      { linking: joining, sameVerifiedEmail: [holder('c')] },
      'account_exists',
    ],
    [
      'R33 18 nobody vouched',
      { linking: joining, sameVerifiedEmail: [{ user, vouchers: [] }] },
      'account_exists',
    ],
    [
      'R33 of several one is named',
      {
        linking: joining,
        sameVerifiedEmail: [{ user, vouchers: [...holder('c').vouchers, ...holder().vouchers] }],
      },
      'join usr_1 by idn_a',
    ],
    [
      'R33 26 the provider vouched for another account',
      { linking: joining, sameVerifiedEmail: [holder('b')] },
      'account_exists',
    ],
    [
      'R33 26 among others',
      {
        linking: joining,
        sameVerifiedEmail: [{ user, vouchers: [...holder().vouchers, ...holder('b').vouchers] }],
      },
      'account_exists',
    ],
    [
      'R33 26 under another name of the provider',
      { linking: joining, issuer: 'https://a' },
      'account_exists',
    ],
    [
      'R33 two users have it: never one of them, never both',
      { linking: joining, sameVerifiedEmail: [holder(), holder('a', { ...user, id: 'usr_2' })] },
      'account_exists',
    ],
    [
      'A39 the user is disabled',
      { linking: joining, sameVerifiedEmail: [holder('a', disabled)] },
      'access_denied',
    ],
    ['A39 and nobody else in their place', { sameVerifiedEmail: [holder('a', disabled)] }, 'account_exists'],
  ])('the same verified address: %s', (_, changes, expected) =>
    expect(decided({ sameVerifiedEmail: [holder()], ...changes })).toBe(expected),
  )

  it.each<Case>([
    ['nobody: not let in', { resolved: 'nobody' }, 'signup_closed'],
    ['nobody any more: a known one neither', { resolved: 'nobody', owner }, 'access_denied'],
    ['somebody new here', { resolved: { id: 'u7' } }, 'create u7'],
    ['whatever signup says', { resolved: { id: 'u7' }, signup: 'closed' }, 'create u7'],
    ['somebody who is here', { resolved: { id: 'usr_1', user } }, 'join usr_1 by undefined'],
    ['A39 somebody who is disabled', { resolved: { id: 'usr_1', user: disabled } }, 'access_denied'],
    ['the owner', { resolved: { id: 'usr_1', user }, owner }, 'sign in usr_1 with idn_1'],
    [
      'A39 the owner, disabled',
      { resolved: { id: 'usr_1', user: disabled }, owner: { user: disabled, identity } },
      'access_denied',
    ],
    [
      'V09 another than the owner: nothing moves',
      { resolved: { id: 'u7', user: { ...user, id: 'u7' } }, owner },
      'access_denied',
    ],
    ['V09 another who is new: nothing moves', { resolved: { id: 'u7' }, owner }, 'access_denied'],
  ])('resolveUser says %s', (_, changes, expected) => expect(decided(changes)).toBe(expected))
})
