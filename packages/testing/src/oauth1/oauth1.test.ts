import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createFakeProvider, type FakeProvider, type FakeProviderOptions } from '../provider.ts'
import { fields, type Sent, seconds, secret, send } from './signing.fixture.ts'

const callback = 'http://localhost:9999/callback?state=s'

const open = (options: FakeProviderOptions = {}) =>
  createFakeProvider({
    ...{ listen: false, autoApprove: 'user', algorithm: 'ES256', clock: { now: () => seconds * 1000 + 5 } },
    ...options,
  })

const requestToken = (provider: FakeProvider, sent: Sent = {}) =>
  fields(
    send(provider, provider.endpoints.oauth1.request_token, {
      ...sent,
      header: { oauth_callback: callback, ...sent.header },
    }),
  )

async function approved(provider: FakeProvider) {
  const { oauth_token = '', oauth_token_secret = '' }: Record<string, string | number> =
    await requestToken(provider)
  const page = await provider.fetch(`${provider.endpoints.oauth1.authorization}?oauth_token=${oauth_token}`)
  const back = new URL(page.headers.get('location') ?? 'http://none')
  const verifier = back.searchParams.get('oauth_verifier') ?? undefined
  return { token: String(oauth_token), tokenSecret: String(oauth_token_secret), back, verifier }
}

async function connected(provider: FakeProvider) {
  const { token, tokenSecret, verifier } = await approved(provider)
  const answer = await fields(
    send(provider, provider.endpoints.oauth1.access_token, {
      ...{ tokenSecret, header: { oauth_token: token, oauth_verifier: verifier } },
    }),
  )
  const { oauth_token, oauth_token_secret }: Record<string, string | number> = answer
  return { answer, token: String(oauth_token), tokenSecret: String(oauth_token_secret) }
}

describe('RFC 5849 section 2', () => {
  test('three steps, and then whose token it is', async () => {
    const provider = await open()
    const { back } = await approved(provider)
    expect(back.href).toMatch(/callback\?state=s&oauth_token=[\w-]{43}&oauth_verifier=[\w-]{20}$/)
    const { answer, token, tokenSecret } = await connected(provider)
    expect(answer).toMatchObject({ status: 200, user_id: '1001', screen_name: 'ada' })
    const user = await send(provider, provider.endpoints.oauth1.userinfo, {
      ...{ method: 'GET', tokenSecret, header: { oauth_token: token } },
    })
    expect(await user.json()).toMatchObject({ id: 1001, login: 'ada' })
    expect(provider.grants()).toMatchObject([{ protocol: 'oauth1', persona: 'user' }])
  })

  test('the page, for people', async () => {
    const provider = await open({ autoApprove: undefined })
    const { oauth_token = '' }: Record<string, string | number> = await requestToken(provider)
    const { authorization } = provider.endpoints.oauth1
    const page = await provider.fetch(`${authorization}?oauth_token=${oauth_token}`)
    expect(await page.text()).toContain('Ada Quinn')
    const decision = await provider.fetch(`${authorization}/decision`, {
      method: 'POST',
      body: new URLSearchParams({ oauth_token: String(oauth_token), persona: 'admin' }),
    })
    expect(decision.headers.get('location')).toContain('oauth_verifier=')
    const again = await provider.fetch(`${authorization}?oauth_token=${oauth_token}`)
    expect([again.status, again.headers.get('location')]).toEqual([400, null])
  })

  test.each([
    ['denied', /\?state=s&denied=[\w-]{43}$/],
    ['oauth_problem', /\?state=s&oauth_token=[\w-]{43}&oauth_problem=user_refused$/],
    ['no-verifier', /\?state=s&oauth_token=[\w-]{43}$/],
  ] as const)('somebody who declines, by %s', async (refusal, shape) => {
    const provider = await open({ autoApprove: 'denies', oauth1: { refusal } })
    expect((await approved(provider)).back.href).toMatch(shape)
  })

  test('a verifier of another, and a request token that was used', async () => {
    const provider = await open()
    const { token, tokenSecret, verifier } = await approved(provider)
    const exchange = (oauth_verifier: string | undefined) =>
      fields(
        send(provider, provider.endpoints.oauth1.access_token, {
          ...{ tokenSecret, header: { oauth_token: token, oauth_verifier } },
        }),
      )
    expect(await exchange('another')).toEqual({ status: 401, oauth_problem: 'verifier_invalid' })
    expect(await exchange(undefined)).toEqual({ status: 401, oauth_problem: 'verifier_invalid' })
    expect(await exchange(verifier)).toMatchObject({ status: 200 })
    expect(await exchange(verifier)).toEqual({ status: 401, oauth_problem: 'token_used' })
  })

  test('a callback that is nobody’s', async () => {
    const provider = await open()
    const header = { oauth_callback: 'https://evil.example/callback' }
    expect(await requestToken(provider, { header })).toEqual({
      status: 400,
      oauth_problem: 'parameter_rejected',
    })
    const none = { oauth_callback: undefined }
    expect(await requestToken(provider, { header: none })).toMatchObject({ status: 400 })
  })
})

