import { describe, expect, it } from 'vitest'
import { createLogger } from '../logging.ts'
import { createInsuredWindows } from './insured.ts'
import { createMemoryWindows } from './memory.ts'
import type { Counted } from './windows.ts'

function setUp(patienceMs?: number) {
  const clock = { time: 1_000_000, now: () => clock.time }
  const lines: { level: string; msg: string }[] = []
  const shared = { answer: async (): Promise<Counted> => ({ count: 7, endsInMs: 5_000 }), asked: 0 }
  const windows = createInsuredWindows(
    {
      add: () => {
        shared.asked++
        return shared.answer()
      },
      close: async () => undefined,
    },
    {
      own: createMemoryWindows(clock),
      clock,
      logger: createLogger({ destination: { write: (line) => void lines.push(JSON.parse(line)) } }),
      ...(patienceMs === undefined ? {} : { patienceMs }),
    },
  )
  return { clock, lines, shared, windows }
}

const broken = async () => {
  throw new Error('connect ECONNREFUSED')
}

describe('X03 shared counters', () => {
  it('count for all processes while they answer', async () => {
    const { lines, windows } = setUp()
    expect(await windows.add('a')).toEqual({ count: 7, endsInMs: 5_000 })
    expect(lines).toEqual([])
  })

  it('that fail are those of this process meanwhile, and it is logged once', async () => {
    const { clock, lines, shared, windows } = setUp()
    const { answer } = shared
    shared.answer = broken
    for (const count of [1, 2, 3]) expect(await windows.add('a')).toMatchObject({ count })
    expect(shared.asked).toBe(1)
    clock.time += 5_000
    for (const count of [4, 5]) expect(await windows.add('a')).toMatchObject({ count })
    expect(shared.asked).toBe(2)
    expect(lines.map(({ level }) => level)).toEqual(['warn'])
    shared.answer = answer
    clock.time += 5_000
    expect(await windows.add('a')).toMatchObject({ count: 7 })
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'info'])
  })

  it('that do not answer are waited for by the first alone', async () => {
    const { shared, windows } = setUp(1)
    shared.answer = () => new Promise(() => undefined)
    expect(await windows.add('a')).toMatchObject({ count: 1 })
    expect(await windows.add('a')).toMatchObject({ count: 2 })
    expect(shared.asked).toBe(1)
  })
})
