import { machineCpuMs, usageOf } from './proc.ts'

/** Who had the machine while something ran. */
export interface Busy {
  /** CPU time of the server, in milliseconds. */
  cpuMs: number
  /** Shares of their core that the server, and all that load it together, kept busy. */
  serverBusy: number
  loadBusy: number
  /** What everybody else on the machine had, in cores. */
  othersBusy: number
}

/** Runs `work`, and counts what the server and those who load it (this process among them) used meanwhile. */
export async function watched<T extends { seconds: number }>(
  { server, load }: { server: number; load: number[] },
  work: () => Promise<T>,
): Promise<{ result: T; busy: Busy }> {
  const used = (pids: number[]) => pids.reduce((sum, pid) => sum + usageOf(pid).cpuMs, 0)
  const loading = [process.pid, ...load]
  const before = { server: used([server]), load: used(loading), machine: machineCpuMs() }
  const result = await work()
  const cpuMs = used([server]) - before.server
  const loadCpu = used(loading) - before.load
  const others = machineCpuMs() - before.machine - cpuMs - loadCpu
  const ms = result.seconds * 1000
  return {
    result,
    // Two clocks of different grain are subtracted.
    busy: { cpuMs, serverBusy: cpuMs / ms, loadBusy: loadCpu / ms, othersBusy: Math.max(0, others / ms) },
  }
}
