import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { temporaryDirectory } from './storage/sqlite/temporary.fixture.ts'
import { versionOf } from './version.ts'

const manifest = new URL('../package.json', import.meta.url)

it('the version is that of the package, from its sources and from its bundle', async () => {
  const version = versionOf()
  expect(version).toMatch(/^\d+\.\d+\.\d+/)
  const folder = await temporaryDirectory()
  mkdirSync(join(folder, 'dist', 'bundle'), { recursive: true })
  copyFileSync(manifest, join(folder, 'package.json'))
  const bundled = join(folder, 'dist', 'bundle', 'version.ts')
  copyFileSync(new URL('version.ts', import.meta.url), bundled)
  const module: unknown = await import(/* @vite-ignore */ pathToFileURL(bundled).href)
  expect(module).toMatchObject({ versionOf: expect.any(Function) })
  const found: unknown = Reflect.get(Object(module), 'versionOf')
  expect(typeof found === 'function' ? found() : undefined).toBe(version)
})
