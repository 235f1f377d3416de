import { createHash } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { redirectUri, verifier } from '../flow.fixture.ts'
import {
  type Changes,
  codeParams,
  consent,
  idOf,
  outcome,
  post,
  redeem,
  refreshed,
  type Stage,
  secretOf,
  stage,
  tokens,
} from './played.fixture.ts'

describe('the authorization request', () => {
  const errorOf = async (on: Stage, changes: Changes = {}) => (await consent(on, changes)).get('error')

  test('renamed parameters are demanded under their own names and refused under the standard ones', async () => {
    const on = await stage({ wire: { authorizeNames: { client_id: 'appid', scope: 'user_scope' } } })
    const renamed = { client_id: undefined, appid: idOf(on) }
    expect((await consent(on, renamed)).get('code')).toBeTruthy()
    expect((await consent(on)).size).toBe(0)
    expect((await consent(on, { ...renamed, client_id: idOf(on) })).size).toBe(0)
  })

  test.each<[string, Parameters<typeof stage>[0], Changes]>([
    ['a scope where there is none', { quirks: ['no-scope-parameter'] }, { scope: 'read' }],
    ['scopes joined otherwise', { scopes: { separator: ',' } }, { scope: 'read write' }],
    ['PKCE where it is unknown', { pkce: 'none' }, {}],
    ['no PKCE where it is needed', { quirks: ['pkce-required'] }, { code_challenge: undefined }],
    ['a missing parameter', { authorizeParams: { audience: 'api.example' } }, {}],
    ['another response_type', { wire: { responseType: 'Assertion' } }, {}],
    ['form_post where that is not the way', {}, { response_mode: 'form_post' }],
    ['no openid', { protocol: 'oidc', identity: { from: 'id-token' } }, { scope: 'email' }],
  ])('%s is refused', async (_, changes, params) => {
    const on = await stage(changes)
    const { authorization_endpoint: at, issuer } = on.played.settings
    if (at === undefined) on.at = () => `${String(issuer)}/authorization`
    expect(await errorOf(on, params)).toMatch(/^[a-z_]+$/)
  })

  test('only the registered address is answered, or the one that a name stands for', async () => {
    const on = await stage()
    on.played.register(redirectUri)
    expect((await consent(on)).get('code')).toBeTruthy()
    expect((await consent(on, { redirect_uri: `${redirectUri}?x=1` })).size).toBe(0)
    const named = await stage({ wire: { redirectUriValue: 'Made_Up-App' } })
    expect((await consent(named, { redirect_uri: 'Made_Up-App' })).size).toBe(0)
    named.played.register(redirectUri)
    expect((await consent(named)).size).toBe(0)
    const code = (await consent(named, { redirect_uri: 'Made_Up-App' })).get('code') ?? ''
    expect(await outcome(redeem(named, { code: undefined }))).toBe('invalid_grant')
    const sent = codeParams(named, code, { redirect_uri: 'Made_Up-App' })
    expect(await outcome(post(named, named.at('token_endpoint'), sent))).toBe('ok')
  })

  test('and what is wanted is taken', async () => {
    const on = await stage({
      scopes: { separator: ',' },
      authorizeParams: { audience: 'api.example' },
      pkce: 'none',
    })
    const without = { code_challenge: undefined, code_challenge_method: undefined }
    const answer = await consent(on, { ...without, audience: 'api.example', scope: 'read,write' })
    expect(answer.get('code')).toBeTruthy()
    expect(on.played.grants()).toMatchObject([{ scope: ['read', 'write'] }])
  })
})

