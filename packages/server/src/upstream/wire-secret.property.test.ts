import { standardRules, type WireRules } from '@latchkey/providers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createUpstreams } from './index.ts'
import type { GuardedFetch } from './net/guarded-fetch.ts'
import { checkTokenHost } from './token-host.ts'
import { handClock, json, oauth2Provider, proof } from './upstream.fixture.ts'

/** Of letters and digits alone: it looks the same in a form, a query and JSON. */
const secret = 'S3CRETofTHEclient'
const hosts = {
  token: 'token.example',
  moved: 'eu.token.example',
  refresh: 'refresh.example',
  exchange: 'exchange.example',
  revoke: 'revoke.example',
  introspect: 'introspect.example',
}

const parameterNames = fc.dictionary(
  fc.constantFrom(
    'client_id',
    'client_secret',
    'redirect_uri',
    'scope',
    'code',
    'refresh_token',
    'grant_type',
  ),
  fc.constantFrom('client_id', 'appid', 'secret', 'key', 'state', 'access_token'),
  { maxKeys: 3 },
)
const values = fc.dictionary(
  fc.constantFrom('client_id', 'client_secret', 'redirect_uri', 'code', 'extra', 'x'),
  fc.constantFrom('{client_id}', '{access_token}', '{client_secret}', '{token.x}', 'https://evil.example'),
  { maxKeys: 3 },
)
const headers = fc.dictionary(
  fc.constantFrom('x-app', 'user-agent', 'x-forwarded-host'),
  fc.constantFrom('{client_id}', '{access_token}', 'https://evil.example'),
  { maxKeys: 2 },
)
const exchange = fc.record({
  grantType: fc.constantFrom('exchange', ''),
  tokenParameter: fc.constantFrom('access_token', 'client_secret', 'client_id'),
  sends: fc.subarray(['client_id', 'client_secret'] as const),
})
const revocationRequest = fc.record(
  {
    method: fc.constantFrom('POST' as const, 'DELETE' as const, 'GET' as const),
    sends: fc.dictionary(
      fc.constantFrom('token', 'client_id', 'key'),
      fc.constantFrom('{client_id}', '{client_secret}', '{access_token}', '{refresh_token}', '{data.realm}'),
    ),
    as: fc.constantFrom('form' as const, 'json' as const, 'query' as const),
    authorization: fc.constantFrom('basic', 'Client {client_secret}', 'Bearer {access_token}'),
  },
  { requiredKeys: ['method', 'sends', 'as'] },
)
const flag = fc.boolean()

const rules: fc.Arbitrary<Partial<WireRules>> = fc.record(
  {
    ...{ sendScope: flag, authorizeNames: parameterNames, tokenNames: parameterNames, headers },
    ...{ tokenExtra: values, refreshExtra: values, exchange, refreshExchange: exchange },
    ...{ refreshRedirectUri: flag, keepFromCallback: fc.constant(['realm']), codeSuffix: fc.constant('#_') },
    stateIn: fc.constantFrom('parameter', 'redirect-uri'),
    tokenMethod: fc.constantFrom('POST', 'GET'),
    tokenParameters: fc.constantFrom('form', 'json', 'query'),
    grantType: fc.constantFrom('authorization_code', 'refresh_token', 'urn:x'),
    tokenOmits: fc.subarray(['redirect_uri', 'client_secret', 'client_id']),
    basicCredentials: fc.constantFrom('encoded', 'raw'),
    clientSecret: fc.constantFrom('as-it-is', 'sha256-of-secret-and-code'),
    clientSecretHeader: fc.constantFrom('secret_key', 'x-secret'),
    tokenHost: fc.constant({ parameter: 'server', hosts: [hosts.moved] }),
    revocationRequest,
    revocation: fc.constantFrom('standard', 'bearer-post', 'bearer-delete', 'basic-json-delete'),
  },
  { requiredKeys: [] },
)

interface Sent {
  host: string
  url: string
  rest: string
}

