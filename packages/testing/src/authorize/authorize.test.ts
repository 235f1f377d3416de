import { describe, expect, test } from 'vitest'
import { authorizationUrl, callback, challenge, quietProvider, redirectUri } from '../flow.fixture.ts'

const location = async (url: Promise<Response>) => (await url).headers.get('location')

describe('requests whose sender cannot be trusted get a page and no redirect (RFC 6749 section 4.1.2.1)', () => {
  test.each([
    ['no client_id', { client_id: undefined }],
    ['unknown client', { client_id: 'nobody' }],
    ['no redirect_uri', { redirect_uri: undefined }],
    ['foreign redirect_uri', { redirect_uri: 'https://evil.example/cb' }],
  ])('%s', async (_, params) => {
    const provider = await quietProvider()
    const response = await provider.fetch(authorizationUrl(provider, params))
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
  })

  test.each(['client_id=other', `redirect_uri=${encodeURIComponent(redirectUri)}`])(
    'repeated: %s',
    async (repeated) => {
      const provider = await quietProvider()
      expect((await provider.fetch(`${authorizationUrl(provider)}&${repeated}`)).status).toBe(400)
    },
  )
})

describe('other mistakes go back to the client with state and iss', () => {
  test.each([
    ['invalid_request', { response_type: undefined }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['unsupported_response_type', { response_type: 'code id_token' }],
    ['invalid_request', { response_mode: 'web_message' }],
    ['request_not_supported', { request: 'x.y.z' }],
    ['request_uri_not_supported', { request_uri: 'urn:x' }],
    ['invalid_request', { max_age: '-1' }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge_method: undefined }],
    ['invalid_request', { code_challenge: undefined }],
    ['invalid_request', { code_challenge: challenge.slice(1) }],
    ['invalid_request', { code_challenge: `${challenge.slice(1)}=` }],
  ])('%s: %j', async (error, params) => {
    const provider = await quietProvider()
    const answer = await callback(provider, params)
    expect(answer.get('error')).toBe(error)
    expect(answer.get('code')).toBeNull()
    expect(answer.get('state')).toBe('a-state')
    expect(answer.get('iss')).toBe(provider.issuer)
  })

  test('a repeated parameter is refused; a state that came twice is not sent back', async () => {
    const provider = await quietProvider()
    const ask = (extra: string) => location(provider.fetch(`${authorizationUrl(provider)}&${extra}`))
    expect(await ask('scope=openid')).toContain('error=invalid_request')
    const twice = await ask('state=other')
    expect(twice).toContain('error=invalid_request')
    expect(twice).not.toContain('state=')
    expect(await ask('resource=https://a.example&resource=https://b.example')).toContain('code=')
  })
})

describe('PKCE', () => {
  const without = { code_challenge: undefined, code_challenge_method: undefined }

  test('is not demanded by default, but can be, for all clients or for one', async () => {
    expect((await callback(await quietProvider(), without)).get('code')).not.toBeNull()
    const strict = await quietProvider({ requirePkce: true })
    expect((await callback(strict, without)).get('error')).toBe('invalid_request')
    const one = await quietProvider({ clients: [{ client_id: 'test-client', require_pkce: true }] })
    expect((await callback(one, without)).get('error')).toBe('invalid_request')
  })

  test('the plain OAuth 2.0 side can ignore it altogether', async () => {
    const provider = await quietProvider({ oauth2: { pkce: 'none' } })
    const answer = await callback(provider, { code_challenge_method: 'nonsense' }, 'oauth2')
    expect(answer.get('code')).not.toBeNull()
  })
})

describe('answers', () => {
  test('state comes back byte for byte; the query of the redirect URI stays as it is', async () => {
    const provider = await quietProvider()
    const state = 'a&b=c #%25+~ü'
    const target = await location(
      provider.fetch(authorizationUrl(provider, { state, redirect_uri: `${redirectUri}?keep=%7e+x` })),
    )
    expect(target).toMatch(/^http:\/\/localhost:9999\/callback\?keep=%7e\+x&code=/)
    expect(new URL(target ?? '').searchParams.get('state')).toBe(state)
  })

  test('R19: iss comes with success and failure, unless switched off; the metadata agrees', async () => {
    const off = await quietProvider({ issParameter: false })
    expect((await callback(off)).has('iss')).toBe(false)
    const metadata = await (await off.fetch(`${off.issuer}/.well-known/openid-configuration`)).json()
    expect(metadata).toMatchObject({ authorization_response_iss_parameter_supported: false })
    const on = await quietProvider()
    expect((await callback(on)).get('iss')).toBe(on.issuer)
    expect((await callback(on, {}, 'oauth2')).has('iss')).toBe(false)
  })

  test('form_post: a form that posts itself, under a policy that allows just that script', async () => {
    const provider = await quietProvider()
    const response = await provider.fetch(
      authorizationUrl(provider, { response_mode: 'form_post', state: '"><b>' }),
    )
    expect(response.status).toBe(200)
    const html = await response.text()
    expect(html).toContain(`<form method="post" action="${redirectUri}">`)
    expect(html).toMatch(/<input type="hidden" name="code" value="[A-Za-z0-9_-]{43}">/)
    expect(html).toContain('name="state" value="&quot;&gt;&lt;b&gt;"')
    expect(response.headers.get('content-security-policy')).toContain("script-src 'sha256-")
  })

  test('the request may come as a form POST (OpenID Connect Core section 3.1.2.1)', async () => {
    const provider = await quietProvider()
    const { searchParams } = new URL(authorizationUrl(provider))
    const response = await provider.fetch(provider.endpoints.authorization, {
      method: 'POST',
      body: searchParams,
    })
    expect(response.headers.get('location')).toContain('code=')
  })

  test('prompt=none without a page to answer for: login_required', async () => {
    const provider = await quietProvider({ autoApprove: undefined })
    expect((await callback(provider, { prompt: 'none' })).get('error')).toBe('login_required')
    provider.autoApprove('user')
    expect((await callback(provider, { prompt: 'none' })).get('code')).not.toBeNull()
  })
})