describe('the token request', () => {
  const form = (params: URLSearchParams) => Object.fromEntries(params)
  const asJson = (on: Stage, params: URLSearchParams) =>
    on.provider.fetch(on.at('token_endpoint'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(form(params)),
    })
  const asQuery = (on: Stage, params: URLSearchParams, method: string) =>
    on.provider.fetch(`${on.at('token_endpoint')}?${params}`, { method })

  test.each([
    ['form', undefined, true, false, false, false],
    ['json', 'json-token-body', false, true, false, false],
    ['GET', 'get-token-request', false, false, true, false],
    ['query', 'token-params-in-query', false, false, false, true],
  ])('%s: in its own place and in no other', async (_, quirk, ...expected) => {
    const on = await stage({ ...(quirk === undefined ? {} : { quirks: [quirk] }) })
    const fresh = async () => codeParams(on, (await consent(on)).get('code'))
    const tried = [
      (await post(on, on.at('token_endpoint'), await fresh())).ok,
      (await asJson(on, await fresh())).ok,
      (await asQuery(on, await fresh(), 'GET')).ok,
      (await asQuery(on, await fresh(), 'POST')).ok,
    ]
    expect(tried).toEqual(expected)
  })

  test('names, an extra, what must not be sent, and the value of grant_type', async () => {
    const on = await stage({
      wire: {
        tokenNames: { client_id: 'client_key', code: 'assertion' },
        grantType: 'assertion',
        tokenExtra: { action: 'requesttoken' },
        tokenOmits: ['redirect_uri'],
      },
    })
    const changes = async (): Promise<Changes> => ({
      ...{ client_id: undefined, client_key: idOf(on), grant_type: 'assertion', action: 'requesttoken' },
      ...{ code: undefined, assertion: (await consent(on)).get('code') ?? '', redirect_uri: undefined },
    })
    expect(await outcome(redeem(on, await changes()))).toBe('ok')
    for (const mistake of [
      { client_id: idOf(on), client_key: undefined },
      { action: undefined },
      { redirect_uri: redirectUri },
    ]) {
      expect(await outcome(redeem(on, { ...(await changes()), ...mistake }))).toBe('invalid_request')
    }
    expect(await outcome(redeem(on, { ...(await changes()), grant_type: 'authorization_code' }))).toBe(
      'unsupported_grant_type',
    )
  })

  test('one way of proving oneself, and its encoding', async () => {
    const basic = (on: Stage, encode: (text: string) => string) => ({
      authorization: `Basic ${Buffer.from(`${encode(idOf(on))}:${encode(secretOf(on))}`).toString('base64')}`,
    })
    const nothing = { client_id: undefined, client_secret: undefined }
    const encoded = await stage({ clientAuthentication: 'basic' })
    expect(await outcome(redeem(encoded, nothing, basic(encoded, encodeURIComponent)))).toBe('ok')
    expect(await outcome(redeem(encoded, nothing, basic(encoded, String)))).toBe('invalid_client')
    expect(await outcome(redeem(encoded))).toBe('invalid_request')
    const raw = await stage({ clientAuthentication: 'basic', quirks: ['basic-not-urlencoded'] })
    expect(await outcome(redeem(raw, nothing, basic(raw, String)))).toBe('ok')
    expect(await outcome(redeem(raw, nothing, basic(raw, encodeURIComponent)))).toBe('invalid_client')
    const inBody = await stage()
    expect(await outcome(redeem(inBody, nothing, basic(inBody, encodeURIComponent)))).toBe('invalid_client')
    expect(await outcome(redeem(inBody, { client_secret: 'wrong' }))).toBe('invalid_client')
    const header = await stage({ wire: { clientSecretHeader: 'secret_key' } })
    const secret = { secret_key: secretOf(header) }
    expect(await outcome(redeem(header, { client_secret: undefined }, secret))).toBe('ok')
    expect(await outcome(redeem(header, {}, secret))).toBe('invalid_request')
  })

  test('a hash in place of the secret', async () => {
    const on = await stage({ quirks: ['hashed-secret'] })
    const code = (await consent(on)).get('code') ?? ''
    const hash = createHash('sha256')
      .update(`${secretOf(on)}|${code}`)
      .digest('hex')
    expect(await outcome(redeem(on, { client_secret: undefined, code, hash }))).toBe('ok')
    expect(await outcome(redeem(on, { client_secret: undefined, hash }))).toBe('invalid_client')
    expect(await outcome(redeem(on))).toBe('invalid_request')
  })

  test('a secret that is a JWT, verified with the registered key', async () => {
    const on = await stage({ quirks: ['signed-jwt-client-secret'], issuer: 'https://made-up.example' })
    const now = on.clock.now() / 1000
    const key = await importJWK(Object(on.played.settings.private_key))
    const secret = (claims: object) =>
      new SignJWT({
        iss: on.at('client_secret_issuer'),
        sub: idOf(on),
        aud: 'https://made-up.example',
        iat: now,
        exp: now + 300,
        ...claims,
      })
        .setProtectedHeader({ alg: 'ES256' })
        .sign(key)
    expect(await outcome(redeem(on, { client_secret: await secret({}) }))).toBe('ok')
    for (const claims of [
      { iss: 'somebody' },
      { sub: 'somebody' },
      { aud: 'https://else.example' },
      { exp: now + 2e7 },
    ]) {
      expect(await outcome(redeem(on, { client_secret: await secret(claims) }))).toBe('invalid_client')
    }
    expect(await outcome(redeem(on, { client_secret: 'as-it-is' }))).toBe('invalid_client')
  })

  test('headers, with the client id in them', async () => {
    const on = await stage({ wire: { headers: { 'Client-Id': '{client_id}', 'User-Agent': 'made-up' } } })
    const headers = { 'client-id': idOf(on), 'user-agent': 'made-up' }
    expect(await outcome(redeem(on, {}, headers))).toBe('ok')
    expect(await outcome(redeem(on, {}, { 'user-agent': 'made-up' }))).toBe('invalid_request')
    expect(await outcome(redeem(on, {}, { 'client-id': idOf(on) }))).toBe('invalid_request')
  })

  test('PKCE is checked, and what is unknown is refused', async () => {
    const strict = await stage()
    expect(await outcome(redeem(strict, { code_verifier: `${verifier}x` }))).toBe('invalid_grant')
    expect(await outcome(redeem(strict, { code_verifier: undefined }))).toBe('invalid_grant')
    const none = await stage({ pkce: 'none' })
    const code = await consent(none, { code_challenge: undefined, code_challenge_method: undefined })
    const sent = codeParams(none, code.get('code'))
    expect(await outcome(post(none, none.at('token_endpoint'), sent))).toBe('invalid_request')
  })

  test('a plain challenge where no other is known', async () => {
    const on = await stage({ quirks: ['pkce-plain'] })
    expect((await consent(on)).get('error')).toBe('invalid_request')
    const plain = { code_challenge: verifier, code_challenge_method: 'plain' }
    const code = (await consent(on, plain)).get('code') ?? ''
    const wrong = codeParams(on, code, { code_verifier: `${verifier}x` })
    expect(await outcome(post(on, on.at('token_endpoint'), wrong))).toBe('invalid_grant')
    const sent = codeParams(on, code)
    expect(await outcome(post(on, on.at('token_endpoint'), sent))).toBe('ok')
  })

  test('a code is good once, with the redirect URI that it was asked for', async () => {
    const on = await stage()
    const code = (await consent(on)).get('code') ?? ''
    expect(await outcome(redeem(on, { code, redirect_uri: `${redirectUri}/` }))).toBe('invalid_grant')
    expect(await outcome(redeem(on, { code }))).toBe('ok')
    expect(await outcome(redeem(on, { code }))).toBe('invalid_grant')
    expect(on.played.grants()[0]).toMatchObject({ revokedBy: 'code-reuse' })
  })

  test('what came in the callback goes back with the code', async () => {
    const on = await stage({ wire: { sendFromCallback: ['device_id'] } })
    const device_id = (await consent(on)).get('device_id') ?? ''
    expect(await outcome(redeem(on))).toBe('invalid_request')
    const { refresh_token } = await tokens(on, { device_id })
    expect(await outcome(refreshed(on, refresh_token))).toBe('ok')
  })

  test('and with each refresh, too, what is kept', async () => {
    const names = ['device_id']
    const on = await stage({ wire: { sendFromCallback: names, keepFromCallback: names } })
    const answer = await consent(on)
    const device_id = answer.get('device_id') ?? ''
    expect(await outcome(redeem(on))).toBe('invalid_request')
    const { refresh_token } = await tokens(on, { device_id })
    expect(await outcome(refreshed(on, refresh_token))).toBe('invalid_request')
    expect(await outcome(refreshed(on, refresh_token, { device_id }))).toBe('ok')
  })
})
