import { expect, it } from 'vitest'
import type { NewIdentity, Profile, User } from '../contract.ts'
import { bareIdentity, bareUser, now, racers, type Subject, times, uniqueId } from './subject.ts'

export function userConformance(subject: Subject): void {
  const create = (user: User, identity: NewIdentity) =>
    subject.storage.users.createWithIdentity(user, identity)
  const findBack = ({ issuer, subject: sub }: NewIdentity) =>
    subject.storage.users.findByIdentity(issuer, sub)

  it('R31: a user and the identity that signs them in come back whole', async () => {
    const [user, identity] = full()
    expect(await create(user, identity)).toBe('created')
    expect(await subject.storage.users.find(user.id)).toEqual(user)
    expect(await findBack(identity)).toEqual({ user, identity: { ...identity, userId: user.id } })
  })

  it('31: what is absent comes back absent, not null', async () => {
    const user = bareUser()
    const identity = bareIdentity()
    await create(user, identity)
    expect(await subject.storage.users.find(user.id)).toStrictEqual(user)
    expect(await findBack(identity)).toStrictEqual({ user, identity: { ...identity, userId: user.id } })
  })

  it('R32: false and empty are not absent', async () => {
    const user = { ...bareUser(), name: '', email: '', emailVerified: false, picture: '', disabledAt: 0 }
    const identity = { ...bareIdentity(), label: '' }
    await create(user, identity)
    expect(await subject.storage.users.find(user.id)).toStrictEqual(user)
    expect((await findBack(identity))?.identity).toStrictEqual({ ...identity, userId: user.id })
  })

  it('R31: an identity is its issuer and subject, exactly', async () => {
    const identity = { ...bareIdentity(), issuer: 'https://login.test/A', subject: `${uniqueId()}aB` }
    await create(bareUser(), identity)
    const find = (issuer: string, sub: string) => findBack({ ...identity, issuer, subject: sub })
    expect(await find('https://login.test/A', identity.subject)).toBeDefined()
    expect(await find('https://login.test/a', identity.subject)).toBeUndefined()
    expect(await find('https://login.test/A/', identity.subject)).toBeUndefined()
    expect(await find('https://login.test/A', identity.subject.toLowerCase())).toBeUndefined()
    expect(await find('https://login.test/A', `${identity.subject} `)).toBeUndefined()
  })

  it('R31: the same subject at another issuer is somebody else', async () => {
    const mine = bareIdentity()
    const theirs = { ...bareIdentity(), issuer: 'https://other.test', subject: mine.subject }
    const [me, them] = [bareUser(), bareUser()]
    expect(await create(me, mine)).toBe('created')
    expect(await create(them, theirs)).toBe('created')
    expect((await findBack(mine))?.user.id).toBe(me.id)
    expect((await findBack(theirs))?.user.id).toBe(them.id)
  })

  it('an identity that has an owner is taken, and no user is left behind', async () => {
    const identity = bareIdentity()
    const [owner, other] = [bareUser(), bareUser()]
    await create(owner, identity)
    expect(await create(other, { ...identity, id: uniqueId() })).toBe('identity_taken')
    expect(await subject.storage.users.find(other.id)).toBeUndefined()
    expect((await findBack(identity))?.user.id).toBe(owner.id)
  })

  it('an id that exists is refused, and nothing is left behind', async () => {
    const [user, identity] = [bareUser(), bareIdentity()]
    await create(user, identity)
    const sameUser = bareIdentity()
    await expect(create(user, sameUser)).rejects.toMatchObject({ name: 'StorageError', code: 'duplicate' })
    expect(await findBack(sameUser)).toBeUndefined()
    const [other, sameIdentity] = [bareUser(), { ...bareIdentity(), id: identity.id }]
    await expect(create(other, sameIdentity)).rejects.toMatchObject({ code: 'duplicate' })
    expect(await subject.storage.users.find(other.id)).toBeUndefined()
    expect(await findBack(sameIdentity)).toBeUndefined()
  })

  it(`R31: of ${racers} first sign-ins of one identity at once one creates the user`, async () => {
    const identity = bareIdentity()
    const users = times(racers, bareUser)
    const results = await Promise.all(users.map((user) => create(user, { ...identity, id: uniqueId() })))
    expect(results.filter((result) => result === 'created')).toHaveLength(1)
    expect(results.filter((result) => result === 'identity_taken')).toHaveLength(racers - 1)
    const found = await Promise.all(users.map(({ id }) => subject.storage.users.find(id)))
    expect(found.filter((user) => user !== undefined)).toHaveLength(1)
    expect((await findBack(identity))?.user.id).toBe(users[results.indexOf('created')]?.id)
  })

  it('nobody is nobody', async () => {
    expect(await subject.storage.users.find(uniqueId())).toBeUndefined()
    expect(await subject.storage.users.findByIdentity('https://login.acme.test', uniqueId())).toBeUndefined()
    expect(await subject.storage.users.findByVerifiedEmail('nobody@example.test', 10)).toEqual([])
  })

  it('R33: a verified address finds its users, oldest first, each once, at most as many as asked', async () => {
    const address = `${uniqueId()}@example.test`
    const users = times(3, (index) => ({ ...bareUser(), createdAt: now + index }))
    for (const user of users) await create(user, { ...bareIdentity(), verifiedEmail: address })
    const find = (limit: number) => subject.storage.users.findByVerifiedEmail(address, limit)
    expect(await find(10)).toEqual(users)
    expect(await find(2)).toEqual(users.slice(0, 2))
    expect(await find(0)).toEqual([])
  })

  it('R33, 18: an address in the profile alone finds nobody', async () => {
    const address = `${uniqueId()}@example.test`
    await create({ ...bareUser(), email: address, emailVerified: true }, bareIdentity())
    expect(await subject.storage.users.findByVerifiedEmail(address, 10)).toEqual([])
  })

  it('a profile is replaced: what is new is there, what is gone is absent', async () => {
    const [user, identity] = full()
    await create(user, identity)
    const { users } = subject.storage
    await users.updateProfile(
      user.id,
      { name: 'Ada', emailVerified: false },
      { id: identity.id, label: 'countess' },
    )
    expect(await findBack(identity)).toStrictEqual({
      user: {
        id: user.id,
        createdAt: user.createdAt,
        disabledAt: now + 5,
        name: 'Ada',
        emailVerified: false,
      },
      identity: { ...bareOf(identity), userId: user.id, label: 'countess' },
    })
    await users.updateProfile(user.id, {}, { id: identity.id, verifiedEmail: 'new@example.test' })
    expect(await findBack(identity)).toStrictEqual({
      user: { id: user.id, createdAt: user.createdAt, disabledAt: now + 5 },
      identity: { ...bareOf(identity), userId: user.id, verifiedEmail: 'new@example.test' },
    })
  })

  it.each<Profile>([
    { name: 'Augusta' },
    { email: 'augusta@example.test' },
    { emailVerified: false },
    { picture: 'https://pictures.test/augusta.png' },
  ])('a change of one field is a change: %o', async (change) => {
    const [user, identity] = full()
    await create(user, identity)
    await subject.storage.users.updateProfile(user.id, { ...user, ...change }, identity)
    expect(await subject.storage.users.find(user.id)).toEqual({ ...user, ...change })
  })

  it('a profile that is the same stays the same', async () => {
    const [user, identity] = full()
    await create(user, identity)
    await subject.storage.users.updateProfile(user.id, user, identity)
    expect(await findBack(identity)).toEqual({ user, identity: { ...identity, userId: user.id } })
  })

  it("R33: a profile's update touches nobody else's identity", async () => {
    const [[mine, myIdentity], [theirs, theirIdentity]] = [full(), full()]
    await create(mine, myIdentity)
    await create(theirs, theirIdentity)
    await subject.storage.users.updateProfile(mine.id, mine, {
      id: theirIdentity.id,
      verifiedEmail: 'x@y.test',
    })
    await subject.storage.users.updateProfile(uniqueId(), {}, { id: theirIdentity.id })
    expect(await findBack(theirIdentity)).toEqual({
      user: theirs,
      identity: { ...theirIdentity, userId: theirs.id },
    })
  })
}

const bareOf = ({ id, provider, issuer, subject, createdAt }: NewIdentity): NewIdentity => ({
  id,
  provider,
  issuer,
  subject,
  createdAt,
})

/** With everything that there may be. */
const full = (): [User, NewIdentity] => [
  {
    ...bareUser(),
    name: 'Ada Lovelace',
    email: 'Ada@Example.test',
    emailVerified: true,
    picture: 'https://pictures.test/ada.png',
    disabledAt: now + 5,
  },
  { ...bareIdentity(), label: 'ada', verifiedEmail: 'ada@example.test' },
]
