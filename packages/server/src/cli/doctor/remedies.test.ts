import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { outages } from './journal.ts'
import { remedies, remedyFor } from './remedies.ts'

const upstream = join(import.meta.dirname, '../../upstream')
const source = globSync('**/*.ts', { cwd: upstream })
  .filter((file) => !/\.(?:test|fixture)\.ts$/.test(file))
  .map((file) => readFileSync(join(upstream, file), 'utf8'))
  .join('\n')

it('every outage that a provider can be in passes for one', () => {
  const reasons = new Set([...source.matchAll(/\boutage\('([a-z0-9_]+)'/g)].map(([, reason]) => reason))
  expect(reasons.size).toBeGreaterThan(5)
  expect([...reasons].filter((reason) => !outages.has(String(reason)))).toEqual([])
})

it.each(remedies)('%s begins a reason that there is', (beginning) => {
  expect(source).toContain(beginning)
})

it('an unheard-of reason leads to the log', () => {
  expect(remedyFor('unheard_of')).toMatch(/log/)
})
