import {
  createFakeProvider,
  type FakeProvider,
  type FaultName,
  faultNames,
  onMembers,
  withClaims,
} from '@latchkey/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Tokens, Upstream } from './contract.ts'
import { createUpstreams } from './index.ts'
import { createGuardedFetch } from './net/guarded-fetch.ts'
import { handClock, oidcProvider, outcomeOf, proof } from './upstream.fixture.ts'

const outage = (reason: string) => `temporarily_unavailable ${reason}`
const refused = (reason: string) => `provider_error ${reason}`
const taken = 'none'

const transport = (what: string) => ({
  'http-500': outage('provider_5xx'),
  'http-503': outage('provider_5xx'),
  html: refused(`${what}_not_json`),
  'html-502': outage('provider_5xx'),
  empty: refused(`${what}_not_json`),
  hang: outage('timeout'),
  slow: outage('timeout'),
  huge: refused('too_large'),
  reset: outage('connection'),
  redirect: refused('redirected'),
  truncated: refused(`${what}_not_json`),
  'wrong-content-type': refused(`${what}_not_json`),
  'deep-json': refused('too_deep'),
  array: refused(`${what}_not_json`),
})

const refresh: Record<FaultName<'refresh'>, string> = {
  ...transport('token'),
  'rate-limited': outage('rate_limited'),
  'slow-down': outage('rate_limited'),
  'temporarily-unavailable': outage('token_error'),
  'lost-answer': outage('connection'),
  'invalid-grant': refused('invalid_grant'),
  'invalid-grant-with-200': refused('invalid_grant'),
  'error-with-200': refused('invalid_grant'),
  'error-beside-tokens': refused('invalid_scope'),
  'invalid-client': refused('invalid_client'),
  'invalid-scope': refused('invalid_scope'),
  'unauthorized-client': refused('unauthorized_client'),
  'unsupported-grant-type': refused('unsupported_grant_type'),
  'missing-access-token': refused('token_malformed'),
  'empty-access-token': refused('token_malformed'),
  'access-token-number': refused('token_malformed'),
  'missing-token-type': refused('token_malformed'),
  'unknown-token-type': refused('token_type'),
  'token-type-lower-case': taken,
  'refresh-token-number': refused('token_malformed'),
  'missing-refresh-token': taken,
  'null-refresh-token': taken,
  'empty-refresh-token': taken,
  'negative-expires-in': taken,
  'expires-in-string': taken,
  'expires-in-not-a-number': taken,
  'expires-in-null': taken,
  'missing-expires-in': taken,
  'missing-scope': taken,
  'scope-number': taken,
  'fewer-scopes': taken,
  'refresh-expires-in': taken,
  'foreign-id-token': refused('refresh_identity'),
  'form-encoded': refused('token_not_json'),
}

const revocation: Record<FaultName<'revocation'>, string> = {
  'http-500': outage('provider_5xx'),
  'http-503': outage('provider_5xx'),
  'html-502': outage('provider_5xx'),
  hang: outage('timeout'),
  huge: refused('too_large'),
  redirect: refused('redirected'),
  reset: outage('connection'),
  'rate-limited': outage('rate_limited'),
  'lost-answer': outage('connection'),
  empty: taken,
  'invalid-client': refused('invalid_client'),
  'error-with-200': outage('revocation_error'),
  'unsupported-token-type': taken,
  'invalid-token': taken,
}

const introspection: Record<FaultName<'introspection'>, string> = {
  ...transport('introspection'),
  html: refused('introspection_malformed'),
  empty: refused('introspection_malformed'),
  truncated: refused('introspection_malformed'),
  'wrong-content-type': refused('introspection_malformed'),
  array: refused('introspection_malformed'),
  'rate-limited': outage('rate_limited'),
  'invalid-client': refused('invalid_client'),
  inactive: taken,
  'missing-active': refused('introspection_malformed'),
  'active-string': refused('introspection_malformed'),
  'missing-exp': taken,
  'exp-not-a-number': taken,
}

type Upkeep = 'refresh' | 'revocation' | 'introspection'
type Held = Tokens & { refreshToken: string }

const clock = handClock()
let provider: FakeProvider
let upstream: Upstream
let held: Held

/** Over sockets of this machine, a provider that hangs is given less time than usual. */
beforeEach(async () => {
  provider = await createFakeProvider({
    ...{ autoApprove: 'user', algorithm: 'ES256', clock, host: 'localhost' },
    refreshTokens: { issue: 'always', rotate: true, reuse: 'revoke' },
  })
  const { issuer, client_id: clientId, client_secret: clientSecret = '' } = provider.oidc
  const config = {
    ...oidcProvider,
    issuer,
    clientId,
    clientSecret,
    redirectUri: 'http://localhost:9/callback',
  }
  const fetch = createGuardedFetch({ allowPrivate: true, timeoutMs: 2_000 })
  const found = createUpstreams([config], { clock, allowPrivate: true, fetch }).get(config.id)
  if (found === undefined) throw new Error('no upstream')
  upstream = found
  held = await signIn(config.redirectUri)
})
afterEach(() => provider.close())

