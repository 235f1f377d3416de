import { describe, expect, it } from 'vitest'
import { createLimiter } from './limiter.ts'
import { createMemoryWindows } from './memory.ts'

function setUp() {
  const clock = { time: 1_000_000, now: () => clock.time }
  const memory = createMemoryWindows(clock)
  const asked: string[] = []
  const windows = {
    add(key: string) {
      asked.push(key)
      return memory.add(key)
    },
    close: memory.close,
  }
  return { clock, asked, limiter: createLimiter({ windows, clock }) }
}

describe('X03 the limiter', () => {
  it('lets as many through as the limit says, and tells of the first that it does not', async () => {
    const { clock, limiter } = setUp()
    const counts = []
    for (let index = 0; index < 5; index++) counts.push(await limiter.count('a', 3))
    expect(counts).toEqual([
      undefined,
      undefined,
      undefined,
      { waitMs: 60_000, first: true },
      { waitMs: 60_000, first: false },
    ])
    expect(await limiter.count('b', 3)).toBeUndefined()
    clock.time += 59_999
    expect(await limiter.count('a', 3)).toEqual({ waitMs: 1, first: false })
    clock.time += 1
    expect(await limiter.count('a', 3)).toBeUndefined()
  })

  it('asks nobody about a window that is full', async () => {
    const { asked, limiter } = setUp()
    for (let index = 0; index < 10; index++) await limiter.count('a', 2)
    expect(asked).toHaveLength(3)
  })

  it('knows without counting whether a window is full', async () => {
    const { clock, limiter } = setUp()
    for (let index = 0; index < 3; index++) {
      expect(limiter.isFull('a')).toBeUndefined()
      await limiter.count('a', 2)
    }
    expect(limiter.isFull('a')).toEqual({ waitMs: 60_000, first: false })
    expect(limiter.isFull('b')).toBeUndefined()
    clock.time += 60_000
    expect(limiter.isFull('a')).toBeUndefined()
  })

  it('keeps nobody waiting for longer than a window when the clock is put back', async () => {
    const { clock, limiter } = setUp()
    for (let index = 0; index < 3; index++) await limiter.count('a', 2)
    clock.time -= 3_600_000
    expect(limiter.isFull('a')).toBeUndefined()
    expect(await limiter.count('a', 2)).toBeUndefined()
  })
})
