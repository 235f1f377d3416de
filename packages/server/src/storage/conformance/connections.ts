import { describe, expect, it } from 'vitest'
import type { Connection } from '../contract.ts'
import { createSession, createUser, day, hour, idsOf, now, type Subject, times, uniqueId } from './subject.ts'
import {
  asFound,
  bareConnection,
  bareContent,
  bareQuarantined,
  connect,
  createConnection,
  fullContent,
  lease,
  quarantinedOf,
} from './vault-subject.ts'

export function connectionConformance(subject: Subject): void {
  const connections = () => subject.storage.connections

  it('V02, 31: what is absent comes back absent, not null', async () => {
    const connection = bareConnection((await createUser(subject.storage)).id)
    expect(await connect(subject.storage, connection)).toBe('done')
    expect(await connections().find(connection.id)).toStrictEqual(asFound(connection))
  })

  it('V02: a connection comes back whole', async () => {
    const { id: userId } = await createUser(subject.storage)
    const connection = { ...bareConnection(userId), ...fullContent() }
    await connect(subject.storage, connection)
    expect(await connections().find(connection.id)).toStrictEqual(asFound(connection))
    const { provider, subject: account } = connection
    expect(await connections().findAccount(userId, provider, account)).toStrictEqual(asFound(connection))
  })

  it('32: false, zero and empty are not absent', async () => {
    const zero = { obtainedAt: 0, expiresAt: 0, hardEndsAt: 0, sweepAt: 0, connectedAt: 0 }
    const empty = { label: '', requestedScopes: [''], renewable: false }
    const { id: userId } = await createUser(subject.storage)
    const connection = { ...bareConnection(userId), ...zero, ...empty }
    await connect(subject.storage, connection)
    expect(await connections().find(connection.id)).toStrictEqual(asFound(connection))
    await connections().noteUsed(connection.id, 0, 0)
    await connections().noteSwept(connection.id, 0, { sweepAt: 0, warnedDays: 0 })
    await connections().markBroken(connection.id, 1, '', 0)
    expect(await connections().find(connection.id)).toMatchObject({
      lastUsedAt: 0,
      sweepAt: 0,
      warnedDays: 0,
      needsReconnect: { reason: '', since: 0 },
    })
  })

  it('V09: an account is its user, provider and subject, exactly', async () => {
    const account = `${uniqueId()}aB`
    const { userId } = await createConnection(subject.storage, { subject: account })
    expect(await connections().findAccount(userId, 'acme', account)).toBeDefined()
    expect(await connections().findAccount(uniqueId(), 'acme', account)).toBeUndefined()
    expect(await connections().findAccount(userId, 'Acme', account)).toBeUndefined()
    expect(await connections().findAccount(userId, 'acme', account.toLowerCase())).toBeUndefined()
    expect(await connections().find(uniqueId())).toBeUndefined()
  })

  it('V10: a user who has a connection is not erased before it is in quarantine', async () => {
    const { users } = subject.storage
    const connection = await createConnection(subject.storage)
    const session = await createSession(subject.storage, { userId: connection.userId })
    const other = await createConnection(subject.storage, { subject: connection.subject })
    expect(await users.erase(connection.userId, now)).toBe('connected')
    expect(await connections().find(connection.id)).toStrictEqual(connection)
    expect((await users.find(connection.userId))?.disabledAt).toBeUndefined()
    expect(await subject.storage.sessions.find(session.id)).toStrictEqual(session)
    await connections().remove(connection.id, 1, quarantinedOf(connection))
    expect(await users.erase(connection.userId, now)).toBe('erased')
    expect(await connections().find(other.id)).toStrictEqual(other)
  })

  it('V10: whether anybody has connected an account', async () => {
    const { id, provider, subject: account } = await createConnection(subject.storage)
    expect(await connections().holdsAccount(provider, account)).toBe(true)
    expect(await connections().holdsAccount('other', account)).toBe(false)
    expect(await connections().holdsAccount(provider, uniqueId())).toBe(false)
    await connections().remove(id, 1, bareQuarantined('u'))
    expect(await connections().holdsAccount(provider, account)).toBe(false)
  })

  it('V10: a disabled user’s connections stay, to be removed one by one', async () => {
    const connection = await createConnection(subject.storage)
    await subject.storage.users.disable(connection.userId, now)
    expect(await connections().find(connection.id)).toStrictEqual(connection)
  })

  describe('the lists', () => {
    it('are newest first, and of one time by id', async () => {
      const { id: userId } = await createUser(subject.storage)
      const made = []
      for (const connectedAt of [now, now + 2, now + 1, now + 1]) {
        made.push(await createConnection(subject.storage, { userId, connectedAt, ...fullContent() }))
      }
      const [oldest, newest, ...between] = made
      const descending = between.toSorted((a, b) => (a.id < b.id ? 1 : -1))
      expect(await connections().list({ userId })).toStrictEqual([newest, ...descending, oldest])
    })

    it('go on behind the last one that was seen', async () => {
      const { id: userId } = await createUser(subject.storage)
      for (const index of times(7, (each) => each)) {
        await createConnection(subject.storage, { userId, connectedAt: now + Math.floor(index / 3) })
      }
      const all = await connections().list({ userId })
      expect(all).toHaveLength(7)
      const read: Connection[] = []
      for (;;) {
        const last = read.at(-1)
        const after = last && { createdAt: last.connectedAt, id: last.id }
        const page = await connections().list({ userId }, { limit: 2, ...(after && { after }) })
        if (page.length === 0) break
        read.push(...page)
      }
      expect(read).toStrictEqual(all)
      expect(await connections().list({ userId }, { limit: 0 })).toEqual([])
    })

    it('V12: are of the named providers only', async () => {
      const { id: userId } = await createUser(subject.storage)
      const providers = times(5, () => uniqueId())
      for (const [index, provider] of providers.entries()) {
        await createConnection(subject.storage, { userId, provider, connectedAt: now - index })
      }
      const elsewhere = await createConnection(subject.storage, { provider: providers[0] ?? '' })
      for (const count of [1, 2, 3, 4, 5]) {
        const named = providers.slice(0, count)
        const listed = await connections().list({ userId, providers: named })
        expect(listed.map(({ provider }) => provider)).toEqual(named)
        expect(idsOf(await connections().list({ providers: named }))).toContain(elsewhere.id)
      }
      const unknown = [uniqueId(), uniqueId(), uniqueId()]
      expect(await connections().list({ userId, providers: unknown })).toEqual([])
      expect(await connections().list({ userId, providers: [] })).toEqual([])
      expect(await connections().list({ providers: [] })).toEqual([])
      const twice = [providers[0] ?? '', providers[0] ?? '', providers[1] ?? '']
      expect(await connections().list({ userId, providers: twice })).toHaveLength(2)
    })

    it('are of everybody without a filter', async () => {
      const connectedAt = now + 900 * day
      const first = await createConnection(subject.storage, { connectedAt: connectedAt + 1 })
      const second = await createConnection(subject.storage, { connectedAt })
      expect(await connections().list({}, { limit: 2 })).toStrictEqual([first, second])
    })
  })

  it('a use is noted, unless one was lately', async () => {
    const { id } = await createConnection(subject.storage)
    const lastUsed = async () => (await connections().find(id))?.lastUsedAt
    await connections().noteUsed(id, now, now - hour)
    expect(await lastUsed()).toBe(now)
    await connections().noteUsed(id, now + 1, now - 1)
    expect(await lastUsed()).toBe(now)
    await connections().noteUsed(id, now + hour, now)
    expect(await lastUsed()).toBe(now + hour)
    await connections().noteUsed(uniqueId(), now, now)
  })

  describe('the sweep of connections', () => {
    it('finds those whose time has come, earliest first', async () => {
      const early = -1_000_000
      const due = async (sweepAt: number) => (await createConnection(subject.storage, { sweepAt })).id
      const [later, ahead, sooner] = [await due(early + 1), await due(early + 2), await due(early)]
      await createConnection(subject.storage)
      expect(idsOf(await connections().listSweepable(early + 1, 10))).toEqual([sooner, later])
      expect(idsOf(await connections().listSweepable(early + 2, 10))).toEqual([sooner, later, ahead])
      expect(idsOf(await connections().listSweepable(early + 2, 1))).toEqual([sooner])
      expect(await connections().listSweepable(early - 1, 10)).toEqual([])
    })

    it('is noted once for each time; what is left out is cleared', async () => {
      const { id } = await createConnection(subject.storage, { sweepAt: now })
      const note = (from: number, sweepAt: number) =>
        connections().noteSwept(id, from, { sweepAt, warnedDays: 30 })
      expect(await note(now - 1, now + day)).toBe(false)
      expect(await connections().find(id)).toMatchObject({ sweepAt: now })
      expect(await note(now, now + day)).toBe(true)
      expect(await note(now, now + 2 * day)).toBe(false)
      expect(await connections().find(id)).toMatchObject({ sweepAt: now + day, warnedDays: 30, version: 1 })
      expect(await connections().noteSwept(id, now + day, {})).toBe(true)
      const found = await connections().find(id)
      expect(found).not.toHaveProperty('sweepAt')
      expect(found).not.toHaveProperty('warnedDays')
      expect(await connections().noteSwept(uniqueId(), now, {})).toBe(false)
    })
  })

  describe('a new seal', () => {
    const to = { sealed: 'sealed anew', keyId: 'key-2' }

    it('V11: is written once for each version', async () => {
      const before = await createConnection(subject.storage, fullContent())
      expect(await connections().reseal(before.id, 2, to, now)).toBe(false)
      expect(await connections().find(before.id)).toStrictEqual(before)
      expect(await connections().reseal(before.id, 1, to, now)).toBe(true)
      expect(await connections().find(before.id)).toStrictEqual({ ...before, ...to, version: 2 })
      expect(await connections().reseal(before.id, 1, { ...to, sealed: 'late' }, now)).toBe(false)
      expect(await connections().find(before.id)).toMatchObject(to)
      expect(await connections().reseal(uniqueId(), 1, to, now)).toBe(false)
    })

    it('V11, V14: waits for whoever holds a lease', async () => {
      const { id } = await createConnection(subject.storage)
      const leaseUntil = (await lease(subject.storage, id))?.renewal.leaseUntil ?? 0
      expect(await connections().reseal(id, 1, to, now)).toBe(false)
      expect(await connections().reseal(id, 1, to, leaseUntil - 1)).toBe(false)
      expect(await connections().reseal(id, 1, to, leaseUntil)).toBe(true)
    })

    it('V11: a connection that needs reconnecting gets one, too', async () => {
      const { id } = await createConnection(subject.storage)
      await connections().markBroken(id, 1, 'revoked', now)
      expect(await connections().reseal(id, 1, to, now)).toBe(true)
    })

    it('V11: those that are sealed otherwise are told and counted, page by page', async () => {
      const current = uniqueId()
      const made = []
      for (const keyId of [`0${uniqueId()}`, current, `z${uniqueId()}`, `0${uniqueId()}`, current]) {
        made.push(await createConnection(subject.storage, { ...bareContent(), keyId }))
      }
      const otherwise = made.filter(({ keyId }) => keyId !== current)
      const ids = idsOf(otherwise).toSorted()
      const all = await connections().listSealedOtherwise(current, 10_000)
      expect(idsOf(all)).toEqual(idsOf(all).toSorted())
      expect(all.filter(({ id }) => ids.includes(id))).toStrictEqual(
        otherwise.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      )
      expect(all.filter(({ keyId }) => keyId === current)).toEqual([])
      expect(await connections().countSealedOtherwise(current)).toBe(all.length)
      const [first, second, third] = idsOf(all)
      expect(idsOf(await connections().listSealedOtherwise(current, 1))).toEqual([first])
      expect(idsOf(await connections().listSealedOtherwise(current, 2, first))).toEqual([second, third])
      expect(await connections().listSealedOtherwise(current, 2, idsOf(all).at(-1))).toEqual([])
    })

    it('V11: every key in use is told once, in quarantine as well', async () => {
      const keyIds = times(3, uniqueId)
      for (const keyId of [...keyIds, ...keyIds]) await createConnection(subject.storage, { keyId })
      const [inUse = ''] = keyIds
      const { id: userId } = await createUser(subject.storage)
      const told = await connections().keyIds()
      expect(told.filter((keyId) => keyIds.includes(keyId)).toSorted()).toEqual(keyIds.toSorted())
      expect(new Set(told).size).toBe(told.length)
      expect(told).toContain(inUse)
      const quarantined = { id: uniqueId(), userId, provider: 'acme', subject: uniqueId(), sealed: 's' }
      const alone = uniqueId()
      await subject.storage.quarantine.put({ ...quarantined, keyId: alone, dueAt: now, attempts: 0 })
      expect(await connections().keyIds()).toContain(alone)
      await subject.storage.quarantine.drop(quarantined.id)
      expect(await connections().keyIds()).not.toContain(alone)
    })
  })
}
