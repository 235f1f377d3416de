import type { WireRules } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import { outcomeOf } from './upstream.fixture.ts'
import { type Answer, placeOf, secret, spoken } from './wire.fixture.ts'

const graph = {
  exchange: {
    grantType: 'fb_exchange_token',
    tokenParameter: 'fb_exchange_token',
    sends: ['client_id', 'client_secret'],
  },
  refreshExchange: { grantType: 'ig_refresh_token', tokenParameter: 'access_token', sends: [] },
} satisfies Partial<WireRules>

const long = { access_token: 'long', token_type: 'bearer', expires_in: 5_184_000 }

/** A provider with an exchange, and what answers there. */
async function exchanging({
  wire = graph,
  code = { access_token: 'short', token_type: 'bearer', expires_in: 3600, scope: 'a' },
  exchanged = { body: long },
  renewed = { body: { ...long, access_token: 'longer' } },
}: {
  wire?: Partial<WireRules>
  code?: object
  exchanged?: Answer
  renewed?: Answer
} = {}) {
  const there = await placeOf({ '/exchange': exchanged, '/renew': renewed })
  const provider = await spoken({
    wire,
    answers: { '/token': { body: code } },
    provider: {
      exchangeEndpoint: `${there.origin}/exchange?v=25`,
      refreshEndpoint: `${there.origin}/renew`,
    },
  })
  return { ...provider, there }
}

const held = { refreshToken: 'long', subject: 'u-1' }

describe('no-refresh-token-exchange-instead', () => {
  test('straight after the code: the long-lived token is kept, as what renews it, too', async () => {
    const { connect, there, at } = await exchanging()
    const { tokens, subject } = await connect()
    expect(subject).toBe('u-1')
    expect(tokens).toEqual({
      ...{ accessToken: 'long', refreshToken: 'long', tokenType: 'Bearer', expiresIn: 5_184_000, scope: 'a' },
    })
    expect(there.arrived.map(({ method, query, body }) => ({ method, query, body }))).toEqual([
      {
        ...{ method: 'GET', body: '' },
        query: {
          ...{ v: '25', grant_type: 'fb_exchange_token', fb_exchange_token: 'short' },
          ...{ client_id: 'app-1', client_secret: secret },
        },
      },
    ])
    expect(at('/me')[0]?.headers.authorization).toBe('Bearer long')
  })

  test('the short-lived token’s end is not that of the other', async () => {
    const { connect } = await exchanging({
      exchanged: { body: { access_token: 'long', token_type: 'bearer' } },
    })
    expect((await connect()).tokens).not.toHaveProperty('expiresIn')
  })

  test('a renewal asks with the access token, and the new one renews the next time', async () => {
    const { upstream, there, at } = await exchanging()
    expect(await upstream.refresh(held)).toEqual({
      ...{ accessToken: 'longer', refreshToken: 'longer', tokenType: 'Bearer', expiresIn: 5_184_000 },
    })
    expect(there.arrived.map(({ method, path, query }) => ({ method, path, query }))).toEqual([
      { method: 'GET', path: '/renew', query: { grant_type: 'ig_refresh_token', access_token: 'long' } },
    ])
    expect(at('/token')).toEqual([])
  })

  test('without an exchange of its own the first token renews itself', async () => {
    const { refreshExchange } = graph
    const { connect, there } = await exchanging({ wire: { refreshExchange } })
    expect((await connect()).tokens).toMatchObject({ accessToken: 'short', refreshToken: 'short' })
    expect(there.arrived).toEqual([])
  })

  test('without a renewal there is no refresh token', async () => {
    const { exchange } = graph
    const { connect } = await exchanging({ wire: { exchange } })
    expect((await connect()).tokens).not.toHaveProperty('refreshToken')
  })

  test('renamed credentials, headers and a wrapped first answer', async () => {
    const { connect, there } = await exchanging({
      wire: {
        ...graph,
        ...{ tokenNames: { client_id: 'appid' }, tokenPath: 'data.0', keepFromToken: ['data.0.user'] },
        headers: { 'x-token': '{access_token}' },
      },
      code: { data: [{ access_token: 'short', token_type: 'bearer', user: 'u' }] },
    })
    expect((await connect()).tokens).toMatchObject({
      accessToken: 'long',
      providerData: { 'data.0.user': 'u' },
    })
    expect(there.arrived[0]?.query).toMatchObject({ appid: 'app-1' })
    expect(there.arrived[0]?.headers['x-token']).toBe('short')
  })

  const graphError = (code: number) => ({
    error: { message: `Error validating access token: long ${secret}`, type: 'OAuthException', code },
  })
  test.each<[string, Answer, string, string]>([
    [
      'refused',
      { status: 400, body: graphError(190) },
      'provider_error token_error',
      'provider_error invalid_grant',
    ],
    [
      'refused otherwise',
      { status: 400, body: graphError(4) },
      'provider_error token_error',
      'provider_error token_error',
    ],
    ['out', { status: 503 }, 'temporarily_unavailable provider_5xx', 'temporarily_unavailable provider_5xx'],
    ['no token', { body: {} }, 'provider_error token_malformed', 'provider_error token_malformed'],
    ['HTML', { type: 'text/html' }, 'provider_error token_not_json', 'provider_error token_not_json'],
  ])('fails the journey, and the renewal: %s', async (_what, answer, journey, renewal) => {
    const { connect, upstream, at } = await exchanging({ exchanged: answer, renewed: answer })
    expect(await outcomeOf(() => connect())).toBe(journey)
    expect(at('/me')).toEqual([])
    expect(await outcomeOf(() => upstream.refresh(held))).toBe(renewal)
    const error = await upstream.refresh(held).catch((reason: unknown) => reason)
    expect(JSON.stringify(error)).not.toContain(secret)
  })

  test.each<[string, Partial<WireRules>, object]>([
    ['no place to exchange', { exchange: graph.exchange }, { exchangeEndpoint: undefined }],
    ['no place to renew', { refreshExchange: graph.refreshExchange }, { refreshEndpoint: undefined }],
    [
      'no secret to send',
      { exchange: graph.exchange },
      { exchangeEndpoint: 'https://x.example/', clientSecret: undefined, tokenEndpointAuthMethod: 'none' },
    ],
  ])('%s is a mistake in the configuration', async (_what, wire, provider) => {
    await expect(spoken({ wire, provider })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid_configuration' }),
    )
  })
})
