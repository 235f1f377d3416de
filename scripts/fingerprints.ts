import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Packages in build order, each with the packages whose change makes it stale. */
const packages = [
  { name: 'providers', uses: [] },
  { name: 'verify', uses: [] },
  { name: 'browser', uses: [] },
  { name: 'react', uses: ['browser'] },
  { name: 'testing', uses: ['providers'] },
  { name: 'server', uses: ['providers', 'verify'] },
]

/** What each package is made of, as a hash; in build order. */
export function fingerprints(): Map<string, string> {
  const all = new Map<string, string>()
  for (const { name, uses } of packages) {
    const folder = join(root, 'packages', name)
    const hash = createHash('sha256')
    const inputs = [
      ...files(join(folder, 'src')),
      join(folder, 'package.json'),
      join(folder, 'tsconfig.build.json'),
      join(root, 'tsconfig.base.json'),
    ]
    for (const file of inputs) hash.update(file.slice(root.length)).update(readFileSync(file))
    for (const used of uses) hash.update(all.get(used) ?? '')
    all.set(name, hash.digest('hex'))
  }
  return all
}

/** Where a build leaves the hash of what it was made of. */
export const stampOf = (name: string): string => join(root, 'packages', name, 'dist', '.fingerprint')

/** Whether what is built of a package is what its sources say now. */
export function isBuilt(name: string): boolean {
  const stamp = stampOf(name)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprints().get(name)
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
