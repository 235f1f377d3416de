import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { testClient, testConfig, testOAuth2Provider, testOidcProvider, testSecret } from './config.fixture.ts'
import { type ConfigInput, defineConfig } from './define.ts'
import { resolveConfig } from './resolve.ts'

const resolve = (changes: Partial<ConfigInput> = {}, env: Record<string, string> = {}) =>
  resolveConfig({ ...testConfig, ...changes }, { env, baseDir: '/etc/latchkey' })

const hashed = (secret: string) => createHash('sha256').update(secret).digest('hex')
const onEvent = () => undefined

describe('resolveConfig', () => {
  it('fills in the documented defaults', () => {
    const config = resolve()
    expect(config).toMatchObject({
      issuer: 'https://auth.example.com',
      storage: { engine: 'sqlite', file: '/etc/latchkey/latchkey.db', synchronous: 'full' },
      listen: { host: '127.0.0.1', port: 4000 },
      operations: {},
      services: [],
      signup: 'open',
      linking: { mode: 'manual' },
      tokens: {
        algorithm: 'ES256',
        accessTokenSeconds: 300,
        sessionIdleSeconds: 1_209_600,
        sessionAbsoluteSeconds: 7_776_000,
        codeSeconds: 60,
        refreshGraceSeconds: 30,
      },
      admins: [],
      rateLimits: {
        storage: 'memory',
        authorizePerMinute: 300,
        callbackPerMinute: 300,
        tokenPerMinute: 600,
        accountPerMinute: 60,
      },
      trustedProxies: [],
      allowPrivateNetworkProviders: false,
      hooks: {},
      warnings: [],
    })
    expect(config.secrets.map((secret) => Buffer.from(secret).toString('base64url'))).toEqual([testSecret])
    expect(config.clients).toEqual([
      {
        id: 'web',
        redirectUris: ['https://app.example.com/callback'],
        postLogoutRedirectUris: [],
        origins: ['https://app.example.com'],
        resources: ['https://auth.example.com'],
        scopes: ['openid', 'profile', 'email', 'offline_access'],
        grantTypes: ['authorization_code', 'refresh_token'],
        dpop: 'required',
        responseModes: ['fragment'],
        sameSite: false,
        requirePushedAuthorizationRequests: false,
        allowGetAuthorize: false,
      },
    ])
    expect(config.providers).toEqual([
      {
        id: 'acme',
        type: 'oidc',
        name: 'Acme',
        issuer: 'https://login.acme.test',
        clientId: 'latchkey',
        clientSecret: 'known only to acme',
        tokenEndpointAuthMethod: 'client_secret_basic',
        signIn: true,
        connect: false,
        scopes: ['openid', 'profile', 'email'],
        scopeSeparator: ' ',
        connectScopes: ['openid', 'profile', 'email'],
        authorizeParams: {},
        connectAuthorizeParams: {},
        revocationEndsAccount: false,
        refresh: { narrowsScopes: false },
        apiHosts: [],
        requireClaims: {},
        responseMode: 'query',
        redirectUri: 'https://auth.example.com/callback/acme',
        pkce: 'S256',
        quirks: [],
        wire: {},
        idTokenAlgorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        signOut: false,
      },
    ])
  })

  it.each([
    ['memory', 'memory'],
    ['redis://:secret@127.0.0.1:6379/2', { redis: 'redis://:secret@127.0.0.1:6379/2' }],
    ['rediss://cache.example.com', { redis: 'rediss://cache.example.com' }],
  ])('X03 counts in %s', (storage, counters) => {
    expect(resolve({ rate_limits: { storage } }).rateLimits).toMatchObject({ storage: counters })
  })

  it('turns wire names into ours', () => {
    const config = resolve({
      storage: 'sqlite:data/x.db?synchronous=normal',
      listen: '[::1]:0',
      operations: { listen: '127.0.0.1:4001', metrics_token: 'a token that is long enough' },
      rate_limits: false,
      trusted_proxies: ['10.0.0.0/8', 'fd00::/8', '127.0.0.1'],
      admins: ['legacy:7'],
      linking: 'separate',
      signup: 'closed',
      clients: [
        { ...testClient, resources: ['https://api.example.com', 'https://auth.example.com', 'urn:x'] },
      ],
      providers: {
        legacy: {
          ...testOAuth2Provider,
          name: 'The old one',
          token_endpoint_auth_method: 'client_secret_post',
          pkce: 'none',
          quirks: ['form-encoded-response'],
          scopes: ['a', 'a', 'b'],
          connect: true,
          connect_scopes: ['c'],
          profile: { email_verified: 'mail.ok', label: 'login' },
          redirect_uri: 'https://old.example.com/cb',
        },
      },
    })
    expect(config).toMatchObject({
      storage: { file: '/etc/latchkey/data/x.db', synchronous: 'normal' },
      listen: { host: '::1', port: 0 },
      operations: { listen: { host: '127.0.0.1', port: 4001 }, metricsToken: 'a token that is long enough' },
      rateLimits: false,
      linking: { mode: 'separate' },
      signup: 'closed',
    })
    expect(config.clients[0]?.resources).toEqual([
      'https://auth.example.com',
      'https://api.example.com',
      'urn:x',
    ])
    expect(config.providers[0]).toMatchObject({
      type: 'oauth2',
      name: 'The old one',
      authorizationEndpoint: 'https://legacy.test/authorize',
      tokenEndpoint: 'https://legacy.test/token',
      userinfoEndpoint: 'https://legacy.test/me',
      subject: ['id'],
      profile: { emailVerified: 'mail.ok', label: 'login' },
      pkce: 'none',
      quirks: ['form-encoded-response'],
      scopes: ['a', 'b'],
      connectScopes: ['c'],
      redirectUri: 'https://old.example.com/cb',
    })
  })

  it('keeps a hash of the secrets of clients and services, not the secrets', () => {
    const config = resolve({
      clients: [
        { ...testClient, origins: [], allow_get_authorize: true, secret: 'the secret of the client' },
      ],
      services: [{ id: 'reports', secret: 'the secret of the service' }],
    })
    expect(Buffer.from(config.clients[0]?.secretHash ?? []).toString('hex')).toBe(
      hashed('the secret of the client'),
    )
    expect(Buffer.from(config.services[0]?.secretHash ?? []).toString('hex')).toBe(
      hashed('the secret of the service'),
    )
    expect(config.clients[0]?.dpop).toBe('optional')
    expect(JSON.stringify(config)).not.toContain('the secret of')
  })

  it('replaces variables, as they are and once', () => {
    const env = { HOST: 'auth.example.com', ID: `id $\${x} \${HOST}` }
    const config = resolve(
      {
        issuer: `https://\${HOST}`,
        providers: { acme: { ...testOidcProvider, client_id: `\${ID}`, client_secret: `a$\${b}\${HOST}$` } },
      },
      env,
    )
    expect(config.issuer).toBe('https://auth.example.com')
    expect(config.providers[0]).toMatchObject({ clientId: env.ID, clientSecret: `a\${b}auth.example.com$` })
  })

  it.each([
    ['http://localhost:4000', true],
    ['http://127.0.0.1:4000', true],
    ['http://127.9.9.9', true],
    ['http://[::1]:4000/auth', true],
    ['https://auth.example.com/sign-in', false],
  ])('takes the issuer %s; private providers implied: %j', (issuer, implied) => {
    const config = resolve({ issuer })
    expect(config.issuer).toBe(issuer)
    expect(config.allowPrivateNetworkProviders).toBe(implied)
    expect(config.providers[0]?.redirectUri).toBe(`${issuer}/callback/acme`)
  })

  it('caps the idle time at the absolute one', () => {
    expect(resolve({ tokens: { session_absolute_seconds: 60 } }).tokens.sessionIdleSeconds).toBe(60)
  })

  it('asks an OpenID provider for openid, whatever scopes are listed', () => {
    const config = resolve({ providers: { acme: { ...testOidcProvider, scopes: ['email'] } } })
    expect(config.providers[0]?.scopes).toEqual(['openid', 'email'])
  })

  it('takes explicit metadata, of the configured issuer', () => {
    const metadata = {
      authorization_endpoint: 'https://login.acme.test/a?tenant=1',
      token_endpoint: 'https://login.acme.test/t',
      jwks_uri: 'https://login.acme.test/j',
      scopes_supported: ['openid'],
    }
    const config = resolve({ providers: { acme: { ...testOidcProvider, metadata } } })
    expect(config.providers[0]).toMatchObject({
      metadata: { ...metadata, issuer: 'https://login.acme.test' },
    })
  })

  it('takes an issuer of a provider as the provider writes it', () => {
    const config = resolve({ providers: { acme: { ...testOidcProvider, issuer: 'https://Acme.test:443/' } } })
    expect(config.providers[0]).toMatchObject({ issuer: 'https://Acme.test:443/' })
  })

  it('leaves a database in memory where it is', () => {
    expect(resolve({ storage: 'sqlite::memory:' }).storage).toMatchObject({ file: ':memory:' })
    expect(resolve({ storage: 'sqlite:/var/a.db' }).storage).toMatchObject({ file: '/var/a.db' })
    expect(resolve({ storage: 'sqlite:///var/a.db' }).storage).toMatchObject({ file: '/var/a.db' })
  })

  it.each([
    ['postgres://u:p%40@127.0.0.1:5433/d', 'postgres://u:p%40@127.0.0.1:5433/d', 10],
    ['postgresql://u@[::1]/d?pool=40', 'postgresql://u@[::1]/d', 40],
    ['postgres:///d?host=/run/pg&user=u', 'postgres:///d?host=%2Frun%2Fpg&user=u', 10],
    // The weaker words of libpq mean the strongest here.
    ['postgres://u@db.test/d?sslmode=require', 'postgres://u@db.test/d?sslmode=verify-full', 10],
    [
      'postgres://u@db.test/d?sslmode=verify-ca&sslrootcert=ca.pem',
      'postgres://u@db.test/d?sslmode=verify-full&sslrootcert=%2Fetc%2Flatchkey%2Fca.pem',
      10,
    ],
  ])('%s is %s with %i connections', (storage, url, size) => {
    const config = resolve({ storage })
    expect(config.storage).toEqual({ engine: 'postgres', url, size })
    expect(config.warnings).toEqual([])
  })

  it('warns of PostgreSQL without TLS on another machine', () => {
    const warnings = (storage: string) => resolve({ storage }).warnings
    expect(warnings('postgres://u@db.test/d?sslmode=disable')).toEqual([
      expect.stringMatching(/^storage: .*without TLS/),
    ])
    expect(warnings('postgres://u@localhost/d?sslmode=disable')).toEqual([])
    expect(warnings('postgres:///d?host=/run/pg&sslmode=disable')).toEqual([])
  })

  it("hands hooks on, and takes an editor's $schema", () => {
    const config = resolve({ ...defineConfig({ ...testConfig, $schema: './x.json', hooks: { onEvent } }) })
    expect(config.hooks.onEvent).toBe(onEvent)
    expect(resolve({ ...testConfig, onEvent }).hooks.onEvent).toBe(onEvent)
  })

  it('is frozen, all through, and shares nothing with what it was given', () => {
    const input = structuredClone({
      ...testConfig,
      providers: { acme: { ...testOidcProvider, authorize_params: { a: 'b' } } },
    })
    const config = resolveConfig(input, { env: {}, baseDir: '/' })
    const loose: unknown[] = []
    const visit = (value: unknown) => {
      if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return
      if (!Object.isFrozen(value)) loose.push(value)
      Object.values(value).forEach(visit)
    }
    visit(config)
    expect(loose).toEqual([])
    expect(Object.isFrozen(input.providers?.acme)).toBe(false)
    expect(Object.isFrozen(input.clients)).toBe(false)
  })
})

