// Renewing under every order of events that chance comes upon: the real code, held up between its statements.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Choice, type Run, run, type Step } from './renewal-run.fixture.ts'

/** In all; LATCHKEY_SCHEDULES asks for more. */
const schedules = Number(process.env.LATCHKEY_SCHEDULES ?? 20_000)
const patient = { timeout: 3_600_000 }

const processes = 3
const process_ = fc.nat(processes - 1)
const handOut = fc.record({ do: fc.constant('hand out' as const), process: process_ })
const steps: fc.WeightedArbitrary<Step>[] = [
  { weight: 10, arbitrary: handOut },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('report' as const), process: process_, hashed: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 1_000, 14_999, 15_000, 61_000, 400_000, 3_600_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), process: process_ }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('break statement' as const),
      process: process_,
      effect: fc.constantFrom('none' as const, 'done' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('provider' as const),
      next: fc.constantFrom('outage' as const, 'lost' as const, 'busy' as const, 'misconfigured' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('reseal' as const, 'reconnect' as const) }) },
]
const revoking: fc.WeightedArbitrary<Step> = {
  weight: 1,
  arbitrary: fc.record({ do: fc.constant('revoke' as const) }),
}
const programs = fc.array(fc.oneof(...steps, revoking), { minLength: 2, maxLength: 10 })
const choice: fc.Arbitrary<Choice> = fc.record({
  of: fc.constantFrom('held' as const, 'held' as const, 'timer' as const, 'step' as const),
  index: fc.nat(7),
})
const choices = fc.array(choice, { minLength: 1, maxLength: 24 })

/** Answers with tokens that never came into the row. */
const unwritten = ({ requests, stored }: Run) =>
  requests.filter(({ gave }) => gave !== undefined && !stored.has(gave))

/** What holds of every run. */
const rules: Record<string, (run: Run, graceful: boolean) => boolean> = {
  'R7 a lease asks the provider once': ({ fences }) => new Set(fences).size === fences.length,

  // The same one may be written twice: by whoever did not hear that it was.
  'V14 no token is overwritten by an older one': ({ written }) =>
    written.every((ones) => ones.every((one, index) => one >= (ones[index - 1] ?? 0))),

  'V14 what is handed out is stored': ({ handedOut, stored }) =>
    handedOut.every((generation) => stored.has(generation)),

  'V15 whoever is told that a connection is lost is told once': ({ needsReconnect, written }) =>
    needsReconnect.length <= written.length,

  'V15 it is told, unless the process died or the database failed then': (run) =>
    run.broken === undefined || run.killed || run.storageFailed || run.needsReconnect.includes(run.broken),

  'R7 it is lost only where an answer did not come into the row': (run, graceful) =>
    run.broken === undefined ||
    run.broken === 'token_refused' ||
    run.revoked ||
    (!graceful && unwritten(run).length > 0),

  'R7 an answer gets lost only with its process, on its way, past its lease, or with the database': (run) =>
    unwritten(run).length === 0 || run.killed || run.lost || run.overtaken || run.refused.includes('storage'),

  'V14 what is given up for revocation is of no connection that lives': ({ givenUp }) =>
    givenUp.every(({ wasHeld }) => !wasHeld),

  'the reason tells a revoked connection from a lost one': ({ broken, revoked }) =>
    broken !== 'revoked' || revoked,

  'nothing waits for ever': ({ unfinished, killed }) => killed || unfinished === 0,

  'refusals have a reason': ({ refused }) =>
    refused.every((code) => ['needs_reconnect', 'temporarily_unavailable', 'storage'].includes(code)),
}

function broken(outcome: Run, graceful: boolean): string[] {
  return Object.entries(rules).flatMap(([name, holds]) => (holds(outcome, graceful) ? [] : [name]))
}

describe.each([false, true])('with a provider that answers the last spent token again: %s', (graceful) => {
  it(`R7 V14 V15 keeps the rules in ${schedules / 2} schedules`, patient, async () => {
    await fc.assert(
      fc.asyncProperty(programs, choices, async (program, order) => {
        const names = broken(await run(program, order, { processes, graceful }), graceful)
        // `expect` alone costs more than a schedule.
        if (names.length > 0) expect(names).toEqual([])
      }),
      { numRuns: schedules / 2 },
    )
  })
})
