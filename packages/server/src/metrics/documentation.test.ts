import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createMetrics } from './prometheus.ts'
import { metricPrefix, metricTable } from './table.ts'

const page = readFileSync(new URL('../../../../docs/deployment.md', import.meta.url), 'utf8')

it('docs/deployment.md has each metric of a scrape, with its type and labels, and no other', async () => {
  const written = [...page.matchAll(/^\| `(latchkey_\w+)` \| (\w+) \|(.*?)\| .+ \|$/gm)].map(
    ([, name = '', type, labels = '']) =>
      [name, `${type} ${labels.replaceAll('`', '').trim()}`.trim()] as const,
  )
  const { text } = await createMetrics({ version: '1', providers: [] }).exposition({ keysPublished: 0 })
  const labels = new Map<string, readonly string[]>(
    Object.entries(metricTable).map(([name, metric]) => [metricPrefix + name, metric.labels]),
  )
  const scraped = [...text.matchAll(/^# TYPE (latchkey_\w+) (\w+)$/gm)].map(
    ([, name = '', type]) => [name, `${type} ${labels.get(name)?.join(', ')}`.trim()] as const,
  )
  expect(scraped.length).toBeGreaterThan(15)
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(scraped))
  expect(written).toHaveLength(scraped.length)
})
