import { describe, expect, it } from 'vitest'
import { testConfig } from '../config.fixture.ts'
import { ConfigError, type Mistake } from '../errors.ts'
import { resolveUnknown } from '../resolve.ts'

const credentials = { client_id: 'ours', client_secret: 'between us' }
const resolve = (providers: object, env = {}) =>
  resolveUnknown({ ...testConfig, providers }, { env, baseDir: '/' })

function mistakesOf(providers: object, env = {}): readonly Mistake[] {
  try {
    resolve(providers, env)
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
  return []
}

describe('a provider by its id', () => {
  it('of OAuth 1.0 signs nobody in, and says why', () => {
    const registered = { consumer_key: 'ours', consumer_secret: 'between us' }
    const because =
      'TripIt signs nobody in: It speaks OAuth 1.0, in which somebody could be signed in as whoever they get to approve'
    expect(resolve({ tripit: { ...registered, connect: true } }).providers).toMatchObject([
      { unsafeVersion10: true, signIn: false, connect: true },
    ])
    expect(mistakesOf({ tripit: registered })).toMatchObject([
      { path: 'providers.tripit.connect', problem: `is not on, and ${because}` },
    ])
    expect(mistakesOf({ tripit: { ...registered, sign_in: true } })).toMatchObject([
      { path: 'providers.tripit.sign_in', problem: `true is on, and ${because}` },
    ])
  })

  it('needs its credentials alone', () => {
    expect(resolve({ google: credentials }).providers).toMatchObject([
      {
        id: 'google',
        name: 'Google',
        type: 'oidc',
        issuer: 'https://accounts.google.com',
        clientId: 'ours',
        clientSecret: 'between us',
        signIn: true,
        connect: false,
        pkce: 'S256',
        connectAuthorizeParams: { access_type: 'offline', prompt: 'consent' },
        redirectUri: 'https://auth.example.com/callback/google',
      },
    ])
  })

  it('and what names the tenant, from the environment, too', () => {
    const { providers } = resolve(
      { shopify: { ...credentials, shop: `\${SHOP}`, connect: true } },
      { SHOP: 'acme' },
    )
    expect(providers).toMatchObject([
      { type: 'oauth2', tokenEndpoint: 'https://acme.myshopify.com/admin/oauth/access_token' },
    ])
  })

  it('signs nobody in with an account that several people hold', () => {
    const { providers } = resolve({ ecwid: { ...credentials, connect: true } })
    expect(providers).toMatchObject([{ sharedAccount: true, signIn: false, connect: true }])
    const own = { ...credentials, connect: true, sign_in: true, shared_account: false }
    expect(resolve({ ecwid: own }).providers).toMatchObject([{ sharedAccount: false, signIn: true }])
  })

  it('may stand under another key, twice', () => {
    const { providers } = resolve({
      google: credentials,
      staff: { ...credentials, catalogue: 'google', require_claims: { hd: 'example.com' } },
    })
    expect(providers.map(({ id, name, redirectUri }) => [id, name, redirectUri])).toEqual([
      ['google', 'Google', 'https://auth.example.com/callback/google'],
      ['staff', 'Google', 'https://auth.example.com/callback/staff'],
    ])
  })

  it('X12 has no key that hides behind its prototype', () => {
    const hidden: unknown = JSON.parse('{"__proto__":{"pkce":"none","sign_in":false}}')
    const google = Object.fromEntries([...Object.entries(credentials), ...Object.entries(hidden ?? {})])
    expect(mistakesOf({ google })).toMatchObject([{ problem: 'is not a known key' }])
  })

  it('may differ in everything', () => {
    const { providers } = resolve({
      google: {
        ...credentials,
        name: 'G',
        issuer: 'https://elsewhere.test',
        token_endpoint_auth_method: 'client_secret_post',
        connect_authorize_params: { prompt: 'select_account' },
        quirks: ['form-encoded-response'],
        wire: { token_path: 'data' },
        refresh: { ends_after_days: 7 },
      },
    })
    expect(providers).toMatchObject([
      {
        name: 'G',
        issuer: 'https://elsewhere.test',
        tokenEndpointAuthMethod: 'client_secret_post',
        connectAuthorizeParams: { access_type: 'offline', prompt: 'select_account' },
        quirks: expect.arrayContaining(['form-encoded-response']),
        wire: { tokenPath: 'data' },
        refresh: { endsAfterDays: 7 },
      },
    ])
  })

  it('keeps the scopes that a refresh token takes when an app wants others', () => {
    const [microsoft] = resolve({
      microsoft: { ...credentials, connect: true, connect_scopes: ['Mail.Read'] },
    }).providers
    expect(microsoft?.connectScopes).toEqual(expect.arrayContaining(['offline_access', 'Mail.Read']))
  })

  it('is proved by a key alone, where there is no secret', () => {
    const private_key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' }
    expect(resolve({ google: { client_id: 'ours', private_key } }).providers).toMatchObject([
      { tokenEndpointAuthMethod: 'private_key_jwt' },
    ])
  })
})

/** What is configured, the path of the only mistake, words of its problem and remedy. */
type Row = [title: string, providers: object, path: string, words: RegExp]

const rows: Row[] = [
  ['a misspelt id', { gogle: credentials }, 'providers.gogle.type', /did you mean "google".*"type": "oidc"/],
  [
    'an id unlike any',
    { 'our-very-own-sso': credentials },
    'providers.our-very-own-sso.type',
    /latchkey providers/,
  ],
  [
    'a misspelt id elsewhere',
    { staff: { ...credentials, catalogue: 'gogle' } },
    'providers.staff.catalogue',
    /did you mean "google"/,
  ],
  ['an id of another type', { staff: { catalogue: 7 } }, 'providers.staff.catalogue', /string/],
  [
    'the catalogue beside a description',
    { google: { ...credentials, type: 'oidc', issuer: 'https://a.test', catalogue: 'google' } },
    'providers.google.catalogue',
    /"type".*take one/,
  ],
  [
    'no tenant',
    { shopify: { ...credentials, connect: true } },
    'providers.shopify.shop',
    /missing: .*, such as "/,
  ],
  [
    'D04 a tenant that leads elsewhere',
    { shopify: { ...credentials, shop: 'evil.example/', connect: true } },
    'providers.shopify.shop',
    /one label/,
  ],
  [
    'a misspelt tenant key',
    { shopify: { ...credentials, shop: 'acme', shp: 'x', connect: true } },
    'providers.shopify.shp',
    /did you mean "shop"/,
  ],
  [
    'no client id',
    { google: { client_secret: 'x' } },
    'providers.google.client_id',
    /missing.*registration at Google/,
  ],
  [
    'an account that several people hold, to sign in with',
    { ecwid: { ...credentials, sign_in: true, connect: true } },
    'providers.ecwid.sign_in',
    /Ecwid signs nobody in: The token names the store/,
  ],
  [
    'an account that several people hold, for nothing',
    { ecwid: credentials },
    'providers.ecwid.connect',
    /Ecwid signs nobody in.*set "connect": true/,
  ],
  [
    "accounts of an app's own, to be connected",
    { wecom: { ...credentials, agent_id: '1', connect: true } },
    'providers.wecom.connect',
    /WeCom only signs people in: its tokens are the app's own.*"type"/,
  ],
  ['no secret', { google: { client_id: 'x' } }, 'providers.google.client_secret', /missing.*https:\/\//],
  [
    'an unknown key',
    { google: { ...credentials, scope: [] } },
    'providers.google.scope',
    /did you mean "scopes"/,
  ],
  [
    'a wrong value of its own',
    { google: { ...credentials, redirect_uri: 'http://a.test' } },
    'providers.google.redirect_uri',
    /not https/,
  ],
  [
    'a wrong element of a list that the catalogue begins',
    { microsoft: { ...credentials, connect_scopes: ['Mail.Read', 'a b'] } },
    'providers.microsoft.connect_scopes[1]',
    /not a scope/,
  ],
  [
    'a value that does not fit the catalogue',
    { google: { ...credentials, sign_in: false } },
    'providers.google.sign_in',
    /"connect" are both off/,
  ],
  [
    'what only follows from the catalogue',
    { google: { ...credentials, pkce: 'none', quirks: ['nonce-not-echoed'] } },
    'providers.google.pkce',
    /nothing ties/,
  ],
]

describe('mistakes are told in the words of the configuration', () => {
  it.each(rows)('%s', (_, providers, path, words) => {
    const mistakes = mistakesOf(providers)
    expect(mistakes.map((mistake) => mistake.path)).toEqual([path])
    expect(`${mistakes[0]?.problem}. ${mistakes[0]?.remedy}`).toMatch(words)
  })

  it('all at once', () => {
    const mistakes = mistakesOf({ shopify: {}, gogle: {}, google: { ...credentials, connect: 'yes' } })
    expect(mistakes.map(({ path }) => path).sort()).toEqual([
      'providers.gogle.type',
      'providers.google.connect',
      'providers.shopify.client_id',
      'providers.shopify.client_secret',
      'providers.shopify.connect',
      'providers.shopify.shop',
    ])
  })

  it('a variable that is not there is one mistake', () => {
    const mistakes = mistakesOf({ shopify: { ...credentials, shop: `\${SHOP}`, connect: true } })
    expect(mistakes.map(({ path, problem }) => [path, problem])).toEqual([
      ['providers.shopify.shop', 'the environment variable SHOP is not set'],
    ])
  })

  it('one that cannot be written out is still referred to', () => {
    const mistakes = mistakesOf({ gogle: credentials, google: credentials })
    expect(mistakes).toHaveLength(1)
    const config = { ...testConfig, providers: { gogle: credentials }, admins: ['gogle:1'] }
    expect(() => resolveUnknown(config, { env: {}, baseDir: '/' })).toThrow(/^1 mistake/)
  })
})
