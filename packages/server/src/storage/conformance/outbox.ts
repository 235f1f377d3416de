import { expect, it } from 'vitest'
import type { OutboxMessage } from '../contract.ts'
import { day, idsOf, now, type Subject, uniqueId } from './subject.ts'
import { bareMessage } from './vault-subject.ts'

export function outboxConformance(subject: Subject): void {
  const outbox = () => subject.storage.outbox
  const add = async (changes: Partial<OutboxMessage> = {}) => {
    const message = { ...bareMessage(), ...changes }
    await outbox().add([message])
    return message
  }
  const until = now + day
  /** Long before what other tests put there is due. */
  const early = -1_000_000

  it('a message comes back whole, claimed', async () => {
    const message = await add({ dueAt: early, attempts: 2, body: '{"a":"ü"}' })
    expect(await outbox().claimDue(early, until, 10)).toStrictEqual([
      { ...message, dueAt: until, attempts: 3 },
    ])
    expect(await outbox().claimDue(early, until, 10)).toEqual([])
  })

  it('a message that is there already is left as it is, and the others are added', async () => {
    const first = await add({ dueAt: early })
    const second = { ...bareMessage(), dueAt: early, createdAt: now + 1 }
    await outbox().add([{ ...first, body: 'again', attempts: 9 }, second])
    await outbox().add([])
    expect(await outbox().claimDue(early, until, 10)).toStrictEqual([
      { ...first, dueAt: until, attempts: 1 },
      { ...second, dueAt: until, attempts: 1 },
    ])
  })

  it('messages are added all or none', async () => {
    const message = { ...bareMessage(), dueAt: early }
    // No column takes it: what a caller's mistake would look like.
    const wrong: OutboxMessage = { ...bareMessage(), dueAt: 0.5 }
    await expect(outbox().add([message, wrong])).rejects.toMatchObject({ code: 'constraint' })
    expect(await outbox().claimDue(early, until, 10)).toEqual([])
  })

  it('what is due first is claimed first, and told oldest first', async () => {
    const [later, sooner, ahead] = [
      await add({ dueAt: early + 1, createdAt: now }),
      await add({ dueAt: early, createdAt: now + 1 }),
      await add({ dueAt: early + 2 }),
    ]
    expect(idsOf(await outbox().claimDue(early + 1, early + 1, 1))).toEqual([sooner.id])
    expect(idsOf(await outbox().claimDue(early + 1, until, 10))).toEqual([later.id, sooner.id])
    expect(idsOf(await outbox().claimDue(early + 2, until, 10))).toEqual([ahead.id])
  })

  it('a message is postponed, dropped once, and counted', async () => {
    const before = await outbox().count()
    const { id } = await add({ dueAt: until })
    await add({ dueAt: until })
    expect(await outbox().count()).toBe(before + 2)
    await outbox().postpone(id, early)
    await outbox().postpone(uniqueId(), early)
    expect(idsOf(await outbox().claimDue(early, until, 10))).toEqual([id])
    expect(await outbox().drop(id)).toBe(true)
    expect(await outbox().drop(id)).toBe(false)
    expect(await outbox().count()).toBe(before + 1)
  })
  it('the backlog is counted as far as it was asked for, with the oldest of those that are due first', async () => {
    const before = await outbox().count()
    await add({ dueAt: early, createdAt: early + 2 })
    await add({ dueAt: early + 1, createdAt: early })
    expect(await outbox().backlog(1)).toEqual({ count: 1, oldestAt: early + 2 })
    expect(await outbox().backlog(2)).toEqual({ count: 2, oldestAt: early })
    expect(await outbox().backlog(10_000)).toMatchObject({ count: before + 2 })
    for (const id of idsOf(await outbox().claimDue(early + 1, until, 10))) await outbox().drop(id)
    expect((await outbox().backlog(10_000)).count).toBe(before)
  })
}
