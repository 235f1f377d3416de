import { describe, expect, test } from 'vitest'
import { all, placeholdersOf, templatesOf, urlFault } from './entries.fixture.ts'
import type { Entry } from './entry.ts'
import { fillTenant } from './tenant.ts'

const hostile = [
  'evil.com/',
  'evil.com',
  'a.b',
  'x@evil.com',
  '..',
  '.',
  '%2e%2e',
  'evil.com#',
  'evil.com?',
  'evil.com:443',
  '\\',
  'evil。com',
  'evil．com',
  'evıl',
  'a\r\nhost: evil.com',
  'a\tb',
  ' ',
  '',
  'a'.repeat(300),
  '{client_id}',
  'https://evil.com/?x=',
  'https://user@evil.com',
  'http://evil.com',
  'javascript:alert(1)',
  '//evil.com',
]

const examplesOf = ({ tenant = {} }: Entry): Record<string, string> =>
  Object.fromEntries(Object.entries(tenant).map(([name, { example }]) => [name, example]))

/** URLs of a filled entry that are not what they have to be. */
function faultsOf(entry: Entry): string[] {
  const { endpoints, issuer, apiHosts = [], domains } = entry
  const { revocation, ...others } = endpoints
  const urls = [
    ...Object.values(others),
    ...(revocation === undefined ? [] : [revocation.replace('/{client_id}/', '/id/')]),
    ...(issuer === undefined ? [] : [issuer]),
  ]
  return [...urls, ...apiHosts.map((host) => `https://${host}`)].flatMap((url) => {
    // What the server fills stands in paths alone.
    const fault = urlFault(url.replaceAll(/(?<=[^/]\/[^?]*)\{(client_id|access_token)\}/g, 'x'), domains)
    return fault === undefined ? [] : [`${url}: ${fault}`]
  })
}

describe.each(all)('%s', (_, entry) => {
  test('V08 its URLs are https and on its own domains', () => {
    const { entry: filled, problems } = fillTenant(entry, examplesOf(entry))
    expect(problems).toEqual([])
    expect(filled === undefined ? ['nothing'] : faultsOf(filled)).toEqual([])
    for (const domain of entry.domains) expect(domain).toMatch(/^([a-z0-9-]+\.)+[a-z]{2,}$/)
    for (const host of entry.apiHosts ?? []) expect(host).not.toMatch(/[/:?#@]/)
  })

  test('V08 no value moves a URL to another host', () => {
    for (const name of Object.keys(entry.tenant ?? {})) {
      for (const value of hostile) {
        const { entry: filled } = fillTenant(entry, { ...examplesOf(entry), [name]: value })
        if (filled !== undefined) expect([name, value, faultsOf(filled)]).toEqual([name, value, []])
      }
    }
  })

  test('its placeholders are declared and used, each in places for its kind', () => {
    const { urls, values } = templatesOf(entry)
    const body = Object.values(entry.wire?.userinfoBody ?? {})
    const used = new Set([...urls, ...values].flatMap(placeholdersOf))
    const declared = Object.keys(entry.tenant ?? {})
    expect([...used].filter((name) => !declared.includes(name))).toEqual([])
    expect(declared.filter((name) => !used.has(name) && !body.join().includes(`{${name}}`))).toEqual([])
    for (const [name, { kind, choices, domains, example, default: preset }] of Object.entries(
      entry.tenant ?? {},
    )) {
      expect(name).toMatch(/^[a-z]+([A-Z][a-z]+)*$/)
      expect(kind === 'choice').toBe(choices !== undefined)
      if (choices !== undefined) expect(choices).toContain(example)
      if (choices !== undefined && preset !== undefined) expect(choices).toContain(preset)
      if (kind === 'value') expect(urls.flatMap(placeholdersOf)).not.toContain(name)
      // A whole host or URL is asked for only where there is no provider's own, or within its own.
      if (kind === 'url' && urls.flatMap(placeholdersOf).includes(name)) expect(entry.domains).toEqual([])
      if (kind === 'host' && entry.domains.length > 0) expect(domains?.length).toBeGreaterThan(0)
    }
  })
})

test.each([
  ['http://api.example.com/', 'not https'],
  ['https://example.com.evil.com/', 'on a foreign host'],
  ['https://notexample.com/', 'on a foreign host'],
  ['https://example.com@evil.com/', 'more than a URL'],
  ['https://example.com:8443/', 'more than a URL'],
  ['https://example.com/a/../b', 'not in its normal form'],
  ['https://ex%61mple.com/', 'not in its normal form'],
  ['https://evil.com\\.example.com/', 'not in its normal form'],
  ['https://example.com', undefined],
  ['https://API.example.com/Path?x', undefined],
])('%s: %s', (url, fault) => {
  expect(urlFault(url, ['example.com'])).toBe(fault)
})
