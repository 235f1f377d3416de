import { expect, it } from 'vitest'
import { prepareRacing } from './racing.ts'
import {
  bareIdentity,
  bareSession,
  bareUser,
  createUser,
  now,
  processes,
  racers,
  type Subject,
  times,
  uniqueId,
} from './subject.ts'
import { countsOf, valuesOf } from './tally.ts'
import type { Call } from './volley.ts'

const slow = { timeout: 30_000 }

export function accountRaceConformance(subject: Subject): void {
  const { race, raceApart } = prepareRacing(subject)
  const createUsers = (count: number) => Promise.all(times(count, () => createUser(subject.storage)))

  it(`V10: ${racers} callers in ${processes} processes leave a user the last identity`, slow, async () => {
    const [user] = await createUsers(1)
    const userId = user?.id ?? ''
    await Promise.all(times(30, () => subject.storage.users.addIdentity(userId, bareIdentity())))
    const identities = await subject.storage.users.listIdentities(userId)
    const acknowledged = await race(identities.map(({ id }) => ({ removeIdentity: [userId, id] })))
    const removed = countsOf(acknowledged, 'removed')
    expect(removed.toSorted((a, b) => a - b)).toEqual([0, ...times(30, () => 1)])
    const left = await subject.storage.users.listIdentities(userId)
    expect(left).toEqual([identities[removed.indexOf(0)]])
  })

  it(`V10: of a user's two identities ${processes} processes remove one`, slow, async () => {
    const users = await createUsers(100)
    const pairs = await Promise.all(
      users.map(async ({ id }) => {
        await subject.storage.users.addIdentity(id, bareIdentity())
        return subject.storage.users.listIdentities(id)
      }),
    )
    const acknowledged = await raceApart((process) =>
      pairs.map((pair, index): Call => {
        return { removeIdentity: [users[index]?.id ?? '', pair[process % 2]?.id ?? ''] }
      }),
    )
    expect(countsOf(acknowledged, 'removed')).toEqual(users.map(() => 1))
    const left = await Promise.all(users.map(({ id }) => subject.storage.users.listIdentities(id)))
    expect(left.map((identities) => identities.length)).toEqual(users.map(() => 1))
  })

  it(`V09: of ${processes} users whom one identity is added to at once one gets it`, slow, async () => {
    const users = await createUsers(processes)
    const identities = times(50, bareIdentity)
    const acknowledged = await raceApart((process) =>
      identities.map((identity): Call => {
        return { addIdentity: [users[process]?.id ?? '', { ...identity, id: uniqueId() }] }
      }),
    )
    expect(countsOf(acknowledged, 'added')).toEqual(identities.map(() => 1))
  })

  it(`R33: of ${processes} processes each invitation makes one user`, slow, async () => {
    const keys = times(50, uniqueId)
    const expiresAt = now + 1000
    await Promise.all(
      keys.map((key) => subject.storage.oneTime.issue({ kind: 'invite', key, value: '', expiresAt })),
    )
    const acknowledged = await raceApart(() =>
      keys.map((key): Call => {
        return { createWithIdentity: [bareUser(), bareIdentity(), { invite: { keys: [key], now } }] }
      }),
    )
    expect(countsOf(acknowledged, 'created')).toEqual(keys.map(() => 1))
    expect(countsOf(acknowledged, 'not_invited')).toEqual(keys.map(() => processes - 1))
  })

  const elsewhere = () => ({ ...bareIdentity(), issuer: 'https://elsewhere.test' })

  it('R33: no two users come to have one address, and no disabled user gets an identity', slow, async () => {
    const addresses = times(50, () => `${uniqueId()}@example.test`)
    const create = (): Call[] =>
      addresses.map((verifiedEmail) => {
        return { createWithIdentity: [bareUser(), { ...bareIdentity(), verifiedEmail }, { newEmail: true }] }
      })
    expect(countsOf(await raceApart(create), 'created')).toEqual(addresses.map(() => 1))
    const held = await Promise.all(
      addresses.map(async (verifiedEmail) => {
        const [user] = await subject.storage.users.findByVerifiedEmail(verifiedEmail, 2)
        const [identity] = await subject.storage.users.listIdentities(user?.id ?? '')
        return { userId: user?.id ?? '', by: identity?.id ?? '', verifiedEmail }
      }),
    )
    const acknowledged = await raceApart((process) =>
      held.map(({ userId, by, verifiedEmail }): Call => {
        if (process === 0) return { disable: [userId, now] }
        return { joinIdentity: [userId, { ...elsewhere(), verifiedEmail }, by] }
      }),
    )
    const joined = acknowledged.filter(({ answer }) => 'value' in answer && answer.value === true)
    const identities = await Promise.all(
      held.map(({ userId }) => subject.storage.users.listIdentities(userId)),
    )
    // Each user's own, each that was joined in time, and as many answers `true` from `disable`.
    expect(identities.flat()).toHaveLength(joined.length)
    for (const { userId, by, verifiedEmail } of held) {
      const late = { ...elsewhere(), verifiedEmail }
      expect(await subject.storage.users.joinIdentity(userId, late, by)).toBe(false)
    }
  })

  it('A39: no session of a user who is disabled meanwhile stays alive', slow, async () => {
    const users = await createUsers(100)
    const disable = users.map(({ id }): Call => ({ disable: [id, now] }))
    const create = (): Call[] =>
      users.flatMap(({ id }) => times(2, () => ({ createSession: [bareSession(id), uniqueId()] })))
    const acknowledged = await raceApart((process) => (process === 0 ? disable : create()))
    expect(acknowledged.filter(({ answer }) => 'error' in answer)).toEqual([])
    const living = await Promise.all(users.map(({ id }) => subject.storage.sessions.listLiving(id, now)))
    expect(living.flat()).toEqual([])
  })

  it('A39: of each session of a user who is erased meanwhile the feed tells the end', slow, async () => {
    const users = await createUsers(100)
    const erase = users.map(({ id }): Call => ({ erase: [id, now] }))
    const sessions = times(processes, () => users.map(({ id }) => bareSession(id)))
    const acknowledged = await raceApart((process) =>
      process === 0
        ? erase
        : (sessions[process] ?? []).map((session): Call => ({ createSession: [session, uniqueId()] })),
    )
    const answers = valuesOf(acknowledged)
    const created = answers.filter((answer) => answer === 'created').length
    const refused = answers.filter((answer) => answer === 'constraint').length
    expect(created + refused).toBe(users.length * (processes - 1))
    expect(answers.filter((answer) => answer === 'erased')).toHaveLength(users.length)
    const ids = new Set(sessions.flat().map(({ id }) => id))
    const told = await subject.storage.sessions.listRevoked(now - 1, 100_000)
    expect(told.filter(({ id }) => ids.has(id))).toHaveLength(created)
    const found = await Promise.all([...ids].map((id) => subject.storage.sessions.find(id)))
    expect(found.filter((session) => session !== undefined)).toEqual([])
    await subject.inspect()
  })
}
