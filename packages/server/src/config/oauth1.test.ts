import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { testConfig } from './config.fixture.ts'
import { ConfigError, type Mistake } from './errors.ts'
import { resolveUnknown } from './resolve.ts'

const old = {
  type: 'oauth1',
  request_token_endpoint: 'https://old.test/request_token',
  authorization_endpoint: 'https://old.test/authorize',
  access_token_endpoint: 'https://old.test/access_token',
  consumer_key: 'ours',
  consumer_secret: 'between us',
  subject: 'user_id',
}
const resolve = (changes: object) =>
  resolveUnknown({ ...testConfig, providers: { old: { ...old, ...changes } } }, { env: {}, baseDir: '/' })

function mistakesOf(changes: object): readonly Mistake[] {
  try {
    resolve(changes)
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
  return []
}

describe('a provider of OAuth 1.0a', () => {
  it('without userinfo is known by the answer with the token', () => {
    expect(resolve({}).providers).toEqual([
      {
        type: 'oauth1',
        id: 'old',
        name: 'Old',
        clientId: 'ours',
        clientSecret: 'between us',
        requestTokenEndpoint: 'https://old.test/request_token',
        authorizationEndpoint: 'https://old.test/authorize',
        accessTokenEndpoint: 'https://old.test/access_token',
        signatureMethod: 'HMAC-SHA1',
        unsafeVersion10: false,
        requestTokenParams: {},
        identityFrom: 'token-response',
        sharedAccount: false,
        subject: ['user_id'],
        profile: {},
        signIn: true,
        connect: false,
        scopes: [],
        scopeSeparator: ' ',
        connectScopes: [],
        authorizeParams: {},
        connectAuthorizeParams: {},
        refresh: { narrowsScopes: false },
        apiHosts: [],
        requireClaims: {},
        redirectUri: 'https://auth.example.com/callback/old',
      },
    ])
  })

  it('with all that one may say', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwk = privateKey.export({ format: 'jwk' })
    const { providers } = resolve({
      consumer_secret: undefined,
      signature_method: 'RSA-SHA1',
      private_key: jwk,
      userinfo_endpoint: 'https://old.test/me',
      scopes: ['read', 'write'],
      scope_separator: ',',
      scope_parameter: { parameter: 'scope', at: 'authorization' },
      request_token_params: { x_auth: 'read' },
      authorize_params: { expiration: 'never' },
    })
    expect(providers).toMatchObject([
      {
        privateKey: jwk,
        userinfoEndpoint: 'https://old.test/me',
        identityFrom: 'userinfo',
        scopeParameter: { parameter: 'scope', at: 'authorization' },
        requestTokenParams: { x_auth: 'read' },
        authorizeParams: { expiration: 'never' },
      },
    ])
  })

  it('R01 of before 1.0a only connects, and is warned of', () => {
    const changes = { unsafe_version_10: true, sign_in: false, connect: true }
    expect(resolve(changes).warnings).toEqual([
      expect.stringMatching(/^providers: none signs/),
      expect.stringMatching(/^providers\.old\.unsafe_version_10: is in force: OAuth Core/),
    ])
  })

  it('of the catalogue', () => {
    const trello = { consumer_key: 'ours', consumer_secret: 'between us' }
    const config = { ...testConfig, providers: { trello } }
    expect(resolveUnknown(config, { env: {}, baseDir: '/' }).providers).toMatchObject([
      {
        type: 'oauth1',
        name: 'Trello',
        clientId: 'ours',
        requestTokenEndpoint: expect.stringContaining('trello.com'),
      },
    ])
  })

  it.each<[title: string, changes: object, path: string, words: RegExp]>([
    ['no secret', { consumer_secret: undefined }, 'consumer_secret', /HMAC-SHA1 needs it/],
    ['no key', { signature_method: 'RSA-SHA1' }, 'private_key', /RSA-SHA1 needs it/],
    [
      'a key of another kind',
      { signature_method: 'RSA-SHA1', private_key: { kty: 'EC', d: 'd' } },
      'private_key',
      /no RSA key/,
    ],
    ['R01 sign-in before 1.0a', { unsafe_version_10: true }, 'sign_in', /whoever they get to approve/],
    ['no subject', { subject: undefined }, 'subject', /missing/],
    ['scopes that go nowhere', { scopes: ['read'] }, 'scope_parameter', /go nowhere/],
    [
      'a parameter of ours',
      { authorize_params: { oauth_token: 'x' } },
      'authorize_params.oauth_token',
      /sets itself/,
    ],
    ['a shared account to sign in with', { shared_account: true }, 'sign_in', /several people may hold/],
    ['userinfo that is nowhere', { identity_from: 'userinfo' }, 'userinfo_endpoint', /missing/],
    ['a key of OAuth 2.0', { client_id: 'x' }, 'client_id', /not a known key/],
    [
      'an endpoint on a private host',
      { access_token_endpoint: 'https://10.0.0.1/' },
      'access_token_endpoint',
      /private/,
    ],
  ])('%s', (_, changes, path, words) => {
    const mistakes = mistakesOf(changes)
    expect(mistakes.map((mistake) => mistake.path)).toEqual([`providers.old.${path}`])
    expect(`${mistakes[0]?.problem}. ${mistakes[0]?.remedy}`).toMatch(words)
  })
})
