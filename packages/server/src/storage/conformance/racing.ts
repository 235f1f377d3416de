import { afterAll, beforeAll } from 'vitest'
import { type Child, startChild } from './children.ts'
import { callersInProcess, processes, type Subject, times } from './subject.ts'
import type { Acknowledgement, Call } from './volley.ts'

/** Processes that race each other for one database. */
export interface Racing {
  /** Every caller of every process makes the same calls. */
  race(calls: Call[]): Promise<Acknowledgement[]>
  /** Each process has one caller, with calls of its own. */
  raceApart(calls: (process: number) => Call[]): Promise<Acknowledgement[]>
}

/** Starts the processes before the tests of a part and ends them after. */
export function prepareRacing(subject: Subject): Racing {
  const children: Child[] = []
  beforeAll(async () => {
    children.push(...(await Promise.all(times(processes, () => startChild(subject.config)))))
  }, 30_000)
  afterAll(() => Promise.all(children.map((child) => child.kill())))

  const fire = async (callers: number, calls: (process: number) => Call[]): Promise<Acknowledgement[]> => {
    const fired = children.map((child, process) => child.fire({ callers, calls: calls(process) }))
    return (await Promise.all(fired)).flat()
  }
  return {
    race: (calls) => fire(callersInProcess, () => calls),
    raceApart: (calls) => fire(1, calls),
  }
}
