import { expect, test } from 'vitest'
import type { Entry } from './entry.ts'
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
