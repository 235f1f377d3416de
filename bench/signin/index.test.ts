import { expect, it } from 'vitest'
import { reached } from '../measure/report.ts'
import { summarise, targetsOf } from './index.ts'

const round = (cpuMs: number, perSecond: number) => ({
  cpuMs,
  perSecond,
  serverBusy: 0.9,
  loadBusy: 0.5,
  othersBusy: 0,
})

it('P1: takes the median of each figure on its own', () => {
  const { cpuMs, perSecond, rssMb } = summarise([round(1, 500), round(3, 900), round(2, 700)], 120)
  expect({ cpuMs, perSecond, rssMb }).toEqual({ cpuMs: 2, perSecond: 700, rssMb: 120 })
})

it('P1: targets compare Latchkey with each peer that ran', () => {
  const latchkey = { cpuMs: 1.7, perSecond: 500 }
  const peer = { cpuMs: 5.4, perSecond: 160 }
  const bare = { cpuMs: 1, perSecond: 900 }
  const all = targetsOf(new Map(Object.entries({ latchkey, 'better-auth': peer, bare })))
  expect(all.map(reached)).toEqual([true, true, false])
  expect(targetsOf(new Map(Object.entries({ latchkey, bare })))).toHaveLength(1)
  expect(targetsOf(new Map(Object.entries({ 'better-auth': peer, bare })))).toEqual([])
})
