import { readdirSync, readFileSync } from 'node:fs'

/** What the kernel has counted for one process. */
export interface Usage {
  /** User and system time of all its threads since its start, in milliseconds. */
  cpuMs: number
  /** Resident memory now, in megabytes (10^6 bytes). */
  rssMb: number
}

/**
 * Reads a process's CPU time and memory from /proc. The time is the scheduler's own (nanoseconds, summed over the
 * threads that live), where the kernel keeps it; the clock ticks of /proc/PID/stat (10 ms) otherwise.
 */
export function usageOf(pid: number): Usage {
  return {
    cpuMs: threadsCpuMs(pid) ?? statCpuMs(readFileSync(`/proc/${pid}/stat`, 'utf8')),
    rssMb: rssMb(readFileSync(`/proc/${pid}/status`, 'utf8')),
  }
}

function threadsCpuMs(pid: number): number | undefined {
  try {
    let total = 0
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      total += schedstatCpuMs(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'))
    }
    return total
  } catch {
    return undefined
  }
}

/** `schedstat`: nanoseconds on a CPU, nanoseconds waiting for one, time slices (Documentation/scheduler/sched-stats). */
export function schedstatCpuMs(text: string): number {
  return Number(text.split(' ')[0]) / 1e6
}

/** Fields 14 and 15 of `stat` (proc_pid_stat(5)): user and system time in clock ticks of 10 ms. */
export function statCpuMs(text: string): number {
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** What all processes of the machine together have had of its cores since it started, in milliseconds. */
export function machineCpuMs(): number {
  return machineStatCpuMs(readFileSync('/proc/stat', 'utf8'))
}

/** The first line of `/proc/stat` (proc_stat(5)): ticks of 10 ms, of which the fourth and fifth are idle ones. */
export function machineStatCpuMs(text: string): number {
  const [user, nice, system, , , irq, softirq] = (text.split('\n')[0] ?? '').split(/ +/).slice(1).map(Number)
  return [user, nice, system, irq, softirq].reduce((sum: number, ticks = 0) => sum + ticks, 0) * 10
}

/** `VmRSS` of `status`, which the kernel gives in kibibytes, in megabytes. */
export function rssMb(text: string): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(text)
  return line ? (Number(line[1]) * 1024) / 1e6 : 0
}
