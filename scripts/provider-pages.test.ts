import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from './documents.ts'
import { providerPages } from './provider-pages.ts'

const folder = join(root, 'docs', 'providers')
const pages = providerPages()

it('docs/providers is what "npm run providers" writes now', () => {
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort())
  const stale = [...pages].filter(([file, text]) => readFileSync(join(folder, file), 'utf8') !== text)
  expect(
    stale.map(([file]) => file),
    'run: npm run providers',
  ).toEqual([])
})

it('a page says what to register, what to write, and how well that is known', () => {
  const page = pages.get('shopify.md')
  expect(page).toContain('`{issuer}/callback/shopify`')
  expect(page).toContain(`"shop": "\${SHOPIFY_SHOP}"`)
  expect(page).toContain('`signed-callback`')
  expect(page).toMatch(/## How well it is known\n\nChecked with its documentation in \d{4}-\d{2}/)
})
