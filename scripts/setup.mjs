// Makes a fresh clone runnable: installs what the lock file names and builds what is stale.
// Runs on the machine's own Node (20 or newer), so it is plain JavaScript without dependencies.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const lock = join(root, 'package-lock.json')
const stamp = join(root, 'node_modules', '.latchkey-setup')

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (error) throw error
  if (status !== 0) {
    process.stderr.write(`setup: "${command} ${args.join(' ')}" ended with ${status}\n`)
    process.exit(status ?? 1)
  }
}

const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  process.stderr.write(
    `setup: Node ${process.versions.node} is too old; Latchkey needs Node 20 or newer to set up.\n`,
  )
  process.exit(1)
}

const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex')
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
if (installed !== wanted) {
  process.stderr.write('setup: installing dependencies (once, about a minute)\n')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, wanted)
}

// npm puts the project's own Node first in the PATH of its scripts.
run('npm', ['run', '--silent', 'build', '--', '--stale'])