describe('RFC 5849 section 3.2', () => {
  test.each<[string, Sent]>([
    ['signature_invalid', { signature: 'AAAA' }],
    ['signature_invalid', { tokenSecret: 'of another' }],
    ['consumer_key_unknown', { header: { oauth_consumer_key: 'nobody' } }],
    ['timestamp_refused', { header: { oauth_timestamp: String(seconds - 301) } }],
    ['timestamp_refused', { header: { oauth_timestamp: String(seconds + 301) } }],
    ['timestamp_refused', { header: { oauth_timestamp: '-1' } }],
    ['parameter_absent', { header: { oauth_nonce: undefined } }],
    ['version_rejected', { header: { oauth_version: '2.0' } }],
    ['signature_method_rejected', { header: { oauth_signature_method: 'HMAC-MD5' } }],
    ['parameter_rejected', { form: { oauth_nonce: 'another' } }],
    ['parameter_rejected', { header: { oauth_token: 'x' } }],
  ])('%s: %j', async (oauth_problem, sent) => {
    expect(await requestToken(await open(), sent)).toMatchObject({ oauth_problem })
  })

  test('a nonce once', async () => {
    const provider = await open()
    const header = { oauth_nonce: 'once' }
    expect(await requestToken(provider, { header })).toMatchObject({ status: 200 })
    expect(await requestToken(provider, { header })).toEqual({ status: 401, oauth_problem: 'nonce_used' })
  })

  test('query and form are signed', async () => {
    const provider = await open()
    const { token, tokenSecret } = await connected(provider)
    const header = { oauth_token: token }
    const at = `${provider.endpoints.api}/x?b=1&a=%20+&a=ü`
    const good = await send(provider, at, { tokenSecret, header, form: { c: "'!*()", 'a b': '' } })
    expect(await good.json()).toMatchObject({ account: 'fake-user-ada', path: '/api/x' })
    const spoiled = await send(provider, at, { tokenSecret, header, signature: 'AAAA' })
    expect(spoiled.headers.get('www-authenticate')).toContain('oauth_problem="signature_invalid"')
    provider.revokeGrant()
    expect((await send(provider, at, { tokenSecret, header })).status).toBe(401)
  })

  test('by every method', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwk = { ...publicKey.export({ format: 'jwk' }), kty: 'RSA' }
    const clients = [{ client_id: 'test-client', client_secret: secret, jwks: { keys: [jwk] } }]
    const provider = await open({ clients })
    const methods: Record<string, Sent['makes']> = {
      'HMAC-SHA256': (base, key) => createHmac('sha256', key).update(base).digest('base64'),
      PLAINTEXT: (_, key) => key,
      'RSA-SHA1': (base) => sign('sha1', Buffer.from(base), privateKey).toString('base64'),
    }
    for (const [oauth_signature_method, makes] of Object.entries(methods)) {
      const header = { oauth_signature_method }
      expect(await requestToken(provider, { header, ...(makes && { makes }) })).toMatchObject({ status: 200 })
      expect(await requestToken(provider, { header, signature: 'AAAA' })).toMatchObject({ status: 401 })
    }
    const strict = await open({ oauth1: { signatureMethods: ['HMAC-SHA256'] } })
    expect(await requestToken(strict)).toMatchObject({ oauth_problem: 'signature_method_rejected' })
  })
})
