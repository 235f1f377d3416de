import { expect, it } from 'vitest'
import { testConfig, testOidcProvider } from './config.fixture.ts'
import { ConfigError } from './errors.ts'
import { resolveUnknown } from './resolve.ts'

const logoOf = (logo: string, issuer = 'https://auth.example.com') => {
  const config = { ...testConfig, issuer, providers: { acme: { ...testOidcProvider, logo } } }
  return resolveUnknown(config, { env: {}, baseDir: '/' }).providers[0]?.logo
}

it.each([
  ['https://cdn.example.com/acme.svg', 'https://cdn.example.com/acme.svg'],
  ['http://localhost:3000/acme.png', 'http://localhost:3000/acme.png'],
  ['/logos/acme.svg', 'https://auth.example.com/logos/acme.svg'],
])('a logo at %s', (logo, url) => {
  expect(logoOf(logo)).toBe(url)
})

it("a path is one of the issuer's host, whatever path the issuer has", () => {
  expect(logoOf('/logos/acme.svg', 'https://example.com/auth')).toBe('https://example.com/logos/acme.svg')
})

it.each([
  'acme.svg',
  'http://cdn.example.com/acme.svg',
  'data:image/svg+xml,<svg/>',
  'javascript:alert(1)',
  '//cdn.example.com/acme.svg',
  'https://cdn.example.com/',
  'https://cdn.example.com/acme.svg?size=2',
  'https://cdn.example.com/acme.svg#a',
  "https://cdn.example.com/a;script-src 'unsafe-inline'",
  'https://cdn.example.com/a,b.svg',
  'https://*.example.com/acme.svg',
  'https://cdn.example.com;sandbox/acme.svg',
  'https://cdn.example.com,example.net/acme.svg',
  "https://'self'/acme.svg",
  '/../acme.svg',
  '/a b.svg',
])('A19: refused, since it would stand in the policy of our pages: %s', (logo) => {
  expect(() => logoOf(logo)).toThrow(ConfigError)
})
