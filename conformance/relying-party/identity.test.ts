import { createFakeProvider, type FakeProvider, type Persona, withClaims } from '@latchkey/testing'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDpopKey } from '../support/dpop.ts'
import { provedToken, redemptionOf } from '../support/spa.ts'
import { countRows } from './evidence.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { openRoom, type Room, type RoomOptions, takeTrip } from './room.ts'

/** Who our own tokens say that it is. */
async function subjectAt(room: Room, provider: string): Promise<string> {
  const trip = await takeTrip(room, provider)
  expect(trip.ending).toBe('code')
  const key = await createDpopKey(room.clock.now)
  const { body } = await provedToken(room.spa, key, redemptionOf(room.spa, trip))
  room.secrets.add(String(body.access_token)).add(String(body.refresh_token)).add(String(body.id_token))
  return String(decodeJwt(String(body.access_token)).sub)
}

const someone = (changes: Partial<Persona> & Pick<Persona, 'id' | 'subject'>): Persona => ({
  shows: '',
  claims: { name: 'Some One', email: `${changes.id}@example.com`, email_verified: true },
  ...changes,
})

/** One address, several accounts. */
const same = { email: 'shared@example.com', email_verified: true }
const personas: Persona[] = [
  someone({ id: 'one', subject: 'subject-1', account_id: 1, claims: { ...same, name: 'One' } }),
  someone({ id: 'two', subject: 'subject-2', account_id: 2, claims: { ...same, name: 'Two' } }),
  someone({
    id: 'loud',
    subject: 'subject-3',
    account_id: 3,
    claims: { ...same, email: 'SHARED@Example.COM' },
  }),
  someone({
    id: 'unverified',
    subject: 'subject-4',
    account_id: 4,
    claims: { ...same, email_verified: false },
  }),
  someone({ id: 'text', subject: 'subject-5', account_id: 5, claims: { ...same, email_verified: 'true' } }),
  someone({
    id: 'wide',
    subject: 'subject-6',
    account_id: 6,
    claims: { ...same, email: 'shared＠example.com' },
  }),
  someone({ id: 'twin', subject: 'subject-1', account_id: 1, claims: { name: 'One’s namesake elsewhere' } }),
]

const everywhere: RoomOptions = { hostile: { personas, autoApprove: 'one', algorithm: 'ES256' } }

