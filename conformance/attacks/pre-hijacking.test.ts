import { createFakeProvider, type FakeProvider, type Persona, withClaims } from '@latchkey/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrive } from '../account/arrive.ts'
import { linkTrip, signIn } from '../account/support.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'

/**
 * Accounts that somebody prepared before the person came: the five attacks of "Pre-hijacked accounts" (Sudhodanan and
 * Paverd, 2022) and nOAuth, against the most trusting configuration there is: joining by address, with every honest
 * provider on the list.
 */
const victim = 'victim@example.com'
const person = (id: string, claims: Record<string, unknown>): Persona => ({
  ...{ id, subject: `subject-of-${id}`, shows: '' },
  claims: { name: id, ...claims },
})
const personas = [
  person('victim', { email: victim, email_verified: true }),
  person('attacker', { email: 'attacker@evil.example', email_verified: true }),
  person('claims-it', { email: victim, email_verified: false }),
  person('says-so', { email: victim, email_verified: 'true' }),
  person('unsaid', { email: victim }),
]

let first: FakeProvider
let second: FakeProvider
let careless: FakeProvider
let server: Running
const providers = () => [first, second, careless]

beforeAll(async () => {
  const make = () => createFakeProvider({ personas, algorithm: 'ES256', autoApprove: 'victim' })
  ;[first, second, careless] = await Promise.all([make(), make(), make()])
})
afterAll(() => Promise.all(providers().map((provider) => provider?.close())))
beforeEach(async () => {
  for (const provider of providers()) provider.faults.clear()
  server = await startLatchkey(() => ({
    linking: { verified_email: ['first', 'second'] },
    providers: { first: first.oidc, second: second.oidc, careless: careless.oidc },
  }))
})
afterEach(() => server.close())

const come = (provider: FakeProvider, as: string) => {
  provider.autoApprove(as)
  return arrive(server, { provider: nameOf(provider) })
}
const stay = (provider: FakeProvider, as: string) => {
  provider.autoApprove(as)
  return signIn(server, { provider: nameOf(provider) })
}
const nameOf = (provider: FakeProvider): string =>
  provider === first ? 'first' : provider === second ? 'second' : 'careless'
const subOf = async (user: Awaited<ReturnType<typeof stay>>) => (await user.call('GET', '/account')).body.sub

it('R33 the honest way: both sides verified, one user', async () => {
  const one = await come(first, 'victim')
  expect(one).toMatch(/^usr_/)
  expect(await come(second, 'victim')).toBe(one)
  expect(server.events.filter(({ type }) => type === 'identity.linked')).toMatchObject([
    { subject: one, data: { provider: 'second', automatic: true } },
  ])
})

describe('17 pre-hijacking', () => {
  it.each(['claims-it', 'says-so', 'unsaid'])(
    'R33 17 18 classic-federated merge: whoever only %s was there first gets nothing of the victim',
    async (attacker) => {
      const prepared = await stay(first, attacker)
      const arrived = await come(second, 'victim')
      expect(arrived).toMatch(/^usr_/)
      expect(arrived).not.toBe(await subOf(prepared))
      expect((await prepared.call('GET', '/account/identities')).body).toMatchObject({
        identities: [{ subject: `subject-of-${attacker}` }],
      })
    },
  )

  it('R33 17 classic-federated merge, the other way round: the victim was there first', async () => {
    const here = await come(first, 'victim')
    for (const attacker of ['claims-it', 'says-so', 'unsaid']) {
      expect(await come(second, attacker), attacker).not.toBe(here)
    }
  })

  it('A39 17 unexpired session: one that was open before ends with "sign out everywhere", and comes back to nothing', async () => {
    const attacker = await stay(first, 'victim')
    const owner = await stay(first, 'victim')
    expect((await owner.call('DELETE', '/account/sessions')).status).toBe(204)
    expect((await attacker.call('GET', '/account')).status).toBe(401)
    expect((await attacker.call('DELETE', '/account')).status).toBe(401)
  })

  it('V10 17 trojan identifier: a further identity of the attacker’s is seen, and is nobody’s once taken away', async () => {
    const attacker = await stay(first, 'attacker')
    server.clock.advance(1)
    second.autoApprove('claims-it')
    const linked = await attacker.call(
      'POST',
      '/account/identities',
      await linkTrip(server, attacker, 'second'),
    )
    expect(linked.status).toBe(201)
    // The account has the victim's address now, by an identity that nobody verified: it draws nobody in.
    const arrived = await come(second, 'victim')
    expect(arrived).not.toBe(await subOf(attacker))
    const { body } = await attacker.call('GET', '/account/identities')
    expect(body).toMatchObject({ identities: [{ provider: 'first' }, { provider: 'second' }] })
    const [, trojan] = JSON.stringify(body).match(/idn_[\w-]+/g) ?? []
    expect((await attacker.call('DELETE', `/account/identities/${trojan}`)).status).toBe(204)
    expect(await come(second, 'claims-it')).not.toBe(await subOf(attacker))
  })

  it('R32 17 unexpired email change: an account that takes the victim’s address on later draws nobody in', async () => {
    const attacker = await come(first, 'attacker')
    first.faults.next('id_token', withClaims({ email: victim, email_verified: false }))
    expect(await come(first, 'attacker')).toBe(attacker)
    expect(await come(second, 'victim')).not.toBe(attacker)
  })

  it('V02 17 unexpired email change: a link that was left open is finished by nobody once the session has ended', async () => {
    const attacker = await stay(first, 'attacker')
    second.autoApprove('attacker')
    const open = await linkTrip(server, attacker, 'second')
    await attacker.call('DELETE', '/account/sessions')
    expect((await attacker.call('POST', '/account/identities', open)).status).toBe(401)
    const owner = await stay(first, 'victim')
    expect((await owner.call('POST', '/account/identities', open)).status).toBe(400)
    expect((await owner.call('GET', '/account/identities')).body).toMatchObject({
      identities: [{ provider: 'first' }],
    })
  })

  it('R33 17 21 non-verifying IdP: a provider that is not named vouches for nobody, whatever it says', async () => {
    const prepared = await come(careless, 'victim')
    expect(await come(first, 'victim')).toBe('account_exists')
    expect(prepared).toMatch(/^usr_/)
  })

  it('R33 17 21 non-verifying IdP, the other way round: it brings nobody in', async () => {
    await come(first, 'victim')
    expect(await come(careless, 'victim')).toBe('account_exists')
  })
})

describe('20 nOAuth', () => {
  it.each(['claims-it', 'says-so', 'unsaid'])(
    'R31 R32 20 22 an account of another tenant whose address only %s the victim’s is another user',
    async (attacker) => {
      const here = await come(first, 'victim')
      const there = await come(second, attacker)
      expect(there).toMatch(/^usr_/)
      expect(there).not.toBe(here)
    },
  )

  it('R31 26 a new account at the same provider with the victim’s verified address does not become the victim', async () => {
    await come(first, 'victim')
    first.faults.next('id_token', withClaims({ sub: 'the-next-owner-of-the-domain' }))
    expect(await come(first, 'victim')).toBe('account_exists')
  })
})
