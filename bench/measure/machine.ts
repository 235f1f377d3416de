import { statfsSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release } from 'node:os'

/** What the figures were taken on. */
export interface Machine {
  cpu: string
  cores: number
  kernel: string
  node: string
  sqlite: string | undefined
  /** Where the databases lie. */
  fileSystem: string
  /** Runnable processes, mean of the last minute: above 0.5 somebody else is at work too. */
  loadBefore: number
}

/** Numbers of `statfs(2)`; memory file systems make a durable write free. */
const fileSystems: Record<number, string> = {
  61267: 'ext4',
  1481003842: 'xfs',
  2435016766: 'btrfs',
  2035054128: 'overlay',
  16914836: 'tmpfs (memory!)',
}

export function describeMachine(folder: string): Machine {
  const type = statfsSync(folder).type
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    kernel: release(),
    node: process.versions.node,
    sqlite: process.versions.sqlite,
    fileSystem: fileSystems[type] ?? `0x${type.toString(16)}`,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  }
}

export function machineLines(machine: Machine): string {
  const { cpu, cores, kernel, node, sqlite, fileSystem, loadBefore } = machine
  const busy = loadBefore > 0.5 ? ' (others are at work: expect noise)' : ''
  return `${cpu}, ${cores} cores, Linux ${kernel}, Node ${node}, SQLite ${sqlite ?? '-'}, databases on ${fileSystem}, load before ${loadBefore}${busy}`
}
