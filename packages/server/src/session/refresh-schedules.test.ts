// Refresh under every order of events that chance comes upon: the real code, held up between its statements.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStorage } from '../storage/index.ts'
import { broken } from './refresh-rules.fixture.ts'
import { type Run, run, type Step, sessionOf } from './refresh-run.fixture.ts'
import { memoryWorld, sqliteWorlds } from './refresh-world.fixture.ts'

/** In all; LATCHKEY_SCHEDULES asks for more. */
const schedules = Number(process.env.LATCHKEY_SCHEDULES ?? 100_000)
const patient = { timeout: 3_600_000 }

const fault = fc.option(
  fc.record({ statement: fc.nat(3), effect: fc.constantFrom('none' as const, 'done' as const) }),
  { nil: undefined, freq: 4 },
)
const client = fc.constantFrom('own' as const, 'own' as const, 'own' as const, 'foreign' as const)
const refresh = fc.record({
  do: fc.constant('refresh' as const),
  lost: fc.boolean(),
  hookFails: fc.integer({ min: 0, max: 9 }).map((n) => n === 9),
  fault,
})
const ofBrowsersAndOperators: fc.WeightedArbitrary<Step>[] = [
  { weight: 8, arbitrary: refresh },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 1000, 29_999, 30_000, 600_000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('copy' as const, 'restore' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('end' as const, 'disable' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('sign out' as const), token: fc.nat(9), client, fault }),
  },
]
const ofStrangers: fc.WeightedArbitrary<Step> = {
  weight: 3,
  arbitrary: fc.record({
    do: fc.constant('present' as const),
    token: fc.nat(9),
    key: fc.constantFrom('wrong' as const, 'none' as const),
    client,
    fault,
  }),
}
const ofWhoeverHasTheKey: fc.WeightedArbitrary<Step> = {
  weight: 8,
  arbitrary: fc.record({
    do: fc.constant('present' as const),
    token: fc.nat(9),
    key: fc.constantFrom('right' as const, 'right' as const, 'wrong' as const),
    client,
    fault,
  }),
}
const choices = fc.array(fc.nat(7), { minLength: 1, maxLength: 20 })
const program = (...steps: fc.WeightedArbitrary<Step>[]) =>
  fc.array(fc.oneof(...steps), { minLength: 2, maxLength: 8 })

const cases: [string, fc.Arbitrary<Step[]>][] = [
  ['a browser, operators and strangers', program(...ofBrowsersAndOperators, ofStrangers)],
  ['a browser, operators and a thief of the key', program(...ofBrowsersAndOperators, ofWhoeverHasTheKey)],
]

function verify(outcome: Run): void {
  const names = broken(outcome)
  // `expect` alone costs more than a schedule.
  if (names.length > 0) expect(names).toEqual([])
}

describe.each(cases)('%s', (_, programs) => {
  it(`A32 A33 A34 A35 A36 A39 keep the rules in ${schedules / 2} schedules`, patient, async () => {
    const world = () => memoryWorld(sessionOf(`ses_${'A'.repeat(24)}`))
    await fc.assert(
      fc.asyncProperty(programs, choices, async (steps, order) => {
        verify(await run(steps, order, world()))
      }),
      { numRuns: schedules / 2 },
    )
  })

  it(`A33 A34 A39 keep them on SQLite, in ${schedules / 250}`, patient, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-schedules-'))
    const file = join(folder, 'latchkey.db')
    const storage = await openStorage({ engine: 'sqlite', file, synchronous: 'normal' })
    await storage.migrate()
    const worlds = sqliteWorlds(storage, file)
    let made = 0
    const nextId = () => `ses_${String(made++).padStart(24, '0')}`
    try {
      await fc.assert(
        fc.asyncProperty(programs, choices, async (steps, order) => {
          verify(await run(steps, order, await worlds.create(sessionOf(nextId()))))
        }),
        { numRuns: schedules / 250 },
      )
    } finally {
      worlds.close()
      await storage.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
