import { expect, it } from 'vitest'
import { openStorage } from '../index.ts'
import { type Child, startChild, withChildren } from './children.ts'
import {
  bareSession,
  callersInProcess,
  createUser,
  hour,
  now,
  processes,
  type Subject,
  times,
  uniqueId,
} from './subject.ts'
import { consumedCalls, succeededCalls } from './tally.ts'
import type { Acknowledgement, Call, Volley } from './volley.ts'

export function crashConformance(subject: Subject): void {
  const slow = { timeout: 30_000 + subject.codes * 200 }

  it(
    'A11, 30, reliability R1: no code is consumed twice although processes are killed meanwhile',
    slow,
    async () => {
      for (let left = subject.codes; left > 0; left -= 1000) {
        const codes = times(Math.min(left, 1000), () => ({ kind: 'code' as const, key: uniqueId() }))
        await Promise.all(
          codes.map((code) =>
            subject.storage.oneTime.issue({ ...code, value: code.key, expiresAt: now + hour }),
          ),
        )
        const volley = {
          callers: callersInProcess,
          calls: codes.map((code): Call => ({ consumeOnce: [code, now] })),
        }
        const acknowledged = await withChildren(subject.config, processes, (children) =>
          fireAndKill(subject, children, volley, [codes.length, codes.length * 4]),
        )

        const consumed = consumedCalls(acknowledged)
        expect(new Set(consumed).size).toBe(consumed.length)
        const again = await Promise.all(codes.map((code) => subject.storage.oneTime.consumeOnce(code, now)))
        expect(again).toEqual(codes.map(({ key }) => ({ outcome: 'replayed', value: key })))
      }
      await subject.inspect()
    },
  )

  it(
    'reliability R3: nothing acknowledged is lost when all processes are killed, and the database opens again',
    slow,
    async () => {
      const { id: userId } = await createUser(subject.storage)
      const codes = times(processes, () => times(300, () => ({ kind: 'code' as const, key: uniqueId() })))
      const sessions = times(processes, () => times(300, () => bareSession(userId)))
      const volleys = times(
        processes,
        (process): Volley => ({
          callers: 1,
          calls: times(300, (index): Call[] => {
            const [code, session] = [codes[process]?.[index], sessions[process]?.[index]]
            if (!code || !session) throw new Error('as many as were made')
            return [
              { issue: [{ ...code, value: 'kept', expiresAt: now + hour }] },
              { createSession: [session, uniqueId()] },
            ]
          }).flat(),
        }),
      )

      const acknowledged = await withChildren(subject.config, processes, async (children) => {
        let count = 0
        let killed: Promise<unknown> | undefined
        const onAcknowledged = (): void => {
          count += 1
          if (count === 500) killed = Promise.all(children.map((child) => child.kill()))
        }
        const fired = await Promise.all(
          children.map((child, index) =>
            child.fire(volleys[index] ?? { callers: 0, calls: [] }, onAcknowledged),
          ),
        )
        await killed
        return fired
      })
      expect(acknowledged.flat().length).toBeGreaterThanOrEqual(500)

      const reopened = await openStorage(subject.config)
      try {
        await reopened.ping()
        for (const [process, calls] of acknowledged.map(succeededCalls).entries()) {
          const issued = codes[process]?.filter((_, index) => calls.has(2 * index)) ?? []
          const consumed = issued.map((code) => reopened.oneTime.consumeOnce(code, now))
          expect(await Promise.all(consumed)).toEqual(
            issued.map(() => ({ outcome: 'consumed', value: 'kept' })),
          )
          const created = sessions[process]?.filter((_, index) => calls.has(2 * index + 1)) ?? []
          expect(await Promise.all(created.map(({ id }) => reopened.sessions.find(id)))).toEqual(created)
        }
      } finally {
        await reopened.close()
      }
      await subject.inspect()
    },
  )
}

/**
 * Fires the volley from every process and kills one of them each time so many calls have been acknowledged; a
 * new process takes its place and fires the volley from its beginning.
 */
async function fireAndKill(
  subject: Subject,
  children: Child[],
  volley: Volley,
  killAt: number[],
): Promise<Acknowledgement[]> {
  const successors: Promise<Acknowledgement[]>[] = []
  const deadlines = [...killAt]
  let count = 0

  const succeed = async (victim: Child): Promise<Acknowledgement[]> => {
    await victim.kill()
    const successor = await startChild(subject.config)
    try {
      return await successor.fire(volley)
    } finally {
      await successor.kill()
    }
  }
  const onAcknowledged = (): void => {
    count += 1
    if (count !== deadlines[0]) return
    deadlines.shift()
    const victim = children[deadlines.length]
    if (victim) successors.push(succeed(victim))
  }

  const first = await Promise.all(children.map((child) => child.fire(volley, onAcknowledged)))
  expect(deadlines).toEqual([])
  return [...first, ...(await Promise.all(successors))].flat()
}