it('a provider for connecting only, and a service that may use it', () => {
  const config = resolve({
    providers: {
      acme: testOidcProvider,
      legacy: {
        ...testOAuth2Provider,
        sign_in: false,
        connect: true,
        connect_scopes: ['files'],
        connect_authorize_params: { access_type: 'offline' },
        revocation_endpoint: 'https://legacy.example/revoke',
        introspection_endpoint: 'https://legacy.example/introspect',
        revocation_ends_account: true,
        api_hosts: ['api.legacy.example', 'files.legacy.example:8443', 'api.legacy.example'],
        refresh: {
          access_token_seconds: 600,
          ends_after_days: 365,
          ends_unused_after_days: 90,
          narrows_scopes: true,
        },
      },
    },
    services: [{ id: 's', secret: 'x'.repeat(32), vault: { legacy: ['*'] } }],
  })
  expect(config.providers[1]).toMatchObject({
    signIn: false,
    connect: true,
    connectScopes: ['files'],
    connectAuthorizeParams: { access_type: 'offline' },
    revocationEndpoint: 'https://legacy.example/revoke',
    introspectionEndpoint: 'https://legacy.example/introspect',
    revocationEndsAccount: true,
    apiHosts: ['api.legacy.example', 'files.legacy.example:8443'],
    refresh: { accessTokenSeconds: 600, endsAfterDays: 365, endsUnusedAfterDays: 90, narrowsScopes: true },
  })
  expect(config.services[0]?.vault).toEqual({ legacy: ['*'] })
  expect(config.warnings).toEqual([])
})

