import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalogue, entryOf } from './catalogue.ts'

const files = readdirSync(new URL('./entries/', import.meta.url))
  .filter((file) => file !== 'index.ts')
  .map((file) => file.replace(/\.ts$/, ''))

test('every file is in the list, under its own id, once', () => {
  expect(catalogue.map(({ id }) => id).sort()).toEqual(files.sort())
  expect(catalogue.length).toBeGreaterThanOrEqual(300)
  expect(entryOf('github')?.name).toBe('GitHub')
  expect(entryOf('__proto__')).toBeUndefined()
})
