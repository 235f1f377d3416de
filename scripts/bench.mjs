// `npm run bench -- <name>`: builds what is stale and runs the benchmark. bench/README.md says what each one shows.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 22) {
  console.error(`bench: Node ${process.versions.node} is too old; start it as "npm run bench -- <name>"`)
  process.exit(2)
}

const args = process.argv.slice(2).filter((argument) => argument !== '--no-build')
if (args.length === process.argv.length - 2) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'setup.mjs')], {
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) process.exit(status ?? 1)
}
const { main } = await import('../bench/cli.ts')
process.exitCode = await main(args, root)
