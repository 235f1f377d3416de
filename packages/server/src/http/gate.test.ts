import { describe, expect, it, vi } from 'vitest'
import { silentLogger } from '../logging.ts'
import { createGate, createLoopDelay, type GateDeps } from './gate.ts'
import { budgetOf, type Work } from './overload.ts'

function setUp(changes: Partial<GateDeps> = {}) {
  const shed: Work[] = []
  const turn: (() => void)[] = []
  const clock = { time: 1_000, now: () => clock.time }
  const loop = { late: 0 as number | undefined, closed: false }
  const warned = vi.fn<(fields: Record<string, unknown>, message: string) => void>()
  const gate = createGate({
    clock,
    logger: { ...silentLogger, warn: warned },
    shed: (work) => shed.push(work),
    delay: {
      take: () => loop.late,
      close() {
        loop.closed = true
      },
    },
    afterTurn: (task) => turn.push(task),
    ...changes,
  })
  const enterAll = (work: Work, count: number) =>
    Array.from({ length: count }, () => gate.enter(work)).filter(Boolean).length
  const endTurn = () => {
    for (const task of turn.splice(0)) task()
  }
  return { gate, clock, loop, shed, warned, enterAll, endTurn }
}

describe('the gate', () => {
  it('lets in as many as the budget has, each kind for itself', () => {
    const { enterAll, shed } = setUp()
    const most = budgetOf('authorize', 1)
    expect(enterAll('authorize', most + 3)).toBe(most)
    expect(shed).toEqual(['authorize', 'authorize', 'authorize'])
    expect(enterAll('refresh', 64)).toBe(64)
  })

  it('has room again for each that is done', () => {
    const { gate, enterAll } = setUp()
    const most = budgetOf('callback', 1)
    enterAll('callback', most)
    gate.leave('callback')
    gate.leave('callback')
    expect(gate.counts().callback).toBe(most - 2)
    expect(enterAll('callback', 5)).toBe(2)
  })

  it('counts what was done in this turn of the event loop, too, while that is late', () => {
    const { gate, clock, loop, enterAll, endTurn } = setUp()
    loop.late = 400
    clock.time += 100
    const most = budgetOf('callback', 0.7)
    expect(enterAll('callback', 1)).toBe(1)
    gate.leave('callback')
    expect(enterAll('callback', most)).toBe(most - 1)
    endTurn()
    expect(enterAll('callback', 5)).toBe(1)
    expect(gate.counts().callback).toBe(most)
  })

  it('does not wait for the end of a turn that takes longer than it is from look to look', () => {
    const { gate, clock, loop, enterAll } = setUp()
    const held = () => {
      const count = enterAll('callback', 5_000)
      for (let left = count; left > 0; left--) gate.leave('callback')
      return count
    }
    loop.late = 400
    clock.time += 100
    expect(held()).toBe(budgetOf('callback', 0.7))
    expect(held()).toBe(0)
    loop.late = 100
    clock.time += 100
    expect(held()).toBe(budgetOf('callback', 0.7))
  })

  it('lets in less while the event loop is late, and as much as ever when it is not', () => {
    const { gate, clock, loop, enterAll, endTurn } = setUp()
    const held = () => {
      const count = enterAll('authorize', 5_000)
      for (let left = count; left > 0; left--) gate.leave('authorize')
      endTurn()
      return count
    }
    loop.late = 400
    clock.time += 99
    expect(held()).toBe(budgetOf('authorize', 1))
    clock.time += 1
    expect(held()).toBe(budgetOf('authorize', 0.7))
    loop.late = 1
    clock.time += 10_000
    expect(held()).toBe(budgetOf('authorize', 1))
  })

  it('takes a loop that has not turned for late', () => {
    const { clock, loop, enterAll } = setUp()
    loop.late = undefined
    clock.time += 100
    expect(enterAll('authorize', 5_000)).toBe(budgetOf('authorize', 1))
    clock.time += 100
    expect(enterAll('callback', 5_000)).toBe(budgetOf('callback', 0.7))
  })

  it('says so in the log once in a while, with how many', () => {
    const { clock, warned, enterAll } = setUp()
    enterAll('redeem', budgetOf('redeem', 1) + 2)
    expect(warned).not.toHaveBeenCalled()
    clock.time += 100
    enterAll('redeem', 3)
    clock.time += 9_900
    enterAll('redeem', 1)
    expect(warned.mock.calls.map(([fields]) => fields.requests)).toMatchObject([{ redeem: 2, refresh: 0 }])
    clock.time += 100
    enterAll('redeem', 1)
    expect(warned.mock.calls.map(([fields]) => fields.requests)).toMatchObject([{ redeem: 2 }, { redeem: 4 }])
  })

  it('refuses with an error that says when to come again, and gives the place back when the work fails', async () => {
    const { gate, enterAll, loop } = setUp()
    enterAll('redeem', budgetOf('redeem', 1) - 1)
    await expect(gate.within('redeem', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(await gate.within('redeem', async () => 'done')).toBe('done')
    gate.enter('redeem')
    const refused = gate.within('redeem', async () => 'done')
    await expect(refused).rejects.toMatchObject({ code: 'temporarily_unavailable', status: 503, quiet: true })
    await expect(refused).rejects.toHaveProperty('headers.Retry-After', expect.stringMatching(/^[1-4]$/))
    gate.close()
    expect(loop.closed).toBe(true)
  })

  it('knows how late the event loop is', async () => {
    const delay = createLoopDelay()
    delay.take()
    expect(delay.take()).toBeUndefined()
    await expect.poll(() => delay.take()).toBeGreaterThanOrEqual(0)
    delay.close()
  })
})
