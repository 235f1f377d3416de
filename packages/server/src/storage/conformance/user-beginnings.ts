import { describe, expect, it } from 'vitest'
import type { CreationTerms, NewIdentity, User } from '../contract.ts'
import {
  bareIdentity,
  bareUser,
  createUser,
  idsOf,
  now,
  racers,
  type Subject,
  second,
  times,
  uniqueId,
} from './subject.ts'

export function userBeginningConformance(subject: Subject): void {
  const users = () => subject.storage.users
  const create = (terms: CreationTerms, [user, identity]: [User, NewIdentity] = newcomer()) =>
    users().createWithIdentity(user, identity, terms)
  const isThere = async ([user, identity]: [User, NewIdentity]) => ({
    user: (await users().find(user.id)) !== undefined,
    identity: (await users().findByIdentity(identity.issuer, identity.subject)) !== undefined,
  })
  const newInvite = async (expiresAt = now + 60 * second): Promise<string> => {
    const key = uniqueId()
    await subject.storage.oneTime.issue({ kind: 'invite', key, value: '', expiresAt })
    return key
  }
  const consume = async (key: string) =>
    (await subject.storage.oneTime.consumeOnce({ kind: 'invite', key }, now)).outcome
  /** A user whose only identity has this verified address. */
  const holderOf = async (verifiedEmail: string) => {
    const [user, identity] = newcomer({ verifiedEmail })
    await users().createWithIdentity(user, identity)
    return { user, identity }
  }

  describe('by invitation', () => {
    it('R33 29: an invitation makes one user, and is used up', async () => {
      const key = await newInvite()
      const [first, second] = [newcomer(), newcomer()]
      expect(await create({ invite: { keys: [key], now } }, first)).toBe('created')
      expect(await create({ invite: { keys: [key], now } }, second)).toBe('not_invited')
      expect(await isThere(first)).toEqual({ user: true, identity: true })
      expect(await isThere(second)).toEqual({ user: false, identity: false })
      expect(await consume(key)).toBe('replayed')
    })

    it('R33: of several keys one is taken', async () => {
      const [first, second] = [await newInvite(), await newInvite()]
      expect(await create({ invite: { keys: [uniqueId(), first, second], now } })).toBe('created')
      expect(await consume(first)).toBe('replayed')
      expect(await consume(second)).toBe('consumed')
    })

    it.each([
      ['unknown', async () => uniqueId()],
      ['expired', () => newInvite(now)],
      ['of another kind', issueCode],
    ])('R33: one that is %s makes nobody', async (_what, make) => {
      const both = newcomer()
      expect(await create({ invite: { keys: [await make()], now } }, both)).toBe('not_invited')
      expect(await isThere(both)).toEqual({ user: false, identity: false })
    })

    it('R33: without keys nobody is made', async () => {
      expect(await create({ invite: { keys: [], now } })).toBe('not_invited')
    })

    it('R33: no invitation is lost to a user who does not come to be', async () => {
      const key = await newInvite()
      const { user, identity } = await holderOf(`${uniqueId()}@example.test`)
      const terms = { invite: { keys: [key], now }, newEmail: true }
      const known: [User, NewIdentity] = [bareUser(), { ...identity, id: uniqueId() }]
      expect(await create(terms, known)).toBe('identity_taken')
      const sameEmail = newcomer({ verifiedEmail: identity.verifiedEmail ?? '' })
      expect(await create(terms, sameEmail)).toBe('email_taken')
      await expect(create(terms, [user, bareIdentity()])).rejects.toMatchObject({ code: 'duplicate' })
      expect(await create(terms)).toBe('created')
    })

    it(`R33 29: of ${racers} users at once an invitation makes one`, async () => {
      const key = await newInvite()
      const all = times(racers, () => newcomer())
      const made = await Promise.all(all.map((both) => create({ invite: { keys: [key], now } }, both)))
      expect(made.filter((outcome) => outcome === 'created')).toHaveLength(1)
      const found = await Promise.all(all.map(isThere))
      expect(found.filter(({ user, identity }) => user || identity)).toEqual([{ user: true, identity: true }])
    })
  })

  describe('with an address that is new', () => {
    it('R33: an address that another user has makes nobody; without the term it does', async () => {
      const { identity } = await holderOf(`${uniqueId()}@example.test`)
      const both = newcomer({ verifiedEmail: identity.verifiedEmail ?? '' })
      expect(await create({ newEmail: true }, both)).toBe('email_taken')
      expect(await isThere(both)).toEqual({ user: false, identity: false })
      expect(await create({}, both)).toBe('created')
    })

    it('R33: no address is nobody’s', async () => {
      expect([await create({ newEmail: true }), await create({ newEmail: true })]).toEqual([
        'created',
        'created',
      ])
    })

    it(`R33: of ${racers} first sign-ins with one address at once one makes a user`, async () => {
      const verifiedEmail = `${uniqueId()}@example.test`
      const all = times(racers, () => newcomer({ verifiedEmail }))
      const made = await Promise.all(all.map((both) => create({ newEmail: true }, both)))
      expect(made.filter((outcome) => outcome === 'created')).toHaveLength(1)
      expect(await users().findByVerifiedEmail(verifiedEmail, racers)).toHaveLength(1)
    })
  })

  describe('joinIdentity', () => {
    const verifiedEmail = () => `${uniqueId()}@example.test`
    const ownerOf = async ({ issuer, subject: sub }: NewIdentity) =>
      (await users().findByIdentity(issuer, sub))?.user.id

    it('R33: adds an identity that another of the user’s vouches for', async () => {
      const email = verifiedEmail()
      const { user, identity } = await holderOf(email)
      const further = { ...elsewhere(), label: 'ada', verifiedEmail: email, createdAt: now + 1 }
      expect(await users().joinIdentity(user.id, further, identity.id)).toBe(true)
      expect(await users().listIdentities(user.id)).toStrictEqual([
        { ...identity, userId: user.id },
        { ...further, userId: user.id },
      ])
    })

    it('R33 18: not when nothing, or nothing any more, vouches for it', async () => {
      const email = verifiedEmail()
      const { user, identity } = await holderOf(email)
      const other = await holderOf(verifiedEmail())
      const further = { ...elsewhere(), verifiedEmail: email }
      const { verifiedEmail: _, ...unverified } = further
      const join = (sought: NewIdentity, by: string) => users().joinIdentity(user.id, sought, by)
      expect(await join(unverified, identity.id)).toBe(false)
      expect(await join({ ...further, verifiedEmail: verifiedEmail() }, identity.id)).toBe(false)
      expect(await join(further, other.identity.id)).toBe(false)
      expect(await join(further, uniqueId())).toBe(false)
      await users().updateProfile(user.id, user, { id: identity.id })
      expect(await join(further, identity.id)).toBe(false)
      expect(await ownerOf(further)).toBeUndefined()
    })

    it('R33: not when two users have the address', async () => {
      const email = verifiedEmail()
      const { user, identity } = await holderOf(email)
      await holderOf(email)
      const further = { ...elsewhere(), verifiedEmail: email }
      expect(await users().joinIdentity(user.id, further, identity.id)).toBe(false)
    })

    it('R33 26: not when the user has another account of the same issuer with the address', async () => {
      const email = verifiedEmail()
      const { user, identity } = await holderOf(email)
      const [second, third] = times(2, () => ({ ...elsewhere(), verifiedEmail: email }))
      expect(
        await users().joinIdentity(user.id, { ...bareIdentity(), verifiedEmail: email }, identity.id),
      ).toBe(false)
      expect(await users().joinIdentity(user.id, second ?? elsewhere(), identity.id)).toBe(true)
      expect(await users().joinIdentity(user.id, third ?? elsewhere(), identity.id)).toBe(false)
    })

    it('R31: without a voucher the user alone must be there', async () => {
      const { id } = await createUser(subject.storage)
      const [mine, lost] = [bareIdentity(), bareIdentity()]
      expect(await users().joinIdentity(id, mine)).toBe(true)
      expect(await ownerOf(mine)).toBe(id)
      expect(await users().joinIdentity(uniqueId(), lost)).toBe(false)
    })

    it('V09: an identity that has an owner stays where it is', async () => {
      const email = verifiedEmail()
      const { user, identity } = await holderOf(email)
      const owned = elsewhere()
      const owner = bareUser()
      await users().createWithIdentity(owner, owned)
      for (const by of [undefined, identity.id]) {
        const again = { ...owned, id: uniqueId(), verifiedEmail: email }
        expect(await users().joinIdentity(user.id, again, by)).toBe(false)
      }
      expect(await ownerOf(owned)).toBe(owner.id)
    })

    it('A39: a disabled user gets no identity, an enabled one does', async () => {
      const email = verifiedEmail()
      const { user, identity } = await holderOf(email)
      const further = { ...elsewhere(), verifiedEmail: email }
      await users().disable(user.id, now)
      for (const by of [undefined, identity.id]) {
        expect(await users().joinIdentity(user.id, further, by)).toBe(false)
      }
      await users().enable(user.id)
      expect(await users().joinIdentity(user.id, further, identity.id)).toBe(true)
    })

    it(`R33: of ${racers} joins of one identity at once one takes`, async () => {
      const email = verifiedEmail()
      const { user, identity } = await holderOf(email)
      const further = { ...elsewhere(), verifiedEmail: email }
      const joined = await Promise.all(
        times(racers, () => users().joinIdentity(user.id, { ...further, id: uniqueId() }, identity.id)),
      )
      expect(joined.filter(Boolean)).toHaveLength(1)
      expect(await users().listIdentities(user.id)).toHaveLength(2)
    })
  })

  describe('list', () => {
    it('X04: users newest first, page by page each once, at most as many as asked', async () => {
      // Later than those of the other tests, which share the table.
      const later = now + 1000 * second
      const made = times(7, (index) => ({ ...bareUser(), createdAt: later + Math.floor(index / 3) }))
      for (const user of made) await users().createWithIdentity(user, bareIdentity())
      await users().disable(made[0]?.id ?? '', now)
      const seen: User[] = []
      for (let pages = 0; pages < 4; pages += 1) {
        const last = seen.at(-1)
        const page = await users().list({
          limit: 2,
          ...(last && { after: { createdAt: last.createdAt, id: last.id } }),
        })
        expect(page).toHaveLength(2)
        seen.push(...page)
      }
      const ordered = made.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
      expect(idsOf(seen.slice(0, 7))).toEqual(idsOf(ordered))
      expect(seen.find(({ id }) => id === made[0]?.id)?.disabledAt).toBe(now)
      for (const limit of [0, -1, Number.NaN]) expect(await users().list({ limit })).toEqual([])
    })

    it('X04: a hundred unless asked', async () => {
      await Promise.all(times(101, () => createUser(subject.storage)))
      expect(await users().list()).toHaveLength(100)
      expect((await users().list({ limit: 1000 })).length).toBeGreaterThan(100)
    })
  })

  async function issueCode(): Promise<string> {
    const key = uniqueId()
    await subject.storage.oneTime.issue({ kind: 'code', key, value: '', expiresAt: now + second })
    return key
  }
}

const newcomer = (identity: Partial<NewIdentity> = {}): [User, NewIdentity] => [
  bareUser(),
  { ...bareIdentity(), ...identity },
]

const elsewhere = (): NewIdentity => ({ ...bareIdentity(), issuer: 'https://elsewhere.test' })
