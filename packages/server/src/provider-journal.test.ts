import { describe, expect, it } from 'vitest'
import type { Timers } from './background.ts'
import { createLogger } from './logging.ts'
import { createProviderJournal, journalMs } from './provider-journal.ts'
import type { ProviderOutcome } from './storage/index.ts'
import { type Upstream, UpstreamError, watched } from './upstream/index.ts'

function createSetting(add: (outcomes: readonly ProviderOutcome[]) => Promise<void>) {
  let now = 1_000
  let due: { ms: number; task: () => Promise<void> } | undefined
  const timers: Timers = {
    after: (ms, task) => {
      due = { ms, task }
      return () => {
        due = undefined
      }
    },
  }
  const lines: string[] = []
  const journal = createProviderJournal({
    store: { add, list: async () => [] },
    clock: { now: () => now },
    timers,
    logger: createLogger({ destination: { write: (line: string) => lines.push(line) } }),
  })
  return {
    ...{ journal, lines },
    pass: async (ms: number) => {
      now += ms
      if (due !== undefined && due.ms <= ms) await due.task()
    },
  }
}

describe('the journal of providers', () => {
  it('counts, and writes every few seconds what there is', async () => {
    const written: (readonly ProviderOutcome[])[] = []
    const { journal, pass } = createSetting(async (outcomes) => void written.push(outcomes))
    await pass(journalMs)
    expect(written).toEqual([])
    journal.note('acme', 'ok')
    await pass(1)
    journal.note('acme', 'ok')
    journal.note('acme', 'invalid_client')
    await pass(journalMs)
    const started = 1_000 + journalMs
    expect(written).toEqual([
      [
        { provider: 'acme', outcome: 'ok', count: 2, firstAt: started, lastAt: started + 1 },
        { provider: 'acme', outcome: 'invalid_client', count: 1, firstAt: started + 1, lastAt: started + 1 },
      ],
    ])
    journal.note('acme', 'ok')
    await journal.close()
    expect(written[1]).toMatchObject([{ outcome: 'ok', count: 1 }])
  })

  it('stops nobody when the database is down', async () => {
    const { journal, pass, lines } = createSetting(() => Promise.reject(new Error('the database is down')))
    journal.note('acme', 'ok')
    await pass(journalMs)
    expect(lines.join('')).toContain('noting how it goes')
    journal.note('acme', 'ok')
    await journal.close()
    expect(lines).toHaveLength(2)
  })

  it('holds a bounded number of outcomes', async () => {
    let written: readonly ProviderOutcome[] = []
    const { journal } = createSetting(async (outcomes) => {
      written = outcomes
    })
    for (let index = 0; index < 5_000; index++) journal.note('acme', `reason_${index}`)
    journal.note('acme', 'reason_0')
    await journal.close()
    expect(written).toHaveLength(1_000)
    expect(written[0]).toMatchObject({ outcome: 'reason_0', count: 2 })
  })
})

describe('what is noted', () => {
  const outcomes: string[] = []
  const failing = (error: Error) => async () => {
    throw error
  }
  // Only these are called here.
  const upstream = (methods: Partial<Upstream>) =>
    watched({ id: 'acme', ...methods } as Upstream, (_, outcome) => outcomes.push(outcome))
  const call = (
    methods: Partial<Upstream>,
    name: 'authorizationUrl' | 'readCallback' | 'exchange' | 'refresh',
  ) => Promise.resolve((upstream(methods)[name] as () => Promise<unknown>)()).catch(() => {})

  it.each([
    ['a code that was redeemed', 'exchange', () => Promise.resolve({}), ['ok']],
    ['a token that was refreshed', 'refresh', () => Promise.resolve({}), ['ok']],
    ['a way that was only built', 'authorizationUrl', () => Promise.resolve({}), []],
    [
      'a wrong answer',
      'exchange',
      failing(new UpstreamError('provider_error', 'subject_malformed')),
      ['subject_malformed'],
    ],
    [
      'an outage',
      'authorizationUrl',
      failing(new UpstreamError('temporarily_unavailable', 'timeout')),
      ['timeout'],
    ],
    [
      'a refusal',
      'refresh',
      failing(new UpstreamError('provider_error', 'invalid_grant')),
      ['invalid_grant'],
    ],
    ['a person who said no', 'exchange', failing(new UpstreamError('access_denied', 'not_admitted')), []],
    [
      'what a browser brought',
      'readCallback',
      failing(new UpstreamError('provider_error', 'callback_state')),
      [],
    ],
    ['a fault of our own', 'exchange', failing(new TypeError('a bug')), []],
  ] as const)('of %s', async (_, name, method, expected) => {
    outcomes.length = 0
    await call({ [name]: method }, name)
    expect(outcomes).toEqual(expected)
  })
})
