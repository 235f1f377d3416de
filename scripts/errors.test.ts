import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { read, root } from './documents.ts'

const page = read('docs/errors.md')

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => read(join(folder, name)))

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, code = '']) => code)

it('docs/errors.md explains every code that the server gives', () => {
  const server = sources('packages/server/src').join('\n')
  const codes = new Set([
    ...matches(server, /\b(?:Page|Api|Redirect)Error\(\s*'(\w+)'/g),
    // Those of a provider's failure and of a sign-in that is refused have a table each.
    ...['access_denied', 'temporarily_unavailable', 'provider_error', 'account_exists', 'signup_closed'],
  ])
  expect(codes.size).toBeGreaterThan(25)
  expect([...codes].filter((code) => !page.includes(`\`${code}\``))).toEqual([])
})

it('docs/errors.md explains every code of @latchkey/browser', () => {
  const browser = read('packages/browser/src/errors.ts')
  const codes = [...matches(browser, /^ {2}(\w+): '[a-z-]+',$/gm), ...matches(browser, /^ {2}\| '(\w+)'$/gm)]
  expect(codes.length).toBeGreaterThan(20)
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([])
})