/** Every request of a whole life: consent, code, userinfo, refresh, introspection, revocation. */
async function life(
  wire: Partial<WireRules>,
  method: 'client_secret_basic' | 'client_secret_post',
  server?: string,
) {
  const sent: Sent[] = []
  const fetch: GuardedFetch = async (input, { headers: given = {}, body } = {}) => {
    const url = new URL(input)
    const credentials = Buffer.from((given.authorization ?? '').replace('Basic ', ''), 'base64').toString()
    sent.push({
      host: url.host,
      url: url.href,
      rest: `${JSON.stringify(given)} ${credentials} ${String(body)}`,
    })
    return json({ access_token: 'at', token_type: 'Bearer', refresh_token: 'rt', active: true, id: 'u-1' })
  }
  const provider = {
    ...{ ...oauth2Provider, clientSecret: secret, tokenEndpointAuthMethod: method, wire },
    tokenEndpoint: `https://${hosts.token}/token`,
    refreshEndpoint: `https://${hosts.refresh}/token`,
    exchangeEndpoint: `https://${hosts.exchange}/exchange`,
    revocationEndpoint: `https://${hosts.revoke}/revoke`,
    introspectionEndpoint: `https://${hosts.introspect}/introspect`,
  }
  const upstream = createUpstreams([provider], { clock: handClock(), allowPrivate: false, fetch }).get(
    'legacy',
  )
  if (upstream === undefined) throw new Error('no upstream')
  sent.push({ host: 'the browser', url: (await upstream.authorizationUrl(proof)).href, rest: '' })
  const query = new URLSearchParams({
    code: 'c',
    state: proof.state,
    ...(server !== undefined && { server }),
  })
  const { tokens } = await upstream.exchange(await upstream.readCallback(query, proof), proof)
  const { accessToken, refreshToken = 'rt', providerData = {} } = tokens
  await upstream.refresh({ refreshToken, subject: 'u-1', providerData })
  await upstream.revoke({ accessToken, refreshToken, providerData })
  await upstream.introspect(accessToken)
  return sent
}

test('whatever the rules: the client secret goes to the endpoints that prove us, and into a URL by a rule alone', async () => {
  const method = fc.constantFrom('client_secret_basic' as const, 'client_secret_post' as const)
  const server = fc.option(fc.constantFrom(hosts.moved, `https://${hosts.moved}`), { nil: undefined })
  await fc.assert(
    fc.asyncProperty(rules, method, server, async (wire, authentication, named) => {
      const hashed = wire.clientSecret === 'sha256-of-secret-and-code'
      const all = { ...standardRules, ...wire }
      for (const { host, url, rest } of await life(wire, authentication, named)) {
        const exchanges = [
          ...(all.exchange?.sends.includes('client_secret') === true ? [hosts.exchange] : []),
          ...(all.refreshExchange?.sends.includes('client_secret') === true ? [hosts.refresh] : []),
        ]
        const proving = [hosts.token, hosts.moved, hosts.revoke, hosts.introspect]
        const mayHave = [...proving, ...exchanges, ...(all.refreshExchange ? [] : [hosts.refresh])]
        if (!mayHave.includes(host)) expect(`${url} ${rest}`, host).not.toContain(secret)
        const inUrl = all.tokenMethod === 'GET' || all.tokenParameters === 'query'
        const { method: by, as, sends = {} } = all.revocationRequest ?? {}
        const revokes = (by === 'GET' || as === 'query') && Object.values(sends).includes('{client_secret}')
        const revoking = revokes ? [hosts.revoke] : []
        const byRule = [
          ...exchanges,
          ...revoking,
          ...(inUrl ? [hosts.token, hosts.moved, hosts.refresh] : []),
        ]
        if (!byRule.includes(host)) expect(url).not.toContain(secret)
        if (hashed && !exchanges.includes(host) && host !== hosts.revoke) expect(rest).not.toContain(secret)
      }
    }),
    { numRuns: 100 },
  )
})

test('V08 whatever the callback names: it is one of the hosts of the rules, or refused before anything is sent', () => {
  const rule = { ...standardRules, tokenHost: { parameter: 'server', hosts: [hosts.moved] } }
  const near = fc.constantFrom(
    `${hosts.moved}.evil.example`,
    `evil.example/${hosts.moved}`,
    `x@${hosts.moved}`,
    `https://${hosts.moved}:8443`,
  )
  fc.assert(
    fc.property(fc.oneof(near, fc.string(), fc.webUrl()), (server) => {
      fc.pre(server !== hosts.moved)
      expect(() => checkTokenHost(rule, new URLSearchParams({ server }))).toThrow(
        expect.objectContaining({ reason: 'callback_token_host' }),
      )
    }),
  )
})
