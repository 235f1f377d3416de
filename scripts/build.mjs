// Builds every package, in the order of their dependencies. With --stale, only what changed since its last build.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const onlyStale = process.argv.includes('--stale')

/** Packages in build order, each with the packages whose change makes it stale. */
const packages = [
  { name: 'verify', uses: [] },
  { name: 'browser', uses: [] },
  { name: 'testing', uses: [] },
  { name: 'server', uses: ['verify'] },
]

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

const fingerprints = new Map()
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
  for (const used of uses) hash.update(fingerprints.get(used))
  const fingerprint = hash.digest('hex')
  fingerprints.set(name, fingerprint)

  const stamp = join(folder, 'dist', '.fingerprint')
  if (onlyStale && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) continue
  process.stderr.write(`build: ${name}\n`)
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  const { status } = spawnSync('tsc', ['-p', join(folder, 'tsconfig.build.json')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) process.exit(status ?? 1)
  mkdirSync(join(folder, 'dist'), { recursive: true })
  writeFileSync(stamp, fingerprint)
}
