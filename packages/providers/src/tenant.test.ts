import fc from 'fast-check'
import { expect, test } from 'vitest'
import { urlFault } from './entries.fixture.ts'
import type { Entry, Placeholder } from './entry.ts'
import { fillTenant } from './tenant.ts'

const entry: Entry = {
  id: 'example',
  name: 'Example',
  protocol: 'oauth2',
  domains: ['example.com'],
  tenant: {
    shop: { description: 'The shop', example: 'acme', kind: 'label' },
    agent: { description: 'The number of the app', example: '1000002', kind: 'value' },
  },
  endpoints: { authorization: 'https://{shop}.example.com/a', token: 'https://{shop}.example.com/t' },
  authorizeParams: { agent: '{agent}' },
  wire: {
    callbackTenant: { shop: '{shop}.example.com' },
    userinfoQuery: { key: '{agent}', client: '{client_id}' },
  },
  identity: { from: 'nothing', because: 'There is nobody.' },
  refresh: { issued: 'no' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

test('placeholders are filled in URLs, parameters and wire rules, and what the server fills is left', () => {
  const { entry: filled } = fillTenant(entry, { shop: 'acme', agent: 'a*b((' })
  expect(filled?.endpoints.token).toBe('https://acme.example.com/t')
  expect(filled?.authorizeParams).toEqual({ agent: 'a*b((' })
  expect(filled?.wire).toEqual({
    callbackTenant: { shop: 'acme.example.com' },
    userinfoQuery: { key: 'a*b((', client: '{client_id}' },
  })
})

test.each([
  ['acme.evil.example/x', '1'],
  ['acme', 'two\nlines'],
  ['acme', ''],
])('V08 shop %j, agent %j: told, and nothing filled', (shop, agent) => {
  const { entry: filled, problems } = fillTenant(entry, { shop, agent })
  expect(filled).toBeUndefined()
  expect(problems).toHaveLength(1)
})

/** An entry whose one placeholder stands everywhere that its kind may. */
function example(placeholder: Placeholder): Entry {
  const inHost = placeholder.kind === 'label' || placeholder.kind === 'choice'
  const base = inHost
    ? 'https://{value}.example.com'
    : placeholder.kind === 'host'
      ? 'https://{value}'
      : undefined
  return {
    ...entry,
    tenant: { value: placeholder },
    authorizeParams: {},
    wire: {},
    issuer: `${base ?? 'https://id.example.com/{value}'}/`,
    endpoints: {
      authorization: `${base ?? 'https://example.com'}/a/{value}/b`,
      token: `${base ?? 'https://api.example.com'}/t`,
    },
  }
}

const kinds: readonly Placeholder[] = [
  { description: 'A label', example: 'acme', kind: 'label' },
  { description: 'A host', example: 'acme.example.com', kind: 'host', domains: ['example.com'] },
  { description: 'A segment', example: 'acme', kind: 'segment' },
  { description: 'A choice', example: 'eu', kind: 'choice', choices: ['eu', 'us'] },
]

const parts = fc.constantFrom(
  ...[
    'acme',
    'example.com',
    'evil.com',
    '.',
    '..',
    '/',
    '\\',
    '@',
    ':',
    '#',
    '?',
    '%2e',
    '%2f',
    '\r\n',
    '\t',
    ' ',
  ],
  ...[
    '。',
    '．',
    '｡',
    'ℂ',
    '\u00ad',
    '\u200d',
    '-',
    '_',
    '~',
    'EU',
    'eu',
    '{value}',
    'xn--',
    '[::1]',
    '0x7f.1',
  ],
)
const values = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(parts, { maxLength: 6 }).map((list) => list.join('')),
  fc.domain(),
  fc.webUrl(),
)

const addresses = fc.oneof(
  values,
  values.map((rest) => `https://id.example.com${rest}`),
)

test.each(kinds)(
  'V08 $kind: no value leaves the provider, or says more than one part of a URL',
  (placeholder) => {
    const template = example(placeholder)
    fc.assert(
      fc.property(values, (value) => {
        const { entry: filled } = fillTenant(template, { value })
        if (filled === undefined) return
        for (const url of [filled.issuer, ...Object.values(filled.endpoints)]) {
          expect(urlFault(url ?? '', template.domains)).toBeUndefined()
        }
        const { pathname, search } = new URL(filled.endpoints.authorization ?? '')
        expect([pathname, search]).toEqual([`/a/${value}/b`, ''])
      }),
      { numRuns: 2000 },
    )
  },
)

test('V08 url: any host of the person who configures, by https (http on loopback), without query, fragment or credentials', () => {
  const template: Entry = {
    ...entry,
    domains: [],
    tenant: { value: { description: 'The address', example: 'https://id.example.com', kind: 'url' } },
    authorizeParams: {},
    wire: {},
    endpoints: { authorization: '{value}/a', token: '{value}/t' },
  }
  fc.assert(
    fc.property(addresses, (value) => {
      const { entry: filled } = fillTenant(template, { value })
      if (filled === undefined) return
      const url = new URL(filled.endpoints.token ?? '')
      if (url.protocol === 'http:') expect(url.hostname).toMatch(/^(localhost|127\.[\d.]+|\[::1\])$/)
      else expect(urlFault(url.href, [])).toBeUndefined()
      expect([
        url.protocol.replace('http:', 'https:'),
        url.search,
        url.hash,
        url.username,
        url.password,
      ]).toEqual(['https:', '', '', '', ''])
      expect(url.pathname.endsWith('/t')).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['http://localhost:8080', true],
  ['http://127.0.0.1:8080/auth', true],
  ['http://[::1]:8080', true],
  ['http://localhost.example', false],
  ['http://127.0.0.1.example', false],
  ['http://192.168.0.1', false],
  ['http://id.example.com', false],
])('V08 url: %s', (value, taken) => {
  const { problems } = fillTenant(
    {
      ...entry,
      tenant: { value: { description: 'The address', example: 'https://id.example.com', kind: 'url' } },
    },
    { value },
  )
  expect(problems.length === 0).toBe(taken)
})
