import { expect, test } from 'vitest'
import { targetsOf } from './index.ts'

test('peer and floor are compared by CPU, and not at all where they did not run', () => {
  const latchkey = { perSecond: 3100, cpuMs: 0.3, p99: 20 }
  const peer = { perSecond: 900, cpuMs: 0.9, p99: 60 }
  expect(targetsOf(new Map([['oidc-provider', peer]]))).toEqual([])
  const targets = targetsOf(
    new Map([
      ['latchkey', latchkey],
      ['oidc-provider', peer],
    ]),
  )
  expect(targets.map(({ value }) => value)).toEqual([3100, 20, 0.9 / 0.3])
  const floor = { perSecond: 4000, cpuMs: 0.25, p99: 15 }
  const both = new Map([
    ['latchkey', latchkey],
    ['bare', floor],
  ])
  expect(targetsOf(both).map(({ value }) => value)).toEqual([3100, 20, 0.3 / 0.25])
})
