import type { WireRules } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import { outcomeOf } from './upstream.fixture.ts'
import { type Answer, placeOf, type Spoken, secret, spoken } from './wire.fixture.ts'

const held = { accessToken: 'the-access-token', refreshToken: 'the-refresh-token' }

async function revoking(wire: Partial<WireRules>, answer: Answer, more: Spoken['provider'] = {}) {
  const there = await placeOf({ '/apps/app-1/token': answer, '/revoke': answer })
  const revocationEndpoint = `${there.origin}/apps/{client_id}/token`
  const provider = await spoken({ wire, provider: { revocationEndpoint, ...more } })
  return { ...provider, there, revoke: () => provider.upstream.revoke(held) }
}

describe('revocation', () => {
  test.each<['bearer-post' | 'bearer-delete', string]>([
    ['bearer-post', 'POST'],
    ['bearer-delete', 'DELETE'],
  ])('%s: an empty %s with the access token', async (revocation, verb) => {
    const { revoke, there } = await revoking(
      { revocation, headers: { 'x-app': '{client_id}' } },
      { status: 200 },
    )
    expect(await revoke()).toBe('revoked')
    expect(there.arrived).toHaveLength(1)
    const { method, body, query, headers } = there.arrived[0]!
    expect({ method, body, query }).toEqual({ method: verb, body: '', query: {} })
    expect(headers).toMatchObject({ authorization: 'Bearer the-access-token', 'x-app': 'app-1' })
    expect(JSON.stringify(there.arrived)).not.toMatch(/s3cret|refresh/)
  })

  test('basic-json-delete: GitHub’s, with the client id in the path', async () => {
    const { revoke, there } = await revoking({ revocation: 'basic-json-delete' }, { status: 204 })
    expect(await revoke()).toBe('revoked')
    const { method, path, json, headers } = there.arrived[0]!
    expect({ method, path, json }).toEqual({
      ...{ method: 'DELETE', path: '/apps/app-1/token', json: { access_token: 'the-access-token' } },
    })
    expect(headers.authorization).toBe(`Basic ${Buffer.from('app-1:the+s3cret').toString('base64')}`)
  })

  test('standard: with our names for the credentials, and theirs', async () => {
    const wire = { tokenNames: { client_id: 'appid', client_secret: 'secret' }, headers: { 'x-v': '2' } }
    const { revoke, there } = await revoking(wire, { status: 200 })
    expect(await revoke()).toBe('revoked')
    expect(there.arrived[0]?.form).toEqual({
      ...{ token: 'the-refresh-token', token_type_hint: 'refresh_token', appid: 'app-1', secret },
    })
    expect(there.arrived[0]?.headers['x-v']).toBe('2')
  })

  test('standard: clientSecretHeader, hashed-secret', async () => {
    const inHeader = await revoking({ clientSecretHeader: 'secret_key' }, {})
    await inHeader.revoke()
    expect(inHeader.there.arrived[0]?.headers.secret_key).toBe(secret)
    expect(inHeader.there.arrived[0]?.form).not.toHaveProperty('client_secret')
    const hashed = await revoking({ clientSecret: 'sha256-of-secret-and-code' }, {})
    await hashed.revoke()
    expect(hashed.there.arrived[0]?.form.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('standard: a token that renews itself is revoked as the access token that it is', async () => {
    const { upstream, there } = await revoking({}, { status: 200 })
    await upstream.revoke({ accessToken: 'one', refreshToken: 'one' })
    expect(there.arrived.map(({ form }) => form.token_type_hint)).toEqual(['access_token'])
  })

  test.each<[WireRules['revocation'], Answer, string]>([
    ['bearer-post', { status: 401 }, 'none'],
    ['bearer-post', { body: { ok: false, error: 'token_revoked' } }, 'none'],
    ['bearer-post', { status: 404 }, 'provider_error revocation_status'],
    ['bearer-delete', { status: 503 }, 'temporarily_unavailable provider_5xx'],
    ['bearer-delete', { status: 429 }, 'temporarily_unavailable rate_limited'],
    ['bearer-post', { status: 200, body: { ok: false, error: 'nope' } }, 'provider_error revocation_error'],
    ['basic-json-delete', { status: 401 }, 'provider_error revocation_status'],
    ['basic-json-delete', { status: 404 }, 'provider_error revocation_status'],
  ])('%s, answered %j', async (revocation, answer, expected) => {
    const { revoke } = await revoking({ revocation }, answer)
    expect(await outcomeOf(revoke)).toBe(expected)
  })

  test('X06 basic-json-delete: an error that repeats the header is logged without it', async () => {
    const basic = `Basic ${Buffer.from('app-1:the+s3cret').toString('base64')}`
    const answer = { status: 400, body: { error: 'odd', error_description: basic } }
    const { upstream } = await revoking({ revocation: 'basic-json-delete' }, answer)
    const failure = upstream.revoke({ accessToken: 'at' })
    await expect(failure).rejects.toMatchObject({ detail: 'odd: Basic [redacted]' })
  })

  test('tenant-in-callback: at the host that the account’s provider had named', async () => {
    const there = await placeOf({ '/revoke': {} })
    const elsewhere = await placeOf({ '/revoke': {} })
    const wire = { tokenHost: { parameter: 'server', hosts: [there.host] } }
    const providerData = { server: there.host }
    const own = await spoken({ wire, answers: { '/revoke': {} } })
    const at = async (revocationEndpoint: string, tokenEndpoint: string) => {
      const { upstream } = await spoken({ wire, provider: { revocationEndpoint, tokenEndpoint } })
      return upstream.revoke({ accessToken: 'at', providerData })
    }
    await at(`${own.origin}/revoke`, `${own.origin}/token`)
    expect([own.at('/revoke').length, there.at('/revoke').length]).toEqual([0, 1])
    // One that is not at the token endpoint's host has nothing to do with it.
    await at(`${elsewhere.origin}/revoke`, `${own.origin}/token`)
    expect([elsewhere.at('/revoke').length, there.at('/revoke').length]).toEqual([1, 1])
  })

  test('basic-json-delete: without a client secret it cannot be', async () => {
    const provider: object = { clientSecret: undefined, tokenEndpointAuthMethod: 'none' }
    await expect(spoken({ wire: { revocation: 'basic-json-delete' }, provider })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid_configuration' }),
    )
  })
})