describe('warnings name what weakens, by its path', () => {
  const spa = testClient
  it.each<[string, Partial<ConfigInput>, RegExp]>([
    [
      'a placeholder',
      { secrets: [Buffer.alloc(32, 1).toString('base64url')] },
      /^secrets\[0\]: .*placeholder/,
    ],
    ['no clients', { clients: [] }, /^clients: .*nobody can sign in/],
    ['no providers', { providers: {} }, /^providers: none signs people in/],
    [
      'A20 a start by link',
      { clients: [{ ...spa, allow_get_authorize: true }] },
      /^clients\[0\]\.allow_get_authorize: /,
    ],
    ['A43 no DPoP', { clients: [{ ...spa, dpop: 'off' }] }, /^clients\[0\]\.dpop: /],
    ['A43 no DPoP at will', { clients: [{ ...spa, dpop: 'optional' }] }, /^clients\[0\]\.dpop: /],
    [
      'a callback on a foreign origin',
      { clients: [{ ...spa, redirect_uris: ['https://b.example/cb'] }] },
      /^clients\[0\]\.origins: .*https:\/\/b\.example\/cb/,
    ],
    [
      'a guessable secret',
      { clients: [{ ...spa, secret: 'hunter2', response_modes: ['query'] }] },
      /^clients\[0\]\.secret: is short/,
    ],
    [
      'a fragment for a server',
      { clients: [{ ...spa, secret: 'x'.repeat(32) }] },
      /^clients\[0\]\.response_modes: /,
    ],
    [
      'R04 no PKCE and no nonce',
      { providers: { legacy: { ...testOAuth2Provider, pkce: 'none' } } },
      /^providers\.legacy\.pkce: /,
    ],
    [
      'X05 the private network',
      { allow_private_network_providers: true },
      /^allow_private_network_providers: /,
    ],
    ['X03 no limits', { rate_limits: false }, /^rate_limits: /],
    [
      'X03 counters in the clear',
      { rate_limits: { storage: 'redis://cache.test' } },
      /^rate_limits\.storage: /,
    ],
    ['X02 trust in everybody', { trusted_proxies: ['10.0.0.0/8', '::/0'] }, /^trusted_proxies\[1\]: /],
    [
      'R33 joining by address',
      {
        providers: { acme: testOidcProvider, legacy: testOAuth2Provider },
        linking: { verified_email: ['acme', 'legacy'] },
      },
      /^linking: whoever has an address/,
    ],
    [
      'signup beside the own user table',
      { signup: 'closed', resolveUser: () => null },
      /^signup: .*resolveUser/,
    ],
    [
      'linking beside it',
      { linking: 'separate', hooks: { resolveUser: () => null } },
      /^linking: .*resolveUser/,
    ],
    [
      'a guessable metrics token',
      { operations: { metrics_token: 'x' } },
      /^operations\.metrics_token: is short/,
    ],
  ])('%s', (_, changes, words) => {
    const { warnings } = resolve(changes)
    expect(warnings.filter((warning) => words.test(warning))).toHaveLength(1)
  })

  it('X06 and never shows a secret', () => {
    const { warnings } = resolve({
      clients: [{ ...spa, secret: 'canary' }],
      services: [{ id: 's', secret: 'canary' }],
    })
    expect(warnings.filter((warning) => warning.includes('is short'))).toHaveLength(2)
    expect(warnings.join()).not.toContain('canary')
  })
})
