// Every check that needs no running code: formatting, lint, types, unused code, import rules, package shape, sizes.
// `npm run check` runs all; `npm run check -- types lint` runs the named ones.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const published = ['browser', 'providers', 'react', 'server', 'testing', 'verify'].map((name) =>
  join('packages', name),
)

const checks = {
  format: ['biome', 'ci', '--error-on-warnings', '.'],
  lint: ['oxlint', '--type-aware', '--deny-warnings'],
  types: ['tsc', '--noEmit', '-p', 'tsconfig.json'],
  imports: ['node', 'scripts/imports.mjs'],
  unused: ['knip', '--no-progress'],
  sizes: ['node', 'scripts/size.mjs'],
  // Each package as npm would publish it: are its exports there, and typed for every kind of importer?
  ...Object.fromEntries(
    published.flatMap((folder) => {
      const name = folder.split('/').at(-1)
      return [
        [`publint ${name}`, ['publint', '--strict', folder]],
        [`exports ${name}`, ['attw', '--profile', 'esm-only', '--pack', folder]],
      ]
    }),
  ),
}

const named = process.argv.slice(2)
const chosen =
  named.length === 0
    ? Object.keys(checks)
    : Object.keys(checks).filter((name) => named.some((word) => name.startsWith(word)))
if (chosen.length === 0) {
  console.error(`check: no such check: ${named.join(', ')}. There are: ${Object.keys(checks).join(', ')}`)
  process.exit(2)
}

/** Two at a time: most of them wait for the disk half of the time. */
const queue = [...chosen]
let failed = 0
async function work() {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const started = Date.now()
    const [command, ...args] = checks[name]
    const { status, output } = await run(command, args)
    console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
    if (status === 0) continue
    failed++
    console.log(output)
  }
}

function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ status: 1, output: `${command}: ${error.message}` }))
    child.on('close', (status) => resolve({ status, output }))
  })
}

await Promise.all([work(), work()])
process.exit(failed === 0 ? 0 : 1)
