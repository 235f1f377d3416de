// What a page pays for the browser packages: minified, bundled, gzipped. Grows past its limit: fails.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * Bytes, gzipped (1 kB = 1,000 bytes): `limit` for what a page loads to begin with, that is the entry and whatever it
 * imports; `later` for the sum of what is imported when it is needed.
 */
const limits = [
  { name: '@latchkey/browser', entry: 'packages/browser/src/index.ts', limit: 6_000, later: 5_000 },
  { name: '@latchkey/browser/capture', entry: 'packages/browser/src/capture.ts', limit: 500 },
  { name: '@latchkey/browser/devtools', entry: 'packages/browser/src/devtools/index.ts', limit: 6_000 },
  { name: '@latchkey/react', entry: 'packages/react/src/index.ts', limit: 1_500 },
  { name: '@latchkey/react/en', entry: 'packages/react/src/en.ts', limit: 1_100 },
  { name: '@latchkey/react/connections/en', entry: 'packages/react/src/connections/en.ts', limit: 1_100 },
  // With what they share with the main entry.
  { name: '@latchkey/react/account', entry: 'packages/react/src/account/index.ts', limit: 2_000 },
  { name: '@latchkey/react/mark', entry: 'packages/react/src/mark/index.ts', limit: 300 },
  { name: '@latchkey/react/connections', entry: 'packages/react/src/connections/index.ts', limit: 2_600 },
]

let failed = false
function judge(name, size, limit) {
  const over = size > limit
  failed ||= over
  console.log(`${over ? 'TOO LARGE' : 'ok'} ${name}: ${size} of ${limit} bytes gzipped`)
}

// Notes to bundlers, which the last one of a build drops, and to servers of components.
const bare = ({ code }) => code.replaceAll('/* @__PURE__ */ ', '').replace('"use client";', '')
const gzipped = (chunks) => gzipSync(chunks.map(bare).join(''), { level: 9 }).length

for (const { name, entry, limit, later = 0 } of limits) {
  const bundle = await rolldown({
    input: join(root, entry),
    platform: 'browser',
    // Counted by itself; and what an app of React's has anyway.
    external: [/^@latchkey\//, /^react(\/|$)/],
    checks: { moduleLevelDirective: false },
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]))
  const first = new Set(output.filter(({ isEntry }) => isEntry))
  for (const { imports } of first)
    for (const file of imports) if (chunks.has(file)) first.add(chunks.get(file))
  const rest = output.filter((chunk) => !first.has(chunk))
  judge(name, gzipped([...first]), limit)
  if (rest.length === 0) continue
  const sizes = rest.map((chunk) => gzipped([chunk]))
  judge(
    `${name}, loaded when needed`,
    sizes.reduce((sum, size) => sum + size, 0),
    later,
  )
  for (const [index, { name }] of rest.entries()) console.log(`   ${name}: ${sizes[index]}`)
  console.log(`   all of it: ${gzipped(output)}`)
}
process.exit(failed ? 1 : 0)
