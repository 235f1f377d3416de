import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPatience } from './patience.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const living = () => new AbortController().signal

test('holding ends with its time, and leaves no timer', async () => {
  const { hold } = createPatience({ closing: living(), slowness: { longestMilliseconds: 100 } })
  const held = hold(living())
  await vi.advanceTimersByTimeAsync(99)
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  await held
  expect(vi.getTimerCount()).toBe(0)
})

test.each(['the client', 'the provider'])(
  'holding ends at once when %s leaves, or has left before',
  async (who) => {
    for (const before of [true, false]) {
      const leaving = new AbortController()
      if (before) leaving.abort()
      const { hold } = createPatience({ closing: who === 'the provider' ? leaving.signal : living() })
      const held = hold(who === 'the client' ? leaving.signal : living())
      if (!before) leaving.abort()
      await held
      expect(vi.getTimerCount()).toBe(0)
    }
  },
)

const read = async (stream: ReadableStream<Uint8Array>) => new Response(stream).text()

test('dripping gives the text a byte at a time', async () => {
  const { drip } = createPatience({ closing: living(), slowness: { stepMilliseconds: 10 } })
  const text = read(drip('abc'))
  await vi.advanceTimersByTimeAsync(30)
  expect(await text).toBe('abc')
})

test('dripping stops short when its time is over', async () => {
  const slowness = { stepMilliseconds: 10, longestMilliseconds: 45 }
  const { drip } = createPatience({ closing: living(), slowness })
  const text = read(drip('abcdefgh'))
  await vi.advanceTimersByTimeAsync(60)
  expect(await text).toBe('abcd')
})

test('dripping stops short when the provider closes', async () => {
  const closing = new AbortController()
  const { drip } = createPatience({ closing: closing.signal, slowness: { stepMilliseconds: 10 } })
  const text = read(drip('abc'))
  await vi.advanceTimersByTimeAsync(15)
  closing.abort()
  expect(await text).toBe('a')
  expect(vi.getTimerCount()).toBe(0)
})

test('dripping leaves no timer when nobody reads any more', async () => {
  const { drip } = createPatience({ closing: living(), slowness: { stepMilliseconds: 10 } })
  const reader = drip('abc').getReader()
  const pending = reader.read()
  await vi.advanceTimersByTimeAsync(5)
  expect(vi.getTimerCount()).toBe(1)
  await reader.cancel()
  expect((await pending).done).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})
