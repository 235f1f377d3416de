import { describe, expect, it } from 'vitest'
import type { Config } from '../config/types.ts'
import { hashOf } from '../ids.ts'
import { openStorage, type Storage } from '../storage/index.ts'
import type { UpstreamIdentity } from '../upstream/index.ts'
import { issueInvite } from './invites.ts'
import { createSignIn } from './sign-in.ts'

const now = 1_800_000_000_000

/** Signing in over a database in memory, with everything that was told. */
async function room(changes: Partial<Pick<Config, 'signup' | 'linking' | 'hooks'>> = {}) {
  const storage = await openStorage({ engine: 'sqlite', file: ':memory:', synchronous: 'normal' })
  await storage.migrate()
  const told: string[] = []
  const signIn = createSignIn({
    users: storage.users,
    clock: { now: () => now },
    config: { signup: 'open', linking: { mode: 'manual' }, hooks: {}, clients: [], services: [], ...changes },
    events: { emit: (type, { subject }) => void told.push(`${type} ${subject}`) },
  })
  const arrive = async (
    provider: string,
    subject: string,
    email?: string,
    invite?: string,
  ): Promise<string> => {
    const proved: UpstreamIdentity = {
      ...{ subject, emailVerified: email !== undefined, tokens: { accessToken: 'a', tokenType: 'Bearer' } },
      ...(email === undefined ? {} : { email }),
    }
    const upstream = { id: provider, identityIssuer: `https://${provider}` }
    const request = { requestId: 'r', ...(invite === undefined ? {} : { inviteHash: hashOf(invite) }) }
    return signIn(upstream, proved, request).then(
      ({ user }) => user.id,
      (error: { code?: string }) => error.code ?? String(error),
    )
  }
  return { storage, told, arrive, signIn }
}

const joining = { mode: 'verified_email' as const, providers: ['a', 'b', 'c'] }
const email = 'ada@acme.test'
const inviteOf = async ({ oneTime }: Storage, to?: string) => {
  const made = await issueInvite({ expiresAt: now + 1, ...(to === undefined ? {} : { email: to }) }, oneTime)
  return made === 'invalid_email' ? made : made.code
}

it('R33 of 20 first sign-ins by three providers at once one user comes, with three identities', async () => {
  const { storage, told, arrive } = await room({ linking: joining })
  const providers = Array.from({ length: 20 }, (_, index) => 'abc'.charAt(index % 3))
  const ids = await Promise.all(providers.map((provider) => arrive(provider, 's', email)))
  expect(new Set(ids).size).toBe(1)
  const [id = ''] = ids
  expect((await storage.users.listIdentities(id)).map(({ provider }) => provider).toSorted()).toEqual([
    'a',
    'b',
    'c',
  ])
  expect(told.toSorted()).toEqual([`identity.linked ${id}`, `identity.linked ${id}`, `user.created ${id}`])
})

it('R33 of two first sign-ins with one address at once one is told to link', async () => {
  const { arrive } = await room()
  const ends = await Promise.all([arrive('a', 's', email), arrive('b', 's', email)])
  expect(ends.toSorted()).toEqual(['account_exists', expect.stringMatching(/^usr_/)])
})

it('R31 R33 whoever comes with one identity twice at once is no stranger with their own address', async () => {
  const { storage, arrive } = await room()
  const { findByVerifiedEmail } = storage.users
  let first = ''
  // The other tab arrives between the look for the identity and the look for the address.
  storage.users.findByVerifiedEmail = async (...given) => {
    storage.users.findByVerifiedEmail = findByVerifiedEmail
    first = await arrive('a', 's', email)
    return findByVerifiedEmail(...given)
  }
  const second = await arrive('a', 's', email)
  expect(first).toMatch(/^usr_/)
  expect(second).toBe(first)
})

it('R33 an invitation outlives who needs none, and lets in one', async () => {
  const { storage, arrive } = await room({ signup: 'invite' })
  const first = await arrive('a', '1', undefined, await inviteOf(storage))
  const code = await inviteOf(storage)
  expect(await arrive('a', '1', undefined, code)).toBe(first)
  const ends = await Promise.all(['2', '3', '4'].map((subject) => arrive('a', subject, undefined, code)))
  expect(ends.filter((end) => end === 'signup_closed')).toHaveLength(2)
  expect(await arrive('a', '5', undefined, code)).toBe('signup_closed')
  expect(await arrive('a', '5')).toBe('signup_closed')
})

