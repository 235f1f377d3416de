import { expect, it } from 'vitest'
import { openStorage } from '../index.ts'
import { now, type Subject, times, uniqueId } from './subject.ts'

export function providerOutcomeConformance(subject: Subject): void {
  const of = async (provider: string) =>
    (await subject.storage.providerOutcomes.list()).filter((row) => row.provider === provider)

  it('adds up what is said of one outcome, and keeps the first and the last time', async () => {
    const provider = uniqueId()
    const { add } = subject.storage.providerOutcomes
    await add([
      { provider, outcome: 'ok', count: 3, firstAt: now, lastAt: now + 5 },
      { provider, outcome: 'invalid_client', count: 1, firstAt: now + 1, lastAt: now + 1 },
    ])
    await add([{ provider, outcome: 'ok', count: 2, firstAt: now + 6, lastAt: now + 9 }])
    // From a process that wrote late.
    await add([{ provider, outcome: 'ok', count: 1, firstAt: now + 2, lastAt: now + 2 }])
    expect(await of(provider)).toStrictEqual([
      { provider, outcome: 'invalid_client', count: 1, firstAt: now + 1, lastAt: now + 1 },
      { provider, outcome: 'ok', count: 6, firstAt: now, lastAt: now + 9 },
    ])
  })

  it('loses no count between connections to the database', async () => {
    const provider = uniqueId()
    const other = await openStorage(subject.config)
    try {
      await Promise.all(
        times(20, (index) =>
          (index % 2 === 0 ? subject.storage : other).providerOutcomes.add([
            { provider, outcome: 'ok', count: 1, firstAt: now, lastAt: now },
          ]),
        ),
      )
    } finally {
      await other.close()
    }
    expect(await of(provider)).toMatchObject([{ count: 20 }])
  })

  it('of nothing is nothing', async () => {
    await subject.storage.providerOutcomes.add([])
    expect(await of(uniqueId())).toEqual([])
  })
}
