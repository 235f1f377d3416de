import { catalogue, type Entry, signsIn } from '@latchkey/providers'
import { createFakeProvider } from '@latchkey/testing'
import { expect, it } from 'vitest'
import { testConfig } from '../config.fixture.ts'
import { resolveUnknown } from '../resolve.ts'
import { snakeCase } from './names.ts'

const rsaKey = { kty: 'RSA', n: 'x'.repeat(342), e: 'AQAB', d: 'd' }
const privateKey = { kty: 'EC', crv: 'P-256', kid: 'k', x: 'x', y: 'y', d: 'd' }

function credentials({ protocol, oauth1, clientAuthentication, quirks = [] }: Omit<Entry, 'tenant'>): object {
  if (protocol === 'oauth1') {
    const { signatureMethod } = oauth1 ?? {}
    const proof = signatureMethod === 'RSA-SHA1' ? { private_key: rsaKey } : { consumer_secret: 'between us' }
    return { consumer_key: 'ours', ...proof }
  }
  const client_id = 'ours'
  if (quirks.includes('signed-jwt-client-secret')) {
    return { client_id, private_key: privateKey, client_secret_issuer: 'TEAM' }
  }
  if (clientAuthentication === 'private_key_jwt') return { client_id, private_key: privateKey }
  return clientAuthentication === 'none' ? { client_id } : { client_id, client_secret: 'between us' }
}

/** The least that an installation says of it. */
function registration({ tenant = {}, ...entry }: Entry): object {
  return {
    ...Object.fromEntries(
      Object.entries(tenant).map(([name, { choices, example }]) => [
        snakeCase(name),
        choices?.[0] ?? example,
      ]),
    ),
    ...credentials(entry),
    ...(!signsIn(entry) && { connect: true }),
  }
}

it.each(catalogue)('$id is sound once it is written out', (entry) => {
  const input = { ...testConfig, providers: { [entry.id]: registration(entry) } }
  const [provider] = resolveUnknown(input, { env: {}, baseDir: '/' }).providers
  expect(provider?.signIn).toBe(signsIn(entry))
  expect(JSON.stringify(provider)).not.toMatch(
    /\{(?!client_id\}|client_secret\}|access_token\}|code\}|token\.|tid\})[a-z]+[A-Za-z]*\}/,
  )
})

it('and so are the settings with which the fake provider plays it', { timeout: 120_000 }, async () => {
  const fake = await createFakeProvider({ plays: catalogue, listen: false, algorithm: 'ES256' })
  try {
    const wrong = catalogue.flatMap((entry) => {
      const providers = {
        [entry.id]: { ...fake.played(entry.id).settings, connect: entry.signInOnly !== true },
      }
      const input = { ...testConfig, issuer: 'http://127.0.0.1:4000', providers }
      try {
        resolveUnknown(input, { env: {}, baseDir: '/' })
        return []
      } catch (error) {
        return [[entry.id, String(error)]]
      }
    })
    expect(wrong).toEqual([])
  } finally {
    await fake.close()
  }
})
