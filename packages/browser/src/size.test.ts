import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { expect, test } from 'vitest'

/** Minified and gzipped bytes of a script that uses `entry` whole. */
async function sizeOf(entry: string): Promise<number> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      // As an application's build does; a library build keeps whitespace.
      rolldownOptions: {
        input: fileURLToPath(new URL(entry, import.meta.url)),
        preserveEntrySignatures: 'strict',
      },
      modulePreload: false,
    },
  })
  const [output] = [result].flat()
  if (!output || !('output' in output)) throw new Error('no output')
  const code = output.output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('')
  if (process.env.SHOW_SIZE)
    process.stderr.write(`${entry}: ${gzipSync(code, { level: 9 }).length} B\n${code}\n`)
  return gzipSync(code, { level: 9 }).length
}

test('the client stays within 6.0 kB, minified and gzipped', async () => {
  expect(await sizeOf('index.ts')).toBeLessThanOrEqual(6_000)
})

test('the early capture stays within 0.5 kB', async () => {
  expect(await sizeOf('capture.ts')).toBeLessThanOrEqual(500)
})