describe('linking: separate', () => {
  let room: Room
  let second: FakeProvider
  let login = 'ada'
  beforeAll(async () => {
    second = await createFakeProvider({
      personas,
      autoApprove: 'one',
      algorithm: 'ES256',
      oauth2: {
        user: ({ account_id }) => ({ id: account_id, login, name: login, email: `${login}@example.com` }),
      },
    })
    room = await openRoom({
      hostile: everywhere.hostile ?? {},
      configure: ({ hostile, steady }) => ({
        providers: {
          first: hostile.oidc,
          plain: hostile.oauth2,
          second: second.oidc,
          renaming: second.oauth2,
          steady: steady.oidc,
        },
      }),
    })
  })
  beforeEach(() => {
    room.fresh()
    second.requests.clear()
    second.faults.clear()
    second.autoApprove('one')
    room.hostile.autoApprove('one')
  })
  afterAll(async () => {
    await room?.close()
    await second?.close()
  })

  it('R31 the same account is the same user, each time', async () => {
    const first = await subjectAt(room, 'first')
    const before = await countRows(room)
    expect(await subjectAt(room, 'first')).toBe(first)
    expect(await countRows(room)).toMatchObject({ users: before.users, identities: before.identities })
  })

  it('R31 20 26 the same e-mail address from two providers is two users', async () => {
    expect(await subjectAt(room, 'second')).not.toBe(await subjectAt(room, 'first'))
  })

  it('R31 the same subject from two issuers is two users', async () => {
    room.hostile.autoApprove('twin')
    second.autoApprove('twin')
    const [one, two] = [await subjectAt(room, 'first'), await subjectAt(room, 'second')]
    expect(one).not.toBe(two)
  })

  it('R31 26 a new account at the same provider with an old address is a new user', async () => {
    const former = await subjectAt(room, 'first')
    for (const persona of ['two', 'loud', 'unverified', 'text', 'wide']) {
      room.hostile.autoApprove(persona)
      expect(await subjectAt(room, 'first'), persona).not.toBe(former)
    }
  })

  it('R31 an account of OpenID Connect and one of plain OAuth 2.0 are two users, at one provider too', async () => {
    expect(await subjectAt(room, 'plain')).not.toBe(await subjectAt(room, 'first'))
  })

  it('R31 the same account id at two plain OAuth 2.0 providers is two users', async () => {
    expect(await subjectAt(room, 'plain')).not.toBe(await subjectAt(room, 'renaming'))
  })

  it('R31 a renamed login keeps the user, and takes no other’s place', async () => {
    login = 'ada'
    const ada = await subjectAt(room, 'renaming')
    login = 'ada-lovelace'
    expect(await subjectAt(room, 'renaming')).toBe(ada)
    // Somebody else takes the login name that has become free.
    login = 'ada'
    second.autoApprove('two')
    expect(await subjectAt(room, 'renaming')).not.toBe(ada)
    second.autoApprove('one')
    expect(await subjectAt(room, 'renaming')).toBe(ada)
  })

  it('R31 a changed e-mail address and name keep the user', async () => {
    const before = await subjectAt(room, 'first')
    room.hostile.faults.always('id_token', withClaims({ email: 'new@example.com', name: 'New Name' }))
    expect(await subjectAt(room, 'first')).toBe(before)
  })

  it.each([
    ['a number and the same digits as text', 1001, '1001', true],
    ['numbers beyond what is exact', 2 ** 53, 2 ** 53 + 2, false],
    ['letters in other case', 'AbC', 'abc', false],
    ['a space more', 'abc', 'abc ', false],
    ['composed and decomposed letters', 'é', 'e\u0301', false],
  ])('R31 account ids are compared to the letter: %s', async (_, one, other, equal) => {
    const ids: unknown[] = [one, other]
    const ends: string[] = []
    for (const id of ids) {
      room.hostile.faults.always('userinfo', async (answer) => {
        const whole = await answer()
        return { ...whole, members: { ...whole.members, id } }
      })
      const trip = await takeTrip(room, 'plain')
      const key = await createDpopKey(room.clock.now)
      const { body } = await provedToken(room.spa, key, redemptionOf(room.spa, trip))
      ends.push(trip.ending === 'code' ? String(decodeJwt(String(body.access_token)).sub) : trip.ending)
    }
    // A number that is not exact could be another's: it signs nobody in.
    if (one === 2 ** 53) expect(ends).toEqual(['provider_error', 'provider_error'])
    else expect(ends[0] === ends[1]).toBe(equal)
  })

  it('R31 of 20 first sign-ins at once one user comes', async () => {
    room.hostile.faults.always('id_token', withClaims({ sub: 'subject-crowd' }))
    const before = await countRows(room)
    const subjects = await Promise.all(Array.from({ length: 20 }, () => subjectAt(room, 'first')))
    expect(new Set(subjects).size).toBe(1)
    const after = await countRows(room)
    expect([after.users - before.users, after.identities - before.identities]).toEqual([1, 1])
  })

  it('R31 our own subject is no provider’s, and no address', async () => {
    const own = await subjectAt(room, 'first')
    for (const known of ['subject-1', 'shared@example.com']) expect(own).not.toContain(known)
  })

  it('X06 left no secret in the log', () => expectNoSecretLogged(room))
})

describe('linking: manual', () => {
  let room: Room
  beforeAll(async () => {
    room = await openRoom({
      hostile: { personas, autoApprove: 'one', algorithm: 'ES256' },
      configure: ({ hostile }) => ({
        linking: 'manual',
        providers: { first: hostile.oidc, plain: hostile.oauth2 },
      }),
    })
    expect((await takeTrip(room, 'first')).ending).toBe('code')
  })
  beforeEach(() => room.fresh())
  afterAll(() => room?.close())

  it.each([
    ['the same address at another provider', 'plain', 'one'],
    ['a new account with it at the same provider', 'first', 'two'],
    ['the same address in capitals', 'first', 'loud'],
  ])('R31 17 18 %s is told to link, and makes no user', async (_, provider, persona) => {
    room.hostile.autoApprove(persona)
    const before = await countRows(room)
    const { ending, answer } = await takeTrip(room, provider)
    expect(ending).toBe('account_exists')
    expect(answer.get('error_description')).not.toContain('@')
    expect(await countRows(room)).toEqual(before)
  })

  it.each([
    ['an address that nobody has verified', 'unverified'],
    ['"verified" in a string', 'text'],
    ['a look-alike of the address', 'wide'],
  ])('R31 R32 17 22 25 %s is no evidence: another user, linked to nothing', async (_, persona) => {
    room.hostile.autoApprove(persona)
    const before = await countRows(room)
    expect((await takeTrip(room, 'first')).ending).toBe('code')
    const after = await countRows(room)
    expect([after.users - before.users, after.identities - before.identities]).toEqual([1, 1])
  })

  it('R31 17 whoever came with an unverified address first stands in nobody’s way', async () => {
    const fresh = await openRoom({
      hostile: { personas, autoApprove: 'unverified', algorithm: 'ES256' },
      configure: ({ hostile }) => ({ linking: 'manual', providers: { first: hostile.oidc } }),
    })
    const squatter = await subjectAt(fresh, 'first')
    fresh.hostile.autoApprove('one')
    const owner = await subjectAt(fresh, 'first')
    await fresh.close()
    expect(owner).not.toBe(squatter)
  })
})
