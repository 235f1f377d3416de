import { expect, it } from 'vitest'
import { machineStatCpuMs, rssMb, schedstatCpuMs, statCpuMs, usageOf } from './proc.ts'

it('schedstat counts nanoseconds', () => {
  expect(schedstatCpuMs('227098000 76002 2\n')).toBeCloseTo(227.098)
})

it('stat counts ticks, whatever the program is called', () => {
  const tail = `S 1 2 3 4 5 6 7 8 9 10 150 25 0 0 20 0`
  expect(statCpuMs(`42 (node) ${tail}`)).toBe(1750)
  expect(statCpuMs(`42 (a b) c) ${tail}`)).toBe(1750)
})

it('the machine was busy with all but idle and waiting', () => {
  expect(machineStatCpuMs('cpu  100 20 30 4000 500 6 7 8 0 0\ncpu0 1 2 3 4 5 6 7 8 0 0\n')).toBe(1630)
})

it('status counts kibibytes', () => {
  expect(rssMb('Name:\tnode\nVmPeak:\t 9 kB\nVmRSS:\t  100000 kB\n')).toBeCloseTo(102.4)
  expect(rssMb('Name:\tkthread\n')).toBe(0)
})

it.runIf(process.platform === 'linux')('this process has used some of both', () => {
  const usage = usageOf(process.pid)
  expect(usage.cpuMs).toBeGreaterThan(0)
  expect(usage.rssMb).toBeGreaterThan(0)
})
