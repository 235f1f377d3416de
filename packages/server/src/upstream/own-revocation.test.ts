import type { RevocationRequest, WireRules } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import { outcomeOf } from './upstream.fixture.ts'
import { type Answer, placeOf, secret, spoken } from './wire.fixture.ts'

const held = { accessToken: 'the-access-token', refreshToken: 'the-refresh-token' }

async function revoking(wire: Partial<WireRules>, answer: Answer) {
  const there = await placeOf({ '/revoke': answer })
  const { upstream } = await spoken({ wire, provider: { revocationEndpoint: `${there.origin}/revoke` } })
  return { upstream, there, revoke: () => upstream.revoke(held) }
}

describe('revocation-renamed', () => {
  const providerData = { 'team.id': 'T-1', shop: 'acme & co' }
  const asked = async (revocationRequest: RevocationRequest, more: object = {}) => {
    const { upstream, there } = await revoking({ revocationRequest }, { status: 200 })
    const outcome = await upstream.revoke({ ...held, providerData, ...more })
    const [request, ...others] = there.arrived
    expect(others).toEqual([])
    return { outcome, request }
  }
  const client = { id: '{client_id}', key: '{client_secret}' }

  test.each<[title: string, rule: RevocationRequest, came: object]>([
    [
      'JSON with Basic (Notion)',
      { method: 'POST', sends: { token: '{access_token}' }, as: 'json', authorization: 'basic' },
      {
        json: { token: 'the-access-token' },
        headers: {
          authorization: `Basic ${Buffer.from('app-1:the+s3cret').toString('base64')}`,
          'content-type': 'application/json',
        },
      },
    ],
    [
      'JSON with the refresh token (Lyft)',
      { method: 'POST', sends: { token: '{refresh_token}' }, as: 'json', authorization: 'basic' },
      { json: { token: 'the-refresh-token' } },
    ],
    [
      'a form with id and secret (LINE, Yandex)',
      { method: 'POST', sends: { access_token: '{access_token}', ...client }, as: 'form' },
      { form: { access_token: 'the-access-token', id: 'app-1', key: secret } },
    ],
    [
      'a form with the token alone (Weibo)',
      { method: 'POST', sends: { access_token: '{access_token}' }, as: 'form' },
      { form: { access_token: 'the-access-token' }, body: 'access_token=the-access-token' },
    ],
    [
      'the secret under a scheme of its own (Square)',
      { method: 'POST', sends: { id: '{client_id}' }, as: 'json', authorization: 'Client {client_secret}' },
      { json: { id: 'app-1' }, headers: { authorization: `Client ${secret}` } },
    ],
    [
      'what was kept with the tokens (Stripe)',
      {
        ...{ method: 'POST', as: 'form', authorization: 'Bearer {client_secret}' },
        sends: { shop: '{data.shop}', team: '{data.team.id}' },
      },
      { form: { shop: 'acme & co', team: 'T-1' }, headers: { authorization: `Bearer ${secret}` } },
    ],
    [
      'a query, because the rule says so',
      { method: 'DELETE', sends: { t: '{access_token}', kind: 'access' }, as: 'query' },
      { method: 'DELETE', query: { t: 'the-access-token', kind: 'access' }, body: '' },
    ],
    [
      'a GET, which has a query and nothing else',
      { method: 'GET', sends: { t: '{access_token}' }, as: 'form' },
      { method: 'GET', query: { t: 'the-access-token' }, body: '' },
    ],
  ])('%s', async (_title, rule, came) => {
    const { outcome, request } = await asked(rule)
    expect(outcome).toBe('revoked')
    expect(request).toMatchObject({ method: 'POST', ...came })
    if (rule.as !== 'query' && rule.method !== 'GET') expect(request?.query).toEqual({})
    if (rule.authorization === undefined) expect(request?.headers.authorization).toBeUndefined()
    const said = JSON.stringify(rule)
    const sent = JSON.stringify(request)
    if (!said.includes('{access_token}')) expect(sent).not.toContain(held.accessToken)
    if (!said.includes('{refresh_token}')) expect(sent).not.toContain(held.refreshToken)
    if (!said.includes('{client_secret}') && rule.authorization !== 'basic')
      expect(sent).not.toMatch(/s3cret/)
  })

  test.each<[string, RevocationRequest, object]>([
    [
      'no refresh token',
      { method: 'POST', sends: { token: '{refresh_token}' }, as: 'json' },
      { refreshToken: undefined },
    ],
    [
      'nothing kept',
      { method: 'POST', sends: { id: '{client_id}', account: '{data.account}' }, as: 'form' },
      { providerData: undefined },
    ],
    [
      'nothing kept for the header',
      { method: 'POST', sends: {}, as: 'form', authorization: 'Shop {data.account}' },
      {},
    ],
  ])('with %s nobody is asked', async (_title, rule, more) => {
    expect(await asked(rule, more)).toEqual({ outcome: 'unsupported', request: undefined })
  })

  test('it comes before `revocation`, and headers of the rules go along', async () => {
    const { revoke, there } = await revoking(
      {
        ...{ revocation: 'bearer-delete', headers: { 'x-version': '1', 'x-token': '{access_token}' } },
        revocationRequest: { method: 'POST', sends: { token: '{access_token}' }, as: 'json' },
      },
      { status: 200 },
    )
    expect(await revoke()).toBe('revoked')
    expect(there.arrived[0]).toMatchObject({
      ...{ method: 'POST', headers: { 'x-version': '1', 'x-token': 'the-access-token' } },
    })
  })

  test.each<[Answer, string]>([
    [{ body: { response: 1 } }, 'none'],
    [{ status: 400, body: { error: 'invalid_token' } }, 'none'],
    [{ status: 403, body: { error: 'expired_token', error_code: 21327 } }, 'none'],
    [{ status: 401 }, 'provider_error revocation_status'],
    [{ status: 400, body: { error: 'no the-refresh-token' } }, 'provider_error revocation_error'],
    [{ status: 503 }, 'temporarily_unavailable provider_5xx'],
  ])('answered %j', async (answer, expected) => {
    const revocationRequest: RevocationRequest = {
      ...{ method: 'POST', sends: { token: '{access_token}', again: '{refresh_token}' }, as: 'form' },
    }
    const { revoke } = await revoking({ revocationRequest }, answer)
    expect(await outcomeOf(revoke)).toBe(expected)
    const error: unknown = await revoke().catch((reason: unknown) => reason)
    expect(JSON.stringify(error)).not.toMatch(/the-(access|refresh)-token|s3cret/)
  })

  test('tokens of another kind are told from those that failed', async () => {
    const sends = { access_token: '{access_token}' }
    const answer = { status: 400, body: { error: 'unsupported_token_type' } }
    const { revoke } = await revoking({ revocationRequest: { method: 'POST', sends, as: 'form' } }, answer)
    expect(await revoke()).toBe('unsupported')
  })

  test.each<Partial<RevocationRequest>>([
    { authorization: 'basic' },
    { authorization: 'Client {client_secret}' },
    { sends: { key: '{client_secret}' } },
  ])('%j cannot be without a client secret', async (more) => {
    const provider: object = { clientSecret: undefined, tokenEndpointAuthMethod: 'none' }
    const revocationRequest: RevocationRequest = { method: 'POST', sends: {}, as: 'form', ...more }
    await expect(spoken({ wire: { revocationRequest }, provider })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid_configuration' }),
    )
  })
})
