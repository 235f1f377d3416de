import { expect, it } from 'vitest'
import { prepareRacing } from './racing.ts'
import {
  bareIdentity,
  bareKey,
  bareSession,
  bareUser,
  createSession,
  createUser,
  day,
  hour,
  now,
  processes,
  racers,
  type Subject,
  times,
  uniqueId,
} from './subject.ts'
import { consumedCalls, countsOf, outcomes, valuesOf } from './tally.ts'
import type { Call } from './volley.ts'

export function raceConformance(subject: Subject): void {
  const { race, raceApart } = prepareRacing(subject)
  const slow = { timeout: 30_000 + subject.codes * 200 }
  const keysOf = async (algorithm: string) =>
    (await subject.storage.signingKeys.list()).filter((key) => key.algorithm === algorithm)

  it(`A11, 29, 30: of ${racers} callers in ${processes} processes one consumes each code`, slow, async () => {
    for (let left = subject.codes; left > 0; left -= 1000) {
      const codes = times(Math.min(left, 1000), () => ({ kind: 'code' as const, key: uniqueId() }))
      await Promise.all(
        codes.map((code) =>
          subject.storage.oneTime.issue({ ...code, value: code.key, expiresAt: now + hour }),
        ),
      )
      const acknowledged = await race(codes.map((code) => ({ consumeOnce: [code, now] })))
      expect(outcomes(acknowledged)).toEqual({
        consumed: codes.length,
        replayed: codes.length * (racers - 1),
      })
      expect(consumedCalls(acknowledged)).toEqual(times(codes.length, (index) => index))
    }
  })

  it(`A26, 45: of ${racers} callers in ${processes} processes one sees each thing first`, slow, async () => {
    const calls = times(
      50,
      (): Call => ({
        consumeOnce: [{ kind: 'assertion', key: uniqueId() }, now, { expiresAt: now + hour }],
      }),
    )
    const acknowledged = await race(calls)
    expect(outcomes(acknowledged)).toEqual({ consumed: 50, replayed: 50 * (racers - 1) })
    expect(consumedCalls(acknowledged)).toEqual(times(50, (index) => index))
  })

  it(`A33, 31: ${racers} callers in ${processes} processes never fork a session`, slow, async () => {
    const { id } = await createSession(subject.storage)
    const generations = 40
    const move = (from: number): Call => ({
      rotate: [id, { to: from + 1, now: now + from, idleExpiresAt: now + day }],
    })
    const acknowledged = await race(times(generations, move))
    const taken = acknowledged.filter(({ answer }) => 'value' in answer && answer.value === true)
    const generationsTaken = taken.map(({ call }) => call).toSorted((a, b) => a - b)
    expect(generationsTaken).toEqual(times(generations, (index) => index))
    expect(await subject.storage.sessions.find(id)).toMatchObject({ counter: generations })
  })

  it('A12: a session that a replayed code yielded never stays alive', slow, async () => {
    const { id: userId } = await createUser(subject.storage)
    const codes = times(100, () => ({ kind: 'code' as const, key: uniqueId() }))
    await Promise.all(
      codes.map(async (code) => {
        await subject.storage.oneTime.issue({ ...code, value: '', expiresAt: now + hour })
        await subject.storage.oneTime.consumeOnce(code, now)
      }),
    )
    const sessions = codes.map(() => bareSession(userId))
    const redeem = sessions.map(
      (session, index): Call => ({
        createSession: [session, codes[index]?.key ?? ''],
      }),
    )
    const replay = codes.flatMap((code): Call[] => [
      { consumeOnce: [code, now] },
      { revokeByCode: [code.key, now, 'code_replayed'] },
    ])
    await raceApart((process) => (process === 0 ? redeem : replay))
    const found = await Promise.all(sessions.map(({ id }) => subject.storage.sessions.find(id)))
    expect(found.filter((session) => session && session.revokedAt === undefined)).toEqual([])
  })

  it(`R31: of ${racers} first sign-ins in ${processes} processes one creates the user`, slow, async () => {
    const identity = bareIdentity()
    const users = times(processes, () => times(5, bareUser))
    const acknowledged = await raceApart((process) =>
      (users[process] ?? []).map((user): Call => {
        return { createWithIdentity: [user, { ...identity, id: uniqueId() }] }
      }),
    )
    const created = valuesOf(acknowledged).filter((value) => value === 'created')
    expect(created).toHaveLength(1)
    const found = await Promise.all(users.flat().map(({ id }) => subject.storage.users.find(id)))
    expect(found.filter((user) => user !== undefined)).toHaveLength(1)
  })

  it(`X10: of ${processes} processes that start at once one adds the first key`, slow, async () => {
    const algorithm = uniqueId()
    const answers = await raceApart(() => [{ addFirst: [{ ...bareKey(), algorithm }] }])
    expect(countsOf(answers, true)).toEqual([1])
    expect(await keysOf(algorithm)).toHaveLength(1)
  })

  it(`X10: ${processes} processes that rotate a key at once agree on its successor`, slow, async () => {
    const algorithm = uniqueId()
    const rounds = 20
    const first = { ...bareKey(), algorithm, activatedAt: now }
    await subject.storage.signingKeys.addFirst(first)
    for (let round = 1; round <= rounds; round += 1) {
      const after = (await keysOf(algorithm)).at(-1)?.kid ?? ''
      const added = await raceApart(() => [{ addNext: [{ ...bareKey(), algorithm }, after] }])
      expect(countsOf(added, true)).toEqual([1])
      const next = (await keysOf(algorithm)).at(-1)?.kid ?? ''
      const activated = await race([{ activate: [next, now + round] }])
      expect(countsOf(activated, true)).toEqual([1])
    }
    const keys = await keysOf(algorithm)
    expect(keys.map(({ activatedAt }) => activatedAt)).toEqual(times(rounds + 1, (index) => now + index))
    expect(keys.map(({ retiredAt }) => retiredAt)).toEqual([
      ...times(rounds, (index) => now + index + 1),
      undefined,
    ])
  })

  it(`X10: keys that ${processes} processes activate at once leave the last one`, slow, async () => {
    const algorithm = uniqueId()
    const keys = times(40, () => ({ ...bareKey(), algorithm }))
    await subject.storage.signingKeys.addFirst(keys[0] ?? bareKey())
    for (const [index, key] of keys.slice(1).entries()) {
      await subject.storage.signingKeys.addNext(key, keys[index]?.kid ?? '')
    }
    const forward = keys.map(({ kid }): Call => ({ activate: [kid, now] }))
    await raceApart((process) => (process % 2 === 0 ? forward : forward.toReversed()))
    const signing = (await keysOf(algorithm)).filter(({ retiredAt }) => retiredAt === undefined)
    expect(signing).toStrictEqual([{ ...keys.at(-1), activatedAt: now }])
  })
}
