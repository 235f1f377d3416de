// What a page pays for the browser packages: minified, bundled, gzipped. Grows past its limit: fails.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Bytes, gzipped (1 kB = 1,000 bytes). */
const limits = [
  { name: '@latchkey/browser', entry: 'packages/browser/src/index.ts', limit: 6_000 },
  { name: '@latchkey/browser/capture', entry: 'packages/browser/src/capture.ts', limit: 500 },
  { name: '@latchkey/react', entry: 'packages/react/src/index.ts', limit: 1_500 },
  { name: '@latchkey/react/en', entry: 'packages/react/src/en.ts', limit: 1_100 },
  // With what it shares with the main entry.
  { name: '@latchkey/react/account', entry: 'packages/react/src/account/index.ts', limit: 2_000 },
]

let failed = false
for (const { name, entry, limit } of limits) {
  const bundle = await rolldown({
    input: join(root, entry),
    platform: 'browser',
    // Counted by itself; and what an app of React's has anyway.
    external: [/^@latchkey\//, /^react(\/|$)/],
    // 'use client' is for servers of components.
    checks: { moduleLevelDirective: false },
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  // Notes to bundlers, which the last one of a build drops.
  const code = output
    .map((chunk) =>
      'code' in chunk ? chunk.code.replaceAll('/* @__PURE__ */ ', '').replace('"use client";', '') : '',
    )
    .join('')
  const size = gzipSync(code, { level: 9 }).length
  const over = size > limit
  failed ||= over
  console.log(`${over ? 'TOO LARGE' : 'ok'} ${name}: ${size} of ${limit} bytes gzipped`)
}
process.exit(failed ? 1 : 0)
