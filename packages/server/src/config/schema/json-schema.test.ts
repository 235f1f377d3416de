import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { configJsonSchema, configJsonSchemaText } from './json-schema.ts'

it('the published JSON Schema is what scripts/schema.mjs writes now', async () => {
  const published = await readFile(new URL('../../../config.schema.json', import.meta.url), 'utf8')
  expect(published).toBe(configJsonSchemaText())
})

it('describes every property, and closes every object that is not free', () => {
  const bare: string[] = []
  const visit = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) return
    if ('properties' in value && typeof value.properties === 'object' && value.properties !== null) {
      // a provider of the catalogue has keys that name its tenant
      const open = 'catalogue' in value.properties
      if (!open && (!('additionalProperties' in value) || value.additionalProperties !== false))
        bare.push(`${path} is open`)
      for (const [name, property] of Object.entries(value.properties)) {
        if (!('description' in property)) bare.push(`${path}.${name} has no description`)
      }
    }
    for (const [name, inner] of Object.entries(value)) visit(inner, `${path}/${name}`)
  }
  visit(configJsonSchema(), '')
  expect(bare).toEqual([])
})
