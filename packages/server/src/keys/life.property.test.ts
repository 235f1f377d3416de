import fc from 'fast-check'
import { expect, it } from 'vitest'
import { StorageError } from '../storage/index.ts'
import { openRoom, type Reach, type Room, reach } from './keys.fixture.ts'
import { jwksMaxAgeSeconds, keyTimes, pollMs } from './life.ts'
import type { SigningAlgorithm } from './signing-key.ts'
import { openSigningKeys, type SigningKeys } from './signing-keys.ts'

// Processes over one database, rotated, restarted, cut off and set back by a few seconds, and verifiers that ask any of
// them for keys and keep the answer as long as they may. The verifiers are the model: whatever happens, they know the key
// of every token that lives, without asking again out of turn.

type Action =
  | { do: 'pass'; ms: number }
  | { do: 'sign'; at: number[] }
  | { do: 'rotate'; at: number[] }
  | { do: 'cut_off'; at: number }
  | { do: 'restart'; at: number; algorithm: SigningAlgorithm }

interface Process {
  keys: SigningKeys
  reached: Reach
  tendedAt: number
}
interface Token {
  kid: string
  expiresAt: number
}

const count = 3
const lifetime = 120
const which = fc.nat({ max: count - 1 })
const several = fc.array(which, { minLength: 1, maxLength: 4 })
const seconds = (most: number) => fc.integer({ min: 1, max: most }).map((many) => many * 1000)
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: seconds(4) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: seconds(400) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: seconds(900) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('sign' as const), at: several }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('rotate' as const), at: several }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut_off' as const), at: which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('restart' as const),
      at: which,
      algorithm: fc.constantFrom<SigningAlgorithm>('ES256', 'ES256', 'EdDSA'),
    }),
  },
)
const skew = fc.integer({ min: -3_000, max: 3_000 })

async function startWorld(room: Room, skews: readonly number[]) {
  const processes: Process[] = []
  const tokens: Token[] = []
  const caches = skews.map(() => ({ kids: new Set<unknown>(), at: Number.NEGATIVE_INFINITY }))
  const begun = new Set<string>()
  const now = () => room.clock.time

  async function open(index: number, algorithm: SigningAlgorithm): Promise<void> {
    const reached = reach(room.storage.signingKeys)
    const clock = { now: () => now() + (skews[index] ?? 0) }
    const tools = { store: reached.store, clock, algorithm, accessTokenSeconds: lifetime }
    const keys = await openSigningKeys(room.process(tools))
    processes[index] = { keys, reached, tendedAt: now() }
    await keys.tend()
  }
  await Promise.all(skews.map((_, index) => open(index, 'ES256')))

  const reachable = () => processes.filter(({ reached }) => reached.fails === undefined)

  async function pass(ms: number): Promise<void> {
    room.clock.time += ms
    await Promise.all(
      reachable()
        .filter(({ tendedAt }) => now() - tendedAt >= pollMs)
        .map(async (process) => {
          process.tendedAt = now()
          await process.keys.tend()
        }),
    )
  }

  async function sign(at: number): Promise<void> {
    const process = processes[at]
    if (process === undefined) return
    try {
      const { kid } = await process.keys.signer(lifetime)
      tokens.push({ kid, expiresAt: now() + lifetime * 1000 })
      begun.add(kid)
    } catch (error) {
      if (process.reached.fails === undefined || error !== process.reached.fails) throw error
    }
  }

  async function act(action: Action): Promise<void> {
    switch (action.do) {
      case 'pass':
        return pass(action.ms)
      case 'sign':
        await Promise.all(action.at.map(sign))
        return
      case 'rotate':
        await Promise.all(
          action.at.map(async (at) => {
            const process = processes[at]
            if (process?.reached.fails === undefined) await process?.keys.rotate('planned')
          }),
        )
        return
      case 'cut_off': {
        const process = processes[action.at]
        if (process !== undefined) process.reached.fails = new StorageError('unavailable', 'cut off')
        return
      }
      case 'restart':
        await open(action.at, action.algorithm)
    }
  }

  /** Each verifier asks another process each time. */
  function check(turn: number): void {
    const living = tokens.filter(({ expiresAt }) => now() <= expiresAt + keyTimes.toleranceMs - 6_000)
    for (const [index, cache] of caches.entries()) {
      const all = reachable()
      const asked = all[(turn + index) % Math.max(all.length, 1)]
      if (asked !== undefined && now() - cache.at >= jwksMaxAgeSeconds * 1000) {
        cache.kids = new Set(asked.keys.published().keys.map(({ kid }) => kid))
        cache.at = now()
      }
      // With nobody left to ask, the verifiers are not to blame.
      if (all.length > 0) for (const { kid } of living) expect(cache.kids).toContain(kid)
    }
  }
  return { act, check, open, pass, begun }
}

it('A44 X10 R6 whatever happens, every living token verifies, and keys come and go', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 20, maxLength: 60 }),
      fc.tuple(skew, skew, skew),
      async (actions, skews) => {
        const room = await openRoom()
        try {
          const world = await startWorld(room, skews)
          const [first] = await room.storage.signingKeys.list()
          for (const [turn, action] of actions.entries()) {
            await world.act(action)
            world.check(turn)
          }
          for (const index of skews.keys()) await world.open(index, 'ES256')
          for (let round = 0; round < 12; round++) await world.pass(keyTimes.leadMs)
          const rows = await room.storage.signingKeys.list()
          expect(rows.map(({ algorithm, activatedAt }) => [algorithm, activatedAt === undefined])).toEqual([
            ['ES256', false],
            ['ES256', true],
          ])
          const told = room.events.map(({ data }) => data.kid)
          expect(new Set(told).size, 'a rotation is told of once').toBe(told.length)
          for (const kid of world.begun) if (kid !== first?.kid) expect(told).toContain(kid)
        } finally {
          await room.storage.close()
        }
      },
    ),
    { numRuns: 25, endOnFailure: true },
  )
}, 60_000)
