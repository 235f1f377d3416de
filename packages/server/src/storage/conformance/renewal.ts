import { describe, expect, it } from 'vitest'
import type { RenewalOutcome } from '../contract.ts'
import { hour, now, racers, type Subject, times, uniqueId } from './subject.ts'
import { createConnection, fullContent, lease, leaseMs, renewed } from './vault-subject.ts'

export function renewalConformance(subject: Subject): void {
  const connections = () => subject.storage.connections
  const found = async (id: string) => {
    const connection = await connections().find(id)
    if (!connection) throw new Error('the connection is gone')
    return connection
  }
  const failed: RenewalOutcome = { kind: 'failed', failure: 'outage', retryAt: now + 9, keepJournal: false }
  const broken: RenewalOutcome = { kind: 'broken', reason: 'revoked', now: now + 3 }
  /** With a lease (fence 1) whose request was about to be sent. */
  const begun = async () => {
    const connection = await createConnection(subject.storage, fullContent())
    await lease(subject.storage, connection.id)
    await connections().begin(connection.id, 1, now + 1)
    return connection
  }

  describe('a lease', () => {
    it('V14: is given with what is to be renewed, and to nobody else while it lasts', async () => {
      const connection = await createConnection(subject.storage, fullContent())
      const leased = { ...connection, renewal: { fence: 1, failures: 0, leaseUntil: now + leaseMs } }
      expect(await lease(subject.storage, connection.id)).toStrictEqual(leased)
      expect(await lease(subject.storage, connection.id)).toBeUndefined()
      expect(await lease(subject.storage, connection.id, { now: now + leaseMs - 1 })).toBeUndefined()
      expect(await found(connection.id)).toStrictEqual(leased)
    })

    it('V14: can be taken over when it is over', async () => {
      const { id } = await createConnection(subject.storage)
      await lease(subject.storage, id)
      const second = await lease(subject.storage, id, { now: now + leaseMs })
      expect(second?.renewal).toMatchObject({ fence: 2, leaseUntil: now + 2 * leaseMs })
    })

    it('V14: is refused for another version, and for nobody', async () => {
      const connection = await createConnection(subject.storage)
      expect(await lease(subject.storage, connection.id, { version: 0 })).toBeUndefined()
      expect(await lease(subject.storage, connection.id, { version: 2 })).toBeUndefined()
      expect(await lease(subject.storage, uniqueId())).toBeUndefined()
      expect(await found(connection.id)).toStrictEqual(connection)
    })

    it('V15: is refused for what needs reconnecting', async () => {
      const { id } = await createConnection(subject.storage)
      await connections().markBroken(id, 1, 'revoked', now)
      const before = await found(id)
      expect(await lease(subject.storage, id)).toBeUndefined()
      expect(await found(id)).toStrictEqual(before)
    })

    it('V14: tells of an earlier request without an outcome', async () => {
      const { id } = await begun()
      const later = now + leaseMs
      expect((await lease(subject.storage, id, { now: later }))?.renewal.startedAt).toBe(now + 1)
      await connections().settle(id, 2, { kind: 'released' })
      expect((await lease(subject.storage, id, { now: later }))?.renewal.startedAt).toBe(now + 1)
    })

    it(`V14: of ${racers} at once one gets it`, async () => {
      const { id } = await createConnection(subject.storage)
      const leases = await Promise.all(times(racers, () => lease(subject.storage, id)))
      expect(leases.filter((given) => given !== undefined)).toHaveLength(1)
      expect((await found(id)).renewal.fence).toBe(1)
    })
  })

  describe('the journal', () => {
    it('V14: is begun by whoever holds the lease, while it lasts', async () => {
      const { id } = await createConnection(subject.storage)
      await lease(subject.storage, id)
      expect(await connections().begin(id, 0, now)).toBe(false)
      expect(await connections().begin(id, 2, now)).toBe(false)
      expect(await connections().begin(id, 1, now + leaseMs)).toBe(false)
      expect(await connections().begin(uniqueId(), 1, now)).toBe(false)
      expect((await found(id)).renewal).not.toHaveProperty('startedAt')
      expect(await connections().begin(id, 1, now + leaseMs - 1)).toBe(true)
      expect((await found(id)).renewal.startedAt).toBe(now + leaseMs - 1)
    })

    it('V14: is not begun without a lease', async () => {
      const { id } = await createConnection(subject.storage)
      expect(await connections().begin(id, 0, now)).toBe(false)
      await lease(subject.storage, id)
      await connections().settle(id, 1, { kind: 'released' })
      expect(await connections().begin(id, 1, now)).toBe(false)
    })
  })

  describe('an outcome', () => {
    it('V14: renewed tokens replace the old ones, and lease, journal and failures are over', async () => {
      const { id, ...connection } = await begun()
      await connections().settle(id, 1, { ...failed, keepJournal: true })
      await lease(subject.storage, id)
      const outcome = {
        ...renewed(1),
        expiresAt: now + 2 * hour,
        hardEndsAt: now + 3 * hour,
        sweepAt: now + hour,
        grantedScopes: ['a', 'b'],
      }
      expect(await connections().settle(id, 2, outcome)).toBe(true)
      const { kind: _, from: __, ...content } = outcome
      expect(await found(id)).toStrictEqual({
        ...{ ...connection, ...content, id },
        version: 2,
        renewal: { fence: 2, failures: 0 },
      })
    })

    it('V14: what a renewal leaves out is cleared', async () => {
      const { id } = await begun()
      expect(await connections().settle(id, 1, renewed(1))).toBe(true)
      const connection = await found(id)
      for (const name of ['expiresAt', 'hardEndsAt', 'sweepAt']) expect(connection).not.toHaveProperty(name)
      expect(connection).toMatchObject({
        label: 'ada@work.test',
        requestedScopes: fullContent().requestedScopes,
      })
    })

    it('V14: a warning that was sent is remembered, unless it was of an earlier end', async () => {
      const { id } = await begun()
      const { sweepAt = 0 } = await found(id)
      await connections().noteSwept(id, sweepAt, { warnedDays: 7 })
      expect(await connections().settle(id, 1, renewed(1))).toBe(true)
      expect((await found(id)).warnedDays).toBe(7)
      await lease(subject.storage, id, { version: 2 })
      expect(await connections().settle(id, 2, { ...renewed(2), warnAnew: true })).toBe(true)
      expect(await found(id)).not.toHaveProperty('warnedDays')
    })

    it('V14: failures count, and the journal is kept where the outcome is in doubt', async () => {
      const { id } = await begun()
      expect(await connections().settle(id, 1, { ...failed, keepJournal: true })).toBe(true)
      const inDoubt = { fence: 1, failures: 1, failure: 'outage', retryAt: now + 9, startedAt: now + 1 }
      expect((await found(id)).renewal).toStrictEqual(inDoubt)
      await lease(subject.storage, id)
      const second = { ...failed, failure: 'settings', retryAt: now + 10 }
      expect(await connections().settle(id, 2, second)).toBe(true)
      expect((await found(id)).renewal).toStrictEqual({
        ...{ fence: 2, failures: 2, failure: 'settings', retryAt: now + 10 },
      })
      expect(await found(id)).toMatchObject({ version: 1, sealed: expect.not.stringMatching(/^renewed$/) })
    })

    it('V15: a grant that is over needs reconnecting', async () => {
      const { id } = await begun()
      expect(await connections().settle(id, 1, broken)).toBe(true)
      const connection = await found(id)
      expect(connection.needsReconnect).toStrictEqual({ reason: 'revoked', since: now + 3 })
      expect(connection.renewal).toStrictEqual({ fence: 1, failures: 0 })
      expect(connection.version).toBe(1)
    })

    it('V14: a lease that is given back leaves the journal as it is', async () => {
      const { id, ...connection } = await begun()
      expect(await connections().settle(id, 1, { kind: 'released' })).toBe(true)
      expect(await found(id)).toStrictEqual({
        ...{ ...connection, id },
        renewal: { fence: 1, failures: 0, startedAt: now + 1 },
      })
      expect(await lease(subject.storage, id)).toBeDefined()
    })

    const outcomes: [string, RenewalOutcome][] = [
      ['renewed', renewed(1)],
      ['failed', failed],
      ['failed, in doubt', { ...failed, keepJournal: true }],
      ['broken', broken],
      ['released', { kind: 'released' }],
    ]

    it.each(outcomes)('V14: is not written with another fence: %s', async (_, outcome) => {
      const { id } = await begun()
      const before = await found(id)
      for (const fence of [0, 2]) expect(await connections().settle(id, fence, outcome)).toBe(false)
      expect(await connections().settle(uniqueId(), 1, outcome)).toBe(false)
      expect(await found(id)).toStrictEqual(before)
    })

    it.each(outcomes)('V14: is written late, as long as nobody has taken over: %s', async (_, outcome) => {
      const { id } = await begun()
      // No statement that settles knows the time: the lease is over as soon as somebody else may have it.
      expect(await connections().begin(id, 1, now + leaseMs)).toBe(false)
      expect(await connections().settle(id, 1, outcome)).toBe(true)
      expect((await found(id)).renewal).not.toHaveProperty('leaseUntil')
    })

    it.each(outcomes)('V14: is refused when somebody has taken over: %s', async (_, outcome) => {
      const { id } = await begun()
      await lease(subject.storage, id, { now: now + leaseMs })
      const before = await found(id)
      expect(await connections().settle(id, 1, outcome)).toBe(false)
      expect(await found(id)).toStrictEqual(before)
    })

    it('V11, V14: tokens that were re-sealed meanwhile are not overwritten with what is bound to the version before', async () => {
      const { id } = await begun()
      const anew = { sealed: 'sealed anew', keyId: 'key-2' }
      expect(await connections().reseal(id, 1, anew, now + leaseMs)).toBe(true)
      expect(await connections().settle(id, 1, renewed(1))).toBe(false)
      expect(await found(id)).toMatchObject({
        ...anew,
        version: 2,
        renewal: { fence: 1, startedAt: now + 1 },
      })
      expect(await connections().settle(id, 1, renewed(2))).toBe(true)
      expect(await found(id)).toMatchObject({ sealed: 'renewed', version: 3 })
    })

    it('V11: a seal that looks the same is not the same version', async () => {
      const { id, sealed, keyId } = await begun()
      await connections().reseal(id, 1, { sealed: 'between', keyId }, now + leaseMs)
      await connections().reseal(id, 2, { sealed, keyId }, now + leaseMs)
      expect(await connections().settle(id, 1, renewed(1))).toBe(false)
      expect(await lease(subject.storage, id, { version: 1, now: now + leaseMs })).toBeUndefined()
      expect(await connections().expire(id, 1, now)).toBe(false)
      expect(await connections().markBroken(id, 1, 'token_refused', now)).toBe(false)
      expect(await found(id)).toMatchObject({ sealed, version: 3 })
    })

    it('V14: the same renewal is written once', async () => {
      const { id } = await begun()
      expect(await connections().settle(id, 1, renewed(1))).toBe(true)
      expect(await connections().settle(id, 1, { ...renewed(1), sealed: 'twice' })).toBe(false)
      expect(await found(id)).toMatchObject({ sealed: 'renewed', version: 2 })
    })
  })

  describe('what services report', () => {
    it('an access token is over, while it is the one that was reported', async () => {
      const { id, ...connection } = await createConnection(subject.storage, fullContent())
      expect(await connections().expire(id, 2, now + 4)).toBe(false)
      expect(await connections().expire(uniqueId(), 1, now + 4)).toBe(false)
      expect(await found(id)).toStrictEqual({ ...connection, id })
      expect(await connections().expire(id, 1, now + 4)).toBe(true)
      expect(await found(id)).toStrictEqual({ ...connection, id, expiresAt: now + 4 })
    })

    it('V15: a connection is marked broken once, and no lease survives', async () => {
      const { id } = await begun()
      expect(await connections().markBroken(id, 2, 'token_refused', now)).toBe(false)
      expect(await connections().markBroken(uniqueId(), 1, 'token_refused', now)).toBe(false)
      expect(await found(id)).not.toHaveProperty('needsReconnect')
      expect(await connections().markBroken(id, 1, 'token_refused', now)).toBe(true)
      expect(await connections().markBroken(id, 1, 'expired', now + 1)).toBe(false)
      expect(await found(id)).toMatchObject({ needsReconnect: { reason: 'token_refused', since: now } })
      expect((await found(id)).renewal).toStrictEqual({ fence: 2, failures: 0 })
      expect(await connections().settle(id, 1, renewed(1))).toBe(false)
      expect(await connections().begin(id, 1, now)).toBe(false)
    })
  })
}
