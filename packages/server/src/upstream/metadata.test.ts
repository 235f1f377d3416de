import { describe, expect, test } from 'vitest'
import { outage } from './failures.ts'
import { createMetadataSource, metadataLocations, readMetadata } from './metadata.ts'
import {
  handClock,
  issuer,
  json,
  metadataDocument,
  outcomeOf,
  scriptedFetch,
  settled,
} from './upstream.fixture.ts'

const oidcLocation = `${issuer}/.well-known/openid-configuration`
const oauthLocation = `${issuer}/.well-known/oauth-authorization-server`

test.each([
  [issuer, [oidcLocation, oauthLocation]],
  [`${issuer}/`, [oidcLocation, oauthLocation]],
  [
    `${issuer}/realms/a`,
    [
      `${issuer}/realms/a/.well-known/openid-configuration`,
      `${issuer}/.well-known/oauth-authorization-server/realms/a`,
    ],
  ],
  [
    `${issuer}/a/`,
    [`${issuer}/a/.well-known/openid-configuration`, `${issuer}/.well-known/oauth-authorization-server/a`],
  ],
])('metadata of %s', (of, expected) => {
  expect(metadataLocations(of)).toEqual(expected)
})

describe('reading', () => {
  test('what is used, under our names', () => {
    expect(
      readMetadata(
        { ...metadataDocument, authorization_response_iss_parameter_supported: true },
        issuer,
        false,
      ),
    ).toEqual({
      issuer,
      authorizationEndpoint: 'https://op.example/authorize',
      tokenEndpoint: 'https://op.example/token',
      userinfoEndpoint: 'https://op.example/userinfo',
      jwksUri: 'https://op.example/jwks',
      issRequired: true,
    })
  })

  test.each<[string, object, string]>([
    ['R18: discovery-issuer-mismatch', { issuer: 'https://other.example' }, 'metadata_issuer'],
    ['R18: a trailing slash', { issuer: `${issuer}/` }, 'metadata_issuer'],
    ['R18: upper case', { issuer: 'https://OP.example' }, 'metadata_issuer'],
    ['R18: missing', { issuer: undefined }, 'metadata_issuer'],
    ['R18: a list', { issuer: [issuer] }, 'metadata_issuer'],
    ['no authorization endpoint', { authorization_endpoint: undefined }, 'metadata_incomplete'],
    ['no token endpoint', { token_endpoint: undefined }, 'metadata_incomplete'],
    ['no keys', { jwks_uri: null }, 'metadata_incomplete'],
    ['an endpoint that is a number', { token_endpoint: 1 }, 'metadata_incomplete'],
    ['an endpoint that is no URL', { token_endpoint: '/token' }, 'invalid_url'],
    ['a fragment', { token_endpoint: 'https://op.example/token#a' }, 'invalid_url'],
    ['X05: http', { token_endpoint: 'http://op.example/token' }, 'insecure_url'],
    ['X05: keys over http', { jwks_uri: 'http://op.example/jwks' }, 'insecure_url'],
    ['X05: a script', { authorization_endpoint: 'javascript:alert(1)' }, 'insecure_url'],
    ['X05: credentials', { userinfo_endpoint: 'https://a:b@op.example/' }, 'credentials_in_url'],
    ['X05: the metadata service', { jwks_uri: 'https://169.254.169.254/' }, 'blocked_address'],
    ['X05: loopback', { token_endpoint: 'https://127.0.0.1/token' }, 'blocked_address'],
  ])('%s', async (_what, change, reason) => {
    expect(await outcomeOf(() => readMetadata({ ...metadataDocument, ...change }, issuer, false))).toBe(
      `provider_error ${reason}`,
    )
  })
})