it('R33 an invitation for an address is for that address, verified', async () => {
  const { storage, arrive } = await room({ signup: 'invite' })
  const code = await inviteOf(storage, 'Ada@Acme.test')
  expect(await arrive('a', '1', undefined, code)).toBe('signup_closed')
  expect(await arrive('a', '1', 'eve@acme.test', code)).toBe('signup_closed')
  expect(await arrive('a', '1', 'ADA@acme.test', code)).toMatch(/^usr_/)
})

it.each(['no address', 'a@b@c.test', '@acme.test', ''])('R36 nobody is invited as %j', async (to) => {
  const { storage } = await room()
  expect(await inviteOf(storage, to)).toBe('invalid_email')
})

it('resolveUser: identities go to the user that it names, at once or one after the other', async () => {
  const { told, storage, arrive } = await room({ hooks: { resolveUser: () => 'u7' } })
  expect(await Promise.all([arrive('a', '1'), arrive('b', '1'), arrive('a', '2')])).toEqual([
    'u7',
    'u7',
    'u7',
  ])
  expect(await arrive('a', '1')).toBe('u7')
  expect(await storage.users.listIdentities('u7')).toHaveLength(3)
  expect(told.toSorted()).toEqual(['identity.linked u7', 'identity.linked u7', 'user.created u7'])
})

it('V09 resolveUser: an identity never moves, and whom it disowns does not come in', async () => {
  let answer: string | null = 'u7'
  const { told, storage, arrive } = await room({ hooks: { resolveUser: () => answer } })
  await arrive('a', '1')
  answer = 'u8'
  expect(await arrive('a', '1')).toBe('access_denied')
  answer = null
  expect(await arrive('a', '1')).toBe('access_denied')
  expect(await arrive('a', '2')).toBe('signup_closed')
  expect((await storage.users.findByIdentity('https://a', '1'))?.user.id).toBe('u7')
  expect(await storage.users.find('u8')).toBeUndefined()
  expect(told).toEqual(['user.created u7'])
})

describe('what a provider does not tell each time', () => {
  const tokens = { accessToken: 'a', tokenType: 'Bearer' }
  const upstream = { id: 'a', identityIssuer: 'https://a' }
  const ada = { name: 'Ada', email, emailVerified: true, label: email, picture: 'https://a/p' }
  const bare: UpstreamIdentity = { subject: 's', label: 'login', emailVerified: false, tokens }
  const twice = async (second: UpstreamIdentity) => {
    const { storage, signIn } = await room()
    const { user } = await signIn(upstream, { ...bare, ...ada }, { requestId: 'r' })
    await signIn(upstream, second, { requestId: 'r' })
    const [identity] = await storage.users.listIdentities(user.id)
    const { name, email: address, emailVerified, picture } = (await storage.users.find(user.id)) ?? {}
    return { name, address, emailVerified, picture, label: identity?.label, vouched: identity?.verifiedEmail }
  }

  it('name-only-on-first-login: the name stays, the rest is as it is now', async () => {
    expect(await twice({ ...bare, unheard: ['name'] })).toEqual({
      name: 'Ada',
      emailVerified: undefined,
      label: 'login',
    })
    expect(await twice({ ...bare, name: 'Bea', unheard: ['name'] })).toMatchObject({ name: 'Bea' })
  })

  it('email-needs-second-call: an address that could not be asked for stays, as verified as it was', async () => {
    expect(await twice({ ...bare, unheard: ['email'] })).toEqual({
      address: email,
      ...{ emailVerified: true, label: email, vouched: email },
    })
  })

  it('what it does not tell any more goes', async () => {
    expect(await twice(bare)).toEqual({ label: 'login' })
  })
})

it('issuer-varies-with-tenant: one subject in two tenants is two people', async () => {
  const { signIn, storage } = await room()
  const enter = async (issuer?: string) => {
    const proved = { subject: 's', emailVerified: false, tokens: { accessToken: 'a', tokenType: 'Bearer' } }
    const upstream = { id: 'a', identityIssuer: 'https://a/common' }
    return (await signIn(upstream, { ...proved, ...(issuer && { issuer }) }, { requestId: 'r' })).user.id
  }
  const ids = [
    await enter('https://a/1'),
    await enter('https://a/2'),
    await enter('https://a/1'),
    await enter(),
  ]
  expect(new Set(ids).size).toBe(3)
  expect(ids[2]).toBe(ids[0])
  const [identity] = await storage.users.listIdentities(ids[0] ?? '')
  expect(identity).toMatchObject({ provider: 'a', issuer: 'https://a/1' })
})
