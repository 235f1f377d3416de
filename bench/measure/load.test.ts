import { describe, expect, it } from 'vitest'
import { runLoad } from './load.ts'

const bounds = { count: 100, width: 8, timeoutMs: 60_000 }

describe('runLoad', () => {
  it('runs exactly as many, never more at once than its width', async () => {
    let now = 0
    let most = 0
    const load = await runLoad(async () => {
      most = Math.max(most, ++now)
      await Promise.resolve()
      now--
    }, bounds)
    expect(load.done).toBe(100)
    expect(load.errors.size).toBe(0)
    expect(most).toBe(8)
  })

  it('counts errors by message', async () => {
    let turn = 0
    const load = await runLoad(async () => {
      if (++turn % 25 === 0) throw new Error('refused')
    }, bounds)
    expect(load.done).toBe(96)
    expect(load.errors).toEqual(new Map([['refused', 4]]))
  })

  it('gives up when everything fails', async () => {
    let turns = 0
    const load = await runLoad(async () => {
      turns++
      throw new Error('down')
    }, bounds)
    expect(load.done).toBe(0)
    expect(turns).toBeLessThan(30)
  })

  it('begins nothing once its time is over', async () => {
    const load = await runLoad(async () => {}, { ...bounds, timeoutMs: -1 })
    expect(load.done).toBe(0)
    expect(load.errors.get('not done within -1 ms')).toBe(100)
  })
})
