import { describe, expect, it } from 'vitest'
import { createMemoryWindows } from './memory.ts'

function setUp(most?: number) {
  const clock = { time: 1_000_000, now: () => clock.time }
  const windows = createMemoryWindows(clock, most)
  return { clock, windows, add: async (key: string) => (await windows.add(key)).count }
}

describe('X03 windows of a minute', () => {
  it('begin with the first that they count, and end a minute later', async () => {
    const { clock, windows } = setUp()
    expect(await windows.add('a')).toEqual({ count: 1, endsInMs: 60_000 })
    clock.time += 59_999
    expect(await windows.add('a')).toEqual({ count: 2, endsInMs: 1 })
    expect(await windows.add('b')).toEqual({ count: 1, endsInMs: 60_000 })
    clock.time += 1
    expect(await windows.add('a')).toEqual({ count: 1, endsInMs: 60_000 })
    expect(await windows.add('b')).toMatchObject({ count: 2 })
  })

  it('do not last for longer when the clock is put back', async () => {
    const { clock, windows } = setUp()
    await windows.add('a')
    clock.time -= 3_600_000
    expect(await windows.add('a')).toEqual({ count: 1, endsInMs: 60_000 })
  })

  it('X04 are no more than so many, however many keys there are: the oldest go', async () => {
    const { windows, add } = setUp(100)
    await add('first')
    for (let index = 0; index < 1_000; index++) await add(`flood ${index}`)
    expect(windows.size).toBeLessThanOrEqual(100)
    expect(await add('flood 999')).toBe(2)
    expect(await add('flood 950')).toBe(2)
    expect(await add('first')).toBe(1)
  })

  it('X04 are 100,000 at most by default', async () => {
    const { windows, add } = setUp()
    for (let index = 0; index < 120_000; index++) void windows.add(`flood ${index}`)
    expect(windows.size).toBeLessThanOrEqual(100_000)
    expect(await add('flood 70000')).toBe(2)
  })

  it('X04 go when they are over, and not before', async () => {
    const { clock, windows, add } = setUp()
    for (let index = 0; index < 80; index++) await add(`early ${index}`)
    clock.time += 60_000
    await add('later')
    clock.time += 59_999
    expect(await add('later')).toBe(2)
    clock.time += 1
    await add('last')
    expect(windows.size).toBe(2)
  })
})
