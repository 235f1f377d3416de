import { expect, test } from 'vitest'
import { authorizationUrl, quietProvider, redeem } from '../flow.fixture.ts'
import type { FakeProvider, FaultName } from '../index.ts'

interface Seen {
  provider: FakeProvider
  response: Response
  /** Of the redirect's query. */
  params: URLSearchParams
}

const error =
  (code: string, description: string | null = null) =>
  ({ params, provider }: Seen) => {
    expect(params.get('error')).toBe(code)
    expect(params.get('error_description')).toBe(description)
    expect(params.has('code')).toBe(false)
    expect([params.get('state'), params.get('iss')]).toEqual(['a-state', provider.issuer])
  }

/** What the redirect carries under a name; the other two good parameters are untouched. */
const only =
  (name: 'code' | 'state' | 'iss', check: (values: string[], provider: FakeProvider) => void) =>
  ({ params, provider }: Seen) => {
    check(params.getAll(name), provider)
    const good = { code: /^.{43}$/, state: /^a-state$/, iss: new RegExp(`^${provider.issuer}$`) }
    for (const other of ['code', 'state', 'iss'] as const) {
      if (other !== name) expect(params.get(other)).toMatch(good[other])
    }
  }

const absent = (values: string[]) => expect(values).toEqual([])
const is = (value: string) => (values: string[]) => expect(values).toEqual([value])

const looks: Record<FaultName<'authorize'>, (seen: Seen) => void | Promise<void>> = {
  'access-denied': error('access_denied'),
  'server-error': error('server_error'),
  'temporarily-unavailable': error('temporarily_unavailable'),
  'invalid-request': error('invalid_request'),
  'invalid-scope': error('invalid_scope'),
  'unauthorized-client': error('unauthorized_client'),
  'unsupported-response-type': error('unsupported_response_type'),
  'login-required': error('login_required'),
  'interaction-required': error('interaction_required'),
  'consent-required': error('consent_required'),
  'unknown-error': error('purple_elephant'),
  'script-error': error('<script>alert(1)</script>', '<script>alert(2)</script>'),
  'long-error-description': error('server_error', 'x'.repeat(10_240)),
  'error-beside-code': ({ params }) =>
    expect([params.get('error'), params.has('code')]).toEqual(['access_denied', true]),
  'missing-code': only('code', absent),
  'unknown-code': async ({ params, provider }) => {
    expect(params.get('code')).toMatch(/^.{43}-never-issued$/)
    expect((await redeem(provider, params.get('code'))).status).toBe(400)
  },
  'missing-iss': only('iss', absent),
  'wrong-iss': only('iss', is('https://issuer.example')),
  'iss-trailing-slash': only('iss', is('https://provider.test/')),
  'missing-state': only('state', absent),
  'wrong-state': only('state', is('etats-a')),
  'empty-state': only('state', is('')),
  'duplicate-code': only('code', ([first, second]) => expect(second).toBe(`${first}-second`)),
  'duplicate-state': only('state', (values) => expect(values).toEqual(['a-state', 'a-state'])),
  'duplicate-iss': only('iss', (values, { issuer }) => expect(values).toEqual([issuer, issuer])),
  'unasked-form-post': async ({ response }) => {
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('name="code"')
  },
  'unasked-fragment': ({ response }) =>
    expect(response.headers.get('location')).toMatch(/\/callback#code=.{43}&state=/),
  'extra-parameters': ({ params }) => {
    expect(params.get('session_state')).toBe('abc.def')
    expect(params.get('code')).toMatch(/^.{43}$/)
  },
}

const rows = Object.entries<(seen: Seen) => void | Promise<void>>(looks)

test.each(rows)('R19, R21, R22 %s', async (name, check) => {
  const provider = await quietProvider()
  provider.faults.next('authorize', name as FaultName<'authorize'>)
  const response = await provider.fetch(authorizationUrl(provider))
  const location = response.headers.get('location')
  await check({ provider, response, params: new URL(location ?? 'about:blank').searchParams })
})

test('strikes denials and refusals as well', async () => {
  const provider = await quietProvider({ autoApprove: 'denies' })
  provider.faults.next('authorize', 'missing-state')
  const response = await provider.fetch(authorizationUrl(provider))
  const params = new URL(response.headers.get('location') ?? '').searchParams
  expect([params.get('error'), params.has('state')]).toEqual(['access_denied', false])
})

test('errors that were there already are replaced, not doubled', async () => {
  const provider = await quietProvider({ autoApprove: 'denies' })
  provider.faults.next('authorize', 'server-error')
  const response = await provider.fetch(authorizationUrl(provider))
  const params = new URL(response.headers.get('location') ?? '').searchParams
  expect(params.getAll('error')).toEqual(['server_error'])
  expect(params.has('error_description')).toBe(false)
})
