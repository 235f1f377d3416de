import { expect, it } from 'vitest'
import { reached } from '../measure/report.ts'
import { targetsOf } from './index.ts'

it('P1: targets compare Latchkey with each peer that ran', () => {
  const latchkey = { cpuMs: 1.7, perSecond: 500 }
  const peer = { cpuMs: 5.4, perSecond: 160 }
  const bare = { cpuMs: 1, perSecond: 900 }
  const all = targetsOf(new Map(Object.entries({ latchkey, 'better-auth': peer, bare })))
  expect(all.map(reached)).toEqual([true, true, false])
  expect(targetsOf(new Map(Object.entries({ latchkey, bare })))).toHaveLength(1)
  expect(targetsOf(new Map(Object.entries({ 'better-auth': peer, bare })))).toEqual([])
})
