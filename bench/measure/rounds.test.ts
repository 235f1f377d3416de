import { expect, it } from 'vitest'
import { figuresTable, roundOf, summarise, takeRounds } from './rounds.ts'

const busy = { cpuMs: 0, serverBusy: 0.9, loadBusy: 0.5, othersBusy: 0 }
const round = (n: number) => ({ ...busy, perSecond: n * 1000, cpuMs: n, p50: n, p99: n * 10 })

it('P1 each figure is the median of the rounds on its own, and CPU has a spread', () => {
  const rounds = [
    { ...round(4), perSecond: 1 },
    { ...round(2), perSecond: 3 },
    { ...round(3), perSecond: 2 },
  ]
  expect(summarise(rounds, 80)).toMatchObject({
    ...{ perSecond: 2, cpuMs: 3, p50: 3, p99: 30, rssMb: 80, rounds },
    cpuSpread: 2 / 3,
  })
})

it('a round counts CPU for each operation, and has no latency where nothing was done', () => {
  const measured = { done: 4, seconds: 2, busy: { ...busy, cpuMs: 8 }, latencies: [3, 1, 2, 4] }
  expect(roundOf(measured)).toEqual({ ...busy, perSecond: 2, cpuMs: 2, p50: 2, p99: 4 })
  expect(roundOf({ ...measured, latencies: [] })).toMatchObject({ p50: Number.NaN, p99: Number.NaN })
})

it('a table has the further columns last', () => {
  const figures = new Map([['latchkey', summarise([round(2)], 80)]])
  const [head, , row] = figuresTable('refreshes', figures, { twice: ({ cpuMs }) => cpuMs * 2 }).split('\n')
  expect(head).toMatch(/^contender +refreshes\/s .* twice$/)
  expect(row).toMatch(/^latchkey .* 4\.00$/)
})

/** Writes down who was asked, and how often. */
function contenderOf(log: string[], name: string, one: () => Promise<void> = async () => {}) {
  return {
    pid: process.pid,
    open() {
      let asked = 0
      return {
        async one() {
          asked++
          await one()
        },
        close: () => void log.push(`${name}${asked}`),
      }
    },
  }
}
const options = { rounds: 2, count: 3, warmUp: 5, width: 2 }

it.runIf(process.platform === 'linux')('every contender is warmed up, and each is first once', async () => {
  const log: string[] = []
  const contenders = new Map(['a', 'b'].map((name) => [name, contenderOf(log, name)]))
  const { figures, failures } = await takeRounds({ say: () => {} }, contenders, options)
  expect(log).toEqual(['a5', 'b5', 'a3', 'b3', 'b3', 'a3'])
  expect(failures).toEqual([])
  expect(Array.from(figures, ([name, own]) => [name, own.rounds.length])).toEqual([
    ['a', 2],
    ['b', 2],
  ])
})

it.runIf(process.platform === 'linux')(
  'no round follows a failure, and the failure says whose it is',
  async () => {
    const log: string[] = []
    const broken = contenderOf(log, 'a', () => Promise.reject(new Error('refused')))
    const { figures, failures } = await takeRounds({ say: () => {} }, new Map([['a', broken]]), options)
    expect(failures).toEqual(['a: 5 x refused'])
    expect([log, figures.size]).toEqual([['a5'], 0])
  },
)
