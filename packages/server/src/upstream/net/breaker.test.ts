import { expect, test } from 'vitest'
import { fault, outage } from '../failures.ts'
import { handClock, outcomeOf } from '../upstream.fixture.ts'
import { type BreakerOptions, withBreaker } from './breaker.ts'

function broken(options: Partial<BreakerOptions> = {}) {
  const clock = handClock()
  let calls = 0
  let answer: () => Response | Promise<Response> = () => {
    throw outage('timeout')
  }
  const fetch = withBreaker(
    async () => {
      calls++
      return answer()
    },
    { clock, ...options },
  )
  const call = (): Promise<string> => outcomeOf(() => fetch('https://op.example/'))
  return {
    clock,
    call,
    calls: () => calls,
    answers(next: () => Response | Promise<Response>) {
      answer = next
    },
    async opened() {
      for (let count = 0; count < 5; count++) await call()
      calls = 0
    },
  }
}

const ok = (): Response => new Response('')

test('five outages in a row open it: the sixth call is refused without being made', async () => {
  const provider = broken()
  for (let count = 0; count < 5; count++)
    expect(await provider.call()).toBe('temporarily_unavailable timeout')
  expect(await provider.call()).toBe('temporarily_unavailable breaker_open')
  expect(provider.calls()).toBe(5)
})

test.each([
  ['502', () => new Response('', { status: 502 }), true],
  ['503', () => new Response('', { status: 503 }), true],
  ['504', () => new Response('', { status: 504 }), true],
  ['500: a made-up code may cause it', () => new Response('', { status: 500 }), false],
  ['400', () => new Response('', { status: 400 }), false],
  ['429', () => new Response('', { status: 429 }), false],
  [
    'a redirect',
    () => {
      throw fault('redirected')
    },
    false,
  ],
])('ten times %s opens it: %s', async (_what, answer, opens) => {
  const provider = broken()
  provider.answers(answer)
  for (let count = 0; count < 10; count++) await provider.call()
  expect(provider.calls()).toBe(opens ? 5 : 10)
})

test('an answer in between starts the count anew', async () => {
  const provider = broken()
  for (let round = 0; round < 3; round++) {
    provider.answers(() => Promise.reject(outage('refused')))
    for (let count = 0; count < 4; count++) await provider.call()
    provider.answers(ok)
    expect(await provider.call()).toBe('none')
  }
})

test('after its time one probe goes through, the others are refused; an answer closes it', async () => {
  const provider = broken()
  await provider.opened()
  provider.clock.forward(1_999)
  expect(await provider.call()).toBe('temporarily_unavailable breaker_open')
  provider.clock.forward(1)
  const probed = Promise.withResolvers<Response>()
  provider.answers(() => probed.promise)
  const probe = provider.call()
  expect(await provider.call()).toBe('temporarily_unavailable breaker_open')
  probed.resolve(ok())
  expect(await probe).toBe('none')
  provider.answers(ok)
  expect(await provider.call()).toBe('none')
  expect(provider.calls()).toBe(2)
})

test('a failed probe doubles the time, up to its end', async () => {
  const provider = broken()
  await provider.opened()
  for (const wait of [2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    provider.clock.forward(wait - 1)
    expect(await provider.call()).toBe('temporarily_unavailable breaker_open')
    provider.clock.forward(1)
    expect(await provider.call()).toBe('temporarily_unavailable timeout')
  }
})

test('what began before it opened neither closes nor prolongs it', async () => {
  const provider = broken()
  const late = [Promise.withResolvers<Response>(), Promise.withResolvers<Response>()]
  const calls = late.map(({ promise }) => {
    provider.answers(() => promise)
    return provider.call()
  })
  provider.answers(() => Promise.reject(outage('timeout')))
  await provider.opened()
  late[0]?.resolve(ok())
  late[1]?.reject(outage('timeout'))
  await Promise.all(calls)
  expect(await provider.call()).toBe('temporarily_unavailable breaker_open')
  provider.clock.forward(2_000)
  provider.answers(ok)
  expect(await provider.call()).toBe('none')
})

test('a hanging provider holds a bounded number of calls', async () => {
  const provider = broken({ maxInFlight: 3 })
  const hanging = Promise.withResolvers<Response>()
  provider.answers(() => hanging.promise)
  const calls = [provider.call(), provider.call(), provider.call()]
  expect(await provider.call()).toBe('temporarily_unavailable too_many_calls')
  hanging.resolve(ok())
  await Promise.all(calls)
  provider.answers(ok)
  expect(await provider.call()).toBe('none')
})

test('tells when it opens, once, and when it closes', async () => {
  const changes: boolean[] = []
  const provider = broken({ onChange: (open) => changes.push(open) })
  await provider.opened()
  expect(changes).toEqual([true])
  provider.clock.forward(2_000)
  await provider.call()
  expect(changes).toEqual([true])
  provider.answers(ok)
  provider.clock.forward(4_000)
  await provider.call()
  await provider.call()
  expect(changes).toEqual([true, false])
})