async function signIn(redirectUri: string): Promise<Held> {
  const journey = { ...proof, redirectUri }
  const there = await upstream.authorizationUrl(journey)
  const { headers } = await fetch(there, { redirect: 'manual' })
  const back = new URL(headers.get('location') ?? 'about:blank')
  const { tokens } = await upstream.exchange(await upstream.readCallback(back.searchParams, journey), journey)
  if (tokens.refreshToken === undefined) throw new Error('no refresh token')
  return { ...tokens, refreshToken: tokens.refreshToken }
}

const renew = () => upstream.refresh({ refreshToken: held.refreshToken, subject: 'fake-user-ada' })

const use: Record<Upkeep, () => Promise<unknown>> = {
  refresh: renew,
  revocation: () => upstream.revoke(held),
  introspection: () => upstream.introspect(held.accessToken),
}
const expected: Record<Upkeep, Readonly<Record<string, string>>> = { refresh, revocation, introspection }

describe.each(['refresh', 'revocation', 'introspection'] as const)('%s', (point) => {
  const rows = faultNames.filter((row) => row.point === point)
  test.each(rows)('R35 $name: $description', async ({ point: where, name, expect: careful }) => {
    provider.faults.next(where, name)
    const outcome = await outcomeOf(use[point])
    expect(outcome).toBe(expected[point][name])
    // The provider's table says what careful clients do.
    if (careful !== 'either') expect(outcome === taken ? 'accept' : 'refuse').toBe(careful)
    expect(provider.faults.waiting(), 'it struck').toBe(0)
    expect(provider.requests.to('elsewhere'), 'no redirect was followed').toEqual([])
    expect(provider.requests.to(point).length).toBeLessThanOrEqual(name === 'unsupported-token-type' ? 2 : 1)
  })
})

describe('R35 refresh', () => {
  test('new tokens that work, the old refresh token spent', async () => {
    const next = await renew()
    expect(next).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600, scope: 'openid profile email' })
    expect(provider.grants()).toMatchObject([
      {
        refreshes: 1,
        accessTokens: [held.accessToken, next.accessToken],
        refreshTokens: [next.refreshToken],
      },
    ])
    expect(await outcomeOf(renew)).toBe(refused('invalid_grant'))
    expect(provider.grants()).toMatchObject([{ revokedBy: 'refresh-token-reuse' }])
  })

  test.each([
    ['sub', withClaims({ sub: 'fake-admin-grace' })],
    ['iss', withClaims({ iss: 'https://evil.example' })],
    ['aud', withClaims({ aud: 'another-client' })],
  ] as const)('refresh-token-invalid-%s: nothing of the answer is taken', async (_claim, spoiled) => {
    provider.faults.next('id_token', spoiled)
    expect(await outcomeOf(renew)).toBe(refused('refresh_identity'))
  })

  test.each([['kid'], ['keys']])('an unknown %s costs no grant: no keys are needed', async (what) => {
    provider.faults.always('jwks', 'http-503')
    if (what === 'keys') await provider.rotateKey({ drop: true })
    else provider.faults.next('id_token', 'wrong-kid')
    expect((await renew()).refreshToken).toBeDefined()
  })

  test('damaged members are left out, so that nothing good is overwritten', async () => {
    const damage = { expires_in: 'abc', scope: 7, refresh_token: null, refresh_expires_in: 'x' }
    provider.faults.next(
      'refresh',
      onMembers(() => damage),
    )
    const next = await renew()
    expect(next).toEqual({ accessToken: next.accessToken, tokenType: 'Bearer' })
  })

  test('taken back at the provider: invalid_grant; the token is inactive and there is nothing to revoke', async () => {
    provider.revokeGrant({ persona: 'user' })
    expect(await outcomeOf(renew)).toBe(refused('invalid_grant'))
    expect(await upstream.introspect(held.accessToken)).toEqual({ active: false })
    expect(await upstream.revoke(held)).toBe('revoked')
  })

  test('Retry-After is handed on', async () => {
    for (const [name, retryAfterMs] of [
      ['rate-limited', 30_000],
      ['http-503', 1_000],
    ] as const) {
      provider.faults.next('refresh', name)
      await expect(renew()).rejects.toMatchObject({ retryAfterMs })
    }
  })
})

test('revoking ends the grant at the provider, and says what it asked', async () => {
  expect(await upstream.introspect(held.accessToken)).toEqual({
    active: true,
    expiresAt: clock.now() + 3_600_000,
  })
  expect(await upstream.revoke(held)).toBe('revoked')
  expect(provider.grants()).toMatchObject([{ revokedBy: 'client', accessTokens: [], refreshTokens: [] }])
  expect(provider.requests.last('revocation')?.form.get('token_type_hint')).toBe('refresh_token')
  const api = await fetch(provider.endpoints.api, {
    headers: { authorization: `Bearer ${held.accessToken}` },
  })
  expect(api.status).toBe(401)
})