describe('discovery', () => {
  function source(answers: Parameters<typeof scriptedFetch>[0], given?: Record<string, unknown>) {
    const clock = handClock()
    const background: unknown[] = []
    const provider = scriptedFetch(answers)
    const metadata = createMetadataSource({
      issuer,
      fetch: provider.fetch,
      clock,
      allowPrivate: false,
      ...(given && { metadata: given }),
      onBackgroundFailure: (error) => background.push(error),
    })
    return { clock, background, metadata, ...provider, outcome: () => outcomeOf(metadata) }
  }

  test('asked once for any number of callers, and again behind the scenes after an hour', async () => {
    const op = source({ [oidcLocation]: json(metadataDocument) })
    expect(op.calls).toHaveLength(0)
    await Promise.all(Array.from({ length: 20 }, op.metadata))
    op.clock.forward(3_599_999)
    await op.metadata()
    expect(op.calls).toHaveLength(1)
    op.clock.forward(1)
    await op.metadata()
    expect(op.calls).toHaveLength(2)
  })

  test('what is known serves through an outage, a day at most', async () => {
    const op = source({ [oidcLocation]: json(metadataDocument) })
    await op.metadata()
    op.answers[oidcLocation] = outage('refused')
    op.clock.forward(23 * 3_600_000)
    expect(await op.outcome()).toBe('none')
    await settled()
    expect(op.background).toHaveLength(1)
    op.clock.forward(3_600_000)
    expect(await op.outcome()).toBe('temporarily_unavailable refused')
  })

  test('R18: a document that changes its issuer later is not taken over', async () => {
    const op = source({ [oidcLocation]: json(metadataDocument) })
    await op.metadata()
    op.answers[oidcLocation] = json({
      ...metadataDocument,
      issuer: 'https://evil.example',
      token_endpoint: 'https://evil.example',
    })
    op.clock.forward(3_600_000)
    await op.metadata()
    await settled()
    expect((await op.metadata()).tokenEndpoint).toBe('https://op.example/token')
  })

  test('a failure is remembered for a second', async () => {
    const op = source({ [oidcLocation]: outage('timeout') })
    for (let count = 0; count < 10; count++)
      expect(await op.outcome()).toBe('temporarily_unavailable timeout')
    expect(op.calls).toHaveLength(1)
    op.answers[oidcLocation] = json(metadataDocument)
    op.clock.forward(1_000)
    expect(await op.outcome()).toBe('none')
  })

  test('absent at the first place, there at the second', async () => {
    const op = source({ [oauthLocation]: json(metadataDocument) })
    expect((await op.metadata()).issuer).toBe(issuer)
    expect(op.calls.map(({ url }) => url)).toEqual([oidcLocation, oauthLocation])
  })

  test.each([
    ['nowhere', {}, 'provider_error metadata_absent'],
    [
      '5xx: the second place is not asked',
      { [oidcLocation]: json({}, 503) },
      'temporarily_unavailable provider_5xx',
    ],
    ['HTML', { [oidcLocation]: new Response('<html>') }, 'provider_error metadata_not_json'],
    [
      'JSON as text',
      { [oidcLocation]: new Response(JSON.stringify(metadataDocument)) },
      'provider_error metadata_not_json',
    ],
    ['a list', { [oidcLocation]: json([]) }, 'provider_error metadata_not_json'],
    ['202', { [oidcLocation]: json(metadataDocument, 202) }, 'provider_error metadata_status'],
    [
      'another issuer',
      { [oidcLocation]: json({ ...metadataDocument, issuer: 'https://x.example' }) },
      'provider_error metadata_issuer',
    ],
  ])('%s', async (_what, answers, expected) => {
    expect(await source(answers).outcome()).toBe(expected)
  })

  test('given metadata is not asked for, but checked the same', async () => {
    const good = source({}, metadataDocument)
    expect((await good.metadata()).jwksUri).toBe('https://op.example/jwks')
    const bad = source({}, { ...metadataDocument, issuer: 'https://x.example' })
    expect(await bad.outcome()).toBe('provider_error metadata_issuer')
    expect([...good.calls, ...bad.calls]).toEqual([])
  })

  test('nonstandard-discovery-path: asked there and nowhere else, and its issuer is compared as ever', async () => {
    const discoveryUrl = 'https://op.example/odd/openid_configuration'
    const at = (answer: Response) => {
      const op = scriptedFetch({ [discoveryUrl]: answer, [oidcLocation]: json(metadataDocument) })
      const metadata = createMetadataSource({
        ...{ issuer, discoveryUrl, fetch: op.fetch, clock: handClock(), allowPrivate: false },
      })
      return { ...op, metadata, outcome: () => outcomeOf(metadata) }
    }
    const good = at(json(metadataDocument))
    expect((await good.metadata()).jwksUri).toBe('https://op.example/jwks')
    expect(good.calls.map(({ url }) => url)).toEqual([discoveryUrl])
    const other = at(json({ ...metadataDocument, issuer: 'https://x.example' }))
    expect(await other.outcome()).toBe('provider_error metadata_issuer')
    const absent = at(json({}, 404))
    expect(await absent.outcome()).toBe('provider_error metadata_absent')
    expect([...other.calls, ...absent.calls].map(({ url }) => url)).toEqual([discoveryUrl, discoveryUrl])
  })
})
