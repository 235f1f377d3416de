import { expect, it } from 'vitest'
import { createUser, day, hour, idsOf, now, type Subject, times, uniqueId } from './subject.ts'
import { bareQuarantined } from './vault-subject.ts'

export function quarantineConformance(subject: Subject): void {
  const quarantine = () => subject.storage.quarantine
  const put = async (changes: Partial<ReturnType<typeof bareQuarantined>> = {}) => {
    const entry = { ...bareQuarantined(uniqueId()), ...changes }
    await quarantine().put(entry)
    return entry
  }
  const until = now + day
  /** Long before what other tests put there is due. */
  const early = -1_000_000

  it('V10: an entry comes back whole, claimed; nobody has to own it', async () => {
    const entry = await put({ subject: uniqueId(), attempts: 3, dueAt: now })
    expect(await quarantine().claim(entry.id, until)).toStrictEqual({ ...entry, dueAt: until, attempts: 4 })
    expect(await quarantine().claim(uniqueId(), until)).toBeUndefined()
  })

  it('V02: an entry is read, claimed or not', async () => {
    const entry = await put()
    expect(await quarantine().find(entry.id)).toStrictEqual(entry)
    expect(await quarantine().find(uniqueId())).toBeUndefined()
    const claimed = await quarantine().claim(entry.id, until)
    expect(await quarantine().find(entry.id)).toStrictEqual(claimed)
  })

  it('an id that exists is refused, and the first entry stays', async () => {
    const entry = await put()
    const again = quarantine().put({ ...entry, sealed: 'another' })
    await expect(again).rejects.toMatchObject({ name: 'StorageError', code: 'duplicate' })
    expect(await quarantine().claim(entry.id, until)).toMatchObject({ sealed: entry.sealed })
  })

  it('V10: outlives its user', async () => {
    const { id: userId } = await createUser(subject.storage)
    const entry = await put({ userId })
    await subject.storage.users.erase(userId, now)
    expect(await quarantine().claim(entry.id, until)).toMatchObject({ userId })
  })

  it('V10: what is due is claimed, earliest first, and is not due again before its time', async () => {
    const [later, ahead, sooner] = [
      await put({ dueAt: early + 1 }),
      await put({ dueAt: early + 2 }),
      await put({ dueAt: early }),
    ]
    expect(await quarantine().claimDue(early - 1, until, 10)).toEqual([])
    expect(await quarantine().claimDue(early + 1, until, 0)).toEqual([])
    expect(await quarantine().claimDue(early + 1, early + 3, 1)).toStrictEqual([
      { ...sooner, dueAt: early + 3, attempts: 1 },
    ])
    expect(idsOf(await quarantine().claimDue(early + 1, early + 3, 10))).toEqual([later.id])
    expect(await quarantine().claimDue(early + 1, until, 10)).toEqual([])
    const all = await quarantine().claimDue(early + 3, until, 10)
    expect(new Set(idsOf(all))).toEqual(new Set([sooner.id, later.id, ahead.id]))
    expect(all.find(({ id }) => id === sooner.id)).toMatchObject({ attempts: 2, dueAt: until })
  })

  it('V02: is hastened and postponed', async () => {
    const { id } = await put()
    expect(await quarantine().hasten(id, early)).toBe(true)
    expect(await quarantine().hasten(uniqueId(), early)).toBe(false)
    expect(idsOf(await quarantine().claimDue(early, until, 10))).toEqual([id])
    await quarantine().postpone(id, early + 5)
    await quarantine().postpone(uniqueId(), early)
    expect(await quarantine().claimDue(early + 4, until, 10)).toEqual([])
    expect(await quarantine().claimDue(early + 5, until, 10)).toMatchObject([{ id, attempts: 2 }])
  })

  it('V10: is dropped once', async () => {
    const { id } = await put()
    expect(await quarantine().drop(id)).toBe(true)
    expect(await quarantine().drop(id)).toBe(false)
    expect(await quarantine().hasten(id, now)).toBe(false)
    expect(await quarantine().claim(id, now + hour)).toBeUndefined()
  })

  it('V11: gets a new seal while it has the old one', async () => {
    const entry = await put()
    const to = { sealed: 'sealed anew', keyId: 'key-2' }
    expect(await quarantine().reseal(entry.id, 'another', to)).toBe(false)
    expect(await quarantine().reseal(entry.id, entry.sealed, to)).toBe(true)
    expect(await quarantine().reseal(entry.id, entry.sealed, to)).toBe(false)
    expect(await quarantine().reseal(uniqueId(), entry.sealed, to)).toBe(false)
    expect(await quarantine().claim(entry.id, until)).toMatchObject({ ...to, attempts: 1 })
  })

  it('V11: those that are sealed otherwise are told in order of id, page by page', async () => {
    const current = uniqueId()
    const entries = await Promise.all(times(4, (index) => put(index === 1 ? { keyId: current } : {})))
    const all = await quarantine().listSealedOtherwise(current, 10_000)
    expect(idsOf(all)).toEqual(idsOf(all).toSorted())
    const otherwise = entries.filter(({ keyId }) => keyId !== current)
    expect(all).toEqual(expect.arrayContaining(otherwise))
    expect(all.filter(({ keyId }) => keyId === current)).toEqual([])
    const [first, second] = idsOf(all)
    expect(idsOf(await quarantine().listSealedOtherwise(current, 1))).toEqual([first])
    expect(idsOf(await quarantine().listSealedOtherwise(current, 1, first))).toEqual([second])
    expect(await quarantine().listSealedOtherwise(current, 1, idsOf(all).at(-1))).toEqual([])
  })
}
