import { expect, test } from 'vitest'
import { targetsOf } from './index.ts'

test('the peer is compared by CPU, and not at all where it did not run', () => {
  const latchkey = { perSecond: 3100, cpuMs: 0.3 }
  const peer = { perSecond: 900, cpuMs: 0.9 }
  expect(targetsOf(new Map([['better-auth', peer]]))).toEqual([])
  expect(targetsOf(new Map([['latchkey', latchkey]])).map(({ value }) => value)).toEqual([3100])
  const both = new Map(Object.entries({ latchkey, 'better-auth': peer }))
  expect(targetsOf(both).map(({ value }) => value)).toEqual([3100, 0.9 / 0.3])
})
