import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { knownQuirks } from '@latchkey/providers'
import { describe, expect, it } from 'vitest'
import { testSecret } from './config.fixture.ts'
import { parseJsonc } from './jsonc.ts'
import { resolveUnknown } from './resolve.ts'
import { configJsonSchema } from './schema/json-schema.ts'

/** The part of JSON Schema that ours is written in. */
interface Schema {
  type?: string
  const?: unknown
  enum?: unknown[]
  default?: unknown
  minimum?: number
  maximum?: number
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  oneOf?: Schema[]
}

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const page = read('docs/configuration.md')
const schema: Schema = configJsonSchema()

/** The cells of the table under a heading, row by row. */
function tableUnder(heading: string): string[][] {
  const section = page.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('|'))
  return rows.slice(2).map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
}

interface Row {
  type: string
  /** Undefined where the schema does not know it: then the page says it in words. */
  byDefault: string | undefined
}

const quoted = (value: unknown): string => `\`${JSON.stringify(value)}\``

function typeOf(node: Schema): string {
  const { type, minimum, maximum, items } = node
  const options = node.anyOf ?? node.oneOf
  if (options !== undefined) return options.map(typeOf).join(' or ')
  if (node.const !== undefined) return quoted(node.const)
  if (node.enum !== undefined) return node.enum.length > 4 ? 'name' : node.enum.map(quoted).join(', ')
  if (type === 'integer') return `whole number, ${minimum} to ${maximum}`
  if (type !== 'array' || items === undefined) return type ?? 'anything'
  const element = typeOf(items)
  return `list of ${element.endsWith('`') ? element : `${items.oneOf ? 'object' : element}s`}`
}

/** What the page must say of an object's keys, those of objects in it (`profile.name`) included. */
function rowsOf(node: Schema | undefined, nested: string[] = []): Map<string, Row> {
  const rows = new Map<string, Row>()
  for (const [key, value] of Object.entries(node?.properties ?? {})) {
    const required = node?.required?.includes(key) === true
    const byDefault = required ? 'required' : value.default === undefined ? undefined : quoted(value.default)
    rows.set(key, { type: typeOf(value), byDefault })
    if (!nested.includes(key)) continue
    for (const [inner, row] of rowsOf(value)) rows.set(`${key}.${inner}`, row)
  }
  return rows
}

const { properties = {} } = schema
const provider = properties.providers?.additionalProperties
const kinds = typeof provider === 'object' ? (provider.anyOf?.[0]?.oneOf ?? []) : []
const kind = (type: string) => kinds.find((each) => each.properties?.type?.const === type)

const objects: [tables: string[], expected: Map<string, Row>][] = [
  [['Top level'], rowsOf(schema)],
  [['Clients'], rowsOf(properties.clients?.items)],
  [['Every provider', 'OpenID Connect'], rowsOf(kind('oidc'))],
  [['Every provider', 'Plain OAuth 2.0'], rowsOf(kind('oauth2'), ['profile', 'emails'])],
  [
    ['OAuth 1.0a'],
    new Map(
      [...rowsOf(kind('oauth1'), ['scope_parameter'])].filter(
        ([key]) => !rowsOf(kind('oauth2'), ['profile']).has(key) || key === 'type',
      ),
    ),
  ],
  [
    ['Wire rules'],
    rowsOf(kind('oidc')?.properties?.wire, ['token_host', 'token_success', 'exchange', 'revocation_request']),
  ],
  [['Tokens'], rowsOf(properties.tokens)],
  [['Services'], rowsOf(properties.services?.items, ['jwks'])],
  [['`operations`'], rowsOf(properties.operations)],
  [['`rate_limits`'], rowsOf(properties.rate_limits?.anyOf?.find((each) => each.type === 'object'))],
]

describe('docs/configuration.md against the schema', () => {
  it.each(objects)('%j: every key, with its type and default, and no other', (headings, expected) => {
    const written = new Map(
      headings
        .flatMap(tableUnder)
        .map(([key = '', type = '', byDefault = '', meaning]) => [
          key.replaceAll('`', ''),
          { type, byDefault: byDefault.split(';')[0], meaning },
        ]),
    )
    expect([...written.keys()].sort()).toEqual([...expected.keys()].sort())
    for (const [key, { type, byDefault }] of expected) {
      expect(written.get(key), key).toMatchObject({ type, ...(byDefault && { byDefault }) })
      if (byDefault === undefined) expect(written.get(key)?.byDefault, key).not.toBe('required')
    }
  })

  it('names every quirk, and says what the schema says', () => {
    const written = tableUnder('Quirks').map(([name = '', says]) => [
      name.replaceAll('`', ''),
      says?.replace('\\<', '<'),
    ])
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(knownQuirks))
  })
})

const documents = [
  'README.md',
  'packages/server/README.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
]
const examples = documents
  .filter((path) => path.endsWith('.md'))
  .flatMap((path) =>
    [...read(path).matchAll(/^```jsonc?\n(.*?)^```$/gms)].map(([, text = '']) => ({ path, text })),
  )
  .filter(({ text }) => text.includes('"secrets"'))

it('there are examples', () => expect(examples.length).toBeGreaterThan(1))

it.each(examples)('the configuration in $path starts without a mistake or a warning', ({ text }) => {
  const env = Object.fromEntries(
    [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => [name, testSecret]),
  )
  const { value, duplicates } = parseJsonc(text)
  expect(resolveUnknown(value, { env, baseDir: '/', duplicates }).warnings).toEqual([])
})
