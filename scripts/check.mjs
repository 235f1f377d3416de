// Every check that needs no running code: formatting, lint, types, unused code, import rules, package shape, sizes.
// `npm run check` runs all; `npm run check -- types lint` runs the named ones.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const checks = {
  format: ['biome', 'ci', '--diagnostic-level=warn', '.'],
  types: ['tsc', '--noEmit', '-p', 'tsconfig.json'],
}

const named = process.argv.slice(2)
const unknown = named.filter((name) => !(name in checks))
if (unknown.length > 0) {
  console.error(`check: no such check: ${unknown.join(', ')}. There are: ${Object.keys(checks).join(', ')}`)
  process.exit(2)
}

let failed = 0
for (const name of named.length > 0 ? named : Object.keys(checks)) {
  const started = Date.now()
  const [command, ...args] = checks[name]
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const status = await new Promise((resolve) => child.on('close', resolve))
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} ${((Date.now() - started) / 1000).toFixed(1)} s`)
  if (status !== 0) {
    failed++
    console.log(output)
  }
}
process.exit(failed === 0 ? 0 : 1)
