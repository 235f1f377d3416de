import { describe, expect, it } from 'vitest'
import { bareUser, createUser, day, hour, now, type Subject, uniqueId } from './subject.ts'
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
  renewed,
} from './vault-subject.ts'

export function connectingConformance(subject: Subject): void {
  const connections = () => subject.storage.connections
  const quarantine = () => subject.storage.quarantine
  /** Whether tokens may still be taken out of quarantine; asking takes them out. */
  const isThere = (id: string) => quarantine().drop(id)

  describe('connect', () => {
    it('V02: takes the tokens out of quarantine, once', async () => {
      const connection = bareConnection((await createUser(subject.storage)).id)
      const entry = quarantinedOf(connection)
      await quarantine().put(entry)
      expect(await connections().connect(entry.id, now, connection)).toBe('done')
      expect(await isThere(entry.id)).toBe(false)
      const again = { ...connection, id: uniqueId() }
      expect(await connections().connect(entry.id, now, again)).toBe('gone')
      expect(await connections().find(connection.id)).toStrictEqual(asFound(connection))
      expect(await connections().find(again.id)).toBeUndefined()
    })

    it('V02: tokens that are due, hastened or claimed are not to be had', async () => {
      const connection = bareConnection((await createUser(subject.storage)).id)
      const [due, hastened, claimed] = [
        quarantinedOf(connection),
        quarantinedOf(connection),
        quarantinedOf(connection),
      ]
      for (const entry of [due, hastened, claimed]) await quarantine().put(entry)
      await quarantine().hasten(hastened.id, now)
      await quarantine().claim(claimed.id, now + day)
      expect(await connections().connect(due.id, due.dueAt, connection)).toBe('gone')
      expect(await connections().connect(hastened.id, now, connection)).toBe('gone')
      expect(await connections().connect(claimed.id, now, connection)).toBe('gone')
      expect(await connections().connect(uniqueId(), now, connection)).toBe('gone')
      expect(await connections().find(connection.id)).toBeUndefined()
      expect(await connections().connect(due.id, due.dueAt - 1, connection)).toBe('done')
      expect(await isThere(hastened.id)).toBe(true)
      expect(await isThere(claimed.id)).toBe(true)
    })

    it('V02, V09: nobody gets the tokens of somebody else, nor of another account', async () => {
      const connection = bareConnection((await createUser(subject.storage)).id)
      const { id: theirs } = await createUser(subject.storage)
      for (const change of [{ userId: theirs }, { provider: 'other' }, { subject: uniqueId() }]) {
        const entry = { ...quarantinedOf(connection), ...change }
        await quarantine().put(entry)
        expect(await connections().connect(entry.id, now, connection)).toBe('gone')
        expect(await isThere(entry.id)).toBe(true)
      }
      expect(await connections().find(connection.id)).toBeUndefined()
    })

    it('V10: a user who is disabled, erased or was never there gets none, and the tokens stay', async () => {
      const disabled = await createUser(subject.storage)
      await subject.storage.users.disable(disabled.id, now)
      const erased = await createUser(subject.storage)
      await subject.storage.users.erase(erased.id, now)
      for (const { id } of [disabled, erased, bareUser()]) {
        const connection = bareConnection(id)
        const entry = quarantinedOf(connection)
        await quarantine().put(entry)
        expect(await connections().connect(entry.id, now, connection)).toBe('refused')
        expect(await connections().find(connection.id)).toBeUndefined()
        expect(await isThere(entry.id)).toBe(true)
      }
    })

    it('V09: an account that has a connection keeps it, and the tokens stay', async () => {
      const first = await createConnection(subject.storage, fullContent())
      const second = { ...first, ...bareContent(), id: uniqueId() }
      const entry = quarantinedOf(first)
      await quarantine().put(entry)
      expect(await connections().connect(entry.id, now, second)).toBe('conflict')
      expect(await connections().find(first.id)).toStrictEqual(first)
      expect(await connections().find(second.id)).toBeUndefined()
      expect(await isThere(entry.id)).toBe(true)
    })

    it('V09: the same account may be connected by two users, and a user may connect two', async () => {
      const first = await createConnection(subject.storage)
      const { id: userId } = await createUser(subject.storage)
      const theirs = { ...bareConnection(userId), subject: first.subject }
      expect(await connect(subject.storage, theirs)).toBe('done')
      expect(await connect(subject.storage, bareConnection(first.userId))).toBe('done')
      expect(await connect(subject.storage, { ...first, id: uniqueId(), provider: 'other' })).toBe('done')
    })

    it('an id that exists is refused, and the tokens stay', async () => {
      const first = await createConnection(subject.storage)
      const same = { ...bareConnection(first.userId), id: first.id }
      const entry = quarantinedOf(same)
      await quarantine().put(entry)
      const connecting = connections().connect(entry.id, now, same)
      await expect(connecting).rejects.toMatchObject({ name: 'StorageError', code: 'duplicate' })
      expect(await connections().find(first.id)).toStrictEqual(first)
      expect(await isThere(entry.id)).toBe(true)
    })
  })

  describe('reconnect', () => {
    const prepare = async () => {
      const connection = await createConnection(subject.storage, fullContent())
      const entry = quarantinedOf(connection)
      await quarantine().put(entry)
      return { connection, entry }
    }

    it('V09: replaces everything but the account, and clears what was before', async () => {
      const { connection, entry } = await prepare()
      const { id } = connection
      await connections().noteUsed(id, now + 5, now)
      await connections().noteSwept(id, connection.sweepAt ?? 0, { sweepAt: now, warnedDays: 7 })
      const failed = { kind: 'failed', failure: 'outage', retryAt: now + 1, keepJournal: true } as const
      await lease(subject.storage, id)
      await connections().begin(id, 1, now)
      await connections().settle(id, 1, failed)
      await lease(subject.storage, id)
      await connections().markBroken(id, 1, 'revoked', now)
      expect(await connections().reconnect(entry.id, now, id, 1, bareContent())).toBe('done')
      const { userId, provider, subject: account, connectedAt } = connection
      expect(await connections().find(id)).toStrictEqual({
        ...bareContent(),
        ...{ id, userId, provider, subject: account, connectedAt },
        lastUsedAt: now + 5,
        version: 2,
        renewal: { fence: 4, failures: 0 },
      })
      expect(await isThere(entry.id)).toBe(false)
      const full = fullContent()
      const second = quarantinedOf(connection)
      await quarantine().put(second)
      expect(await connections().reconnect(second.id, now, id, 2, full)).toBe('done')
      expect(await connections().find(id)).toMatchObject({ ...full, version: 3, renewal: { fence: 5 } })
    })

    it('V14: a renewal under way can write nothing any more', async () => {
      const { connection, entry } = await prepare()
      await lease(subject.storage, connection.id)
      await connections().begin(connection.id, 1, now)
      await connections().reconnect(entry.id, now, connection.id, 1, bareContent())
      const before = await connections().find(connection.id)
      expect(before?.renewal).toStrictEqual({ fence: 2, failures: 0 })
      expect(await connections().begin(connection.id, 1, now)).toBe(false)
      expect(await connections().settle(connection.id, 1, renewed(1))).toBe(false)
      expect(await connections().settle(connection.id, 1, renewed(2))).toBe(false)
      expect(await connections().settle(connection.id, 1, { kind: 'released' })).toBe(false)
      expect(await connections().find(connection.id)).toStrictEqual(before)
      expect(await lease(subject.storage, connection.id, { version: 2 })).toBeDefined()
    })

    it('V09: a version that has moved on, another account and one that is gone are conflicts', async () => {
      const { connection, entry } = await prepare()
      const other = await createConnection(subject.storage, { userId: connection.userId })
      const reconnect = (id: string, from: number) =>
        connections().reconnect(entry.id, now, id, from, bareContent())
      expect(await reconnect(connection.id, 2)).toBe('conflict')
      expect(await reconnect(other.id, 1)).toBe('conflict')
      expect(await reconnect(uniqueId(), 1)).toBe('conflict')
      expect(await connections().find(connection.id)).toStrictEqual(connection)
      expect(await connections().find(other.id)).toStrictEqual(other)
      expect(await isThere(entry.id)).toBe(true)
    })

    it('V02: tokens that are due, claimed or gone are not to be had', async () => {
      const { connection, entry } = await prepare()
      const reconnect = (entryId: string, at: number) =>
        connections().reconnect(entryId, at, connection.id, 1, bareContent())
      expect(await reconnect(entry.id, now + hour)).toBe('gone')
      expect(await reconnect(uniqueId(), now)).toBe('gone')
      await quarantine().claim(entry.id, now + hour)
      expect(await reconnect(entry.id, now)).toBe('gone')
      expect(await connections().find(connection.id)).toStrictEqual(connection)
      expect(await isThere(entry.id)).toBe(true)
    })

    it('V10: a user who is disabled gets none, and the tokens stay', async () => {
      const { connection, entry } = await prepare()
      const reconnect = () => connections().reconnect(entry.id, now, connection.id, 1, bareContent())
      await subject.storage.users.disable(connection.userId, now)
      expect(await reconnect()).toBe('refused')
      expect(await connections().find(connection.id)).toStrictEqual(connection)
      expect(await isThere(entry.id)).toBe(true)
    })
  })

  describe('remove', () => {
    it('V10: the connection is gone and its tokens are in quarantine', async () => {
      const connection = await createConnection(subject.storage)
      const entry = { ...quarantinedOf(connection), sealed: 'for quarantine', attempts: 1, dueAt: now + 7 }
      expect(await connections().remove(connection.id, 1, entry)).toBe(true)
      expect(await connections().find(connection.id)).toBeUndefined()
      expect(await connections().remove(connection.id, 1, bareQuarantined('u'))).toBe(false)
      expect(await quarantine().claim(entry.id, now + day)).toStrictEqual({
        ...entry,
        dueAt: now + day,
        attempts: 2,
      })
    })

    it('V10, V14: what has moved on stays, and nothing comes into quarantine', async () => {
      const connection = await createConnection(subject.storage)
      await lease(subject.storage, connection.id)
      await connections().settle(connection.id, 1, renewed(1))
      const entry = quarantinedOf(connection)
      expect(await connections().remove(connection.id, 1, entry)).toBe(false)
      expect(await connections().remove(uniqueId(), 1, entry)).toBe(false)
      expect(await isThere(entry.id)).toBe(false)
      expect(await connections().find(connection.id)).toMatchObject({ version: 2 })
      expect(await connections().remove(connection.id, 2, entry)).toBe(true)
    })

    it('V10: an id that quarantine has already leaves the connection where it is', async () => {
      const connection = await createConnection(subject.storage)
      const entry = quarantinedOf(connection)
      await quarantine().put(entry)
      const removing = connections().remove(connection.id, 1, entry)
      await expect(removing).rejects.toMatchObject({ name: 'StorageError', code: 'duplicate' })
      expect(await connections().find(connection.id)).toStrictEqual(connection)
    })

    it('V10: the account may be connected again', async () => {
      const connection = await createConnection(subject.storage)
      await connections().remove(connection.id, 1, quarantinedOf(connection))
      expect(await connect(subject.storage, { ...connection, id: uniqueId() })).toBe('done')
    })
  })
}
