import { expect, test } from 'vitest'
import { summarise, targetsOf } from './index.ts'

const round = { perSecond: 0, cpuMs: 0, p50: 0, p99: 0, serverBusy: 0, loadBusy: 0, othersBusy: 0 }

test('rounds become medians, and CPU a spread', () => {
  const rounds = [4, 2, 3].map((n) => ({ ...round, perSecond: n * 1000, cpuMs: n, p99: n * 10 }))
  expect(summarise(rounds, 80)).toMatchObject({
    ...{ perSecond: 3000, cpuMs: 3, p99: 30, rssMb: 80, rounds },
    cpuSpread: 2 / 3,
  })
})

test('the peer is compared by CPU, and not at all where it did not run', () => {
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
})
