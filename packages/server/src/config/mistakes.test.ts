import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { testClient, testConfig, testOAuth2Provider, testOidcProvider, testSecret } from './config.fixture.ts'
import { ConfigError, type Mistake } from './errors.ts'
import { resolveUnknown } from './resolve.ts'

function mistakesOf(input: unknown, env: Record<string, string> = {}): readonly Mistake[] {
  try {
    resolveUnknown(input, { env, baseDir: '/etc/latchkey' })
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
  return []
}

const client = (changes: object) => ({ clients: [{ ...testClient, ...changes }] })
const acme = (changes: object) => ({ providers: { acme: { ...testOidcProvider, ...changes } } })
const legacy = (changes: object) => ({ providers: { legacy: { ...testOAuth2Provider, ...changes } } })
const inner = { allow_private_network_providers: true }
const publicJwk = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }

/** What is changed in a good configuration, the path of the only mistake, words of its problem and remedy. */
type Row = [title: string, changes: object, path: string, words: RegExp]

const issuers: Row[] = [
  ['missing', { issuer: undefined }, 'issuer', /missing.*https:\/\/auth\.example\.com/],
  ['of another type', { issuer: 7 }, 'issuer', /must be a string, not a number/],
  ['empty', { issuer: '' }, 'issuer', /not an absolute URL/],
  ['relative', { issuer: 'auth.example.com' }, 'issuer', /not an absolute URL/],
  ['http off loopback', { issuer: 'http://auth.example.com' }, 'issuer', /not https.*use https/],
  ['http on a host that looks like loopback', { issuer: 'http://localhost.example' }, 'issuer', /not https/],
  ['http on a private address', { issuer: 'http://192.168.1.2' }, 'issuer', /not https/],
  ['another scheme', { issuer: 'ftp://auth.example.com' }, 'issuer', /not an https URL/],
  ['with a trailing slash', { issuer: 'https://auth.example.com/' }, 'issuer', /ends in a slash/],
  [
    'with a path and a trailing slash',
    { issuer: 'https://auth.example.com/a/' },
    'issuer',
    /ends in a slash/,
  ],
  ['with a query', { issuer: 'https://auth.example.com/a?b=c' }, 'issuer', /holds a query/],
  ['with a fragment', { issuer: 'https://auth.example.com/a#b' }, 'issuer', /holds a fragment/],
  ['with user information', { issuer: 'https://me:pass@auth.example.com' }, 'issuer', /user information/],
  ['with capitals in the host', { issuer: 'https://Auth.example.com' }, 'issuer', /normal form/],
  ['with the default port', { issuer: 'https://auth.example.com:443' }, 'issuer', /normal form/],
  ['with dot segments', { issuer: 'https://auth.example.com/a/../b' }, 'issuer', /normal form/],
  ['with a doubled slash', { issuer: 'https://auth.example.com//a' }, 'issuer', /path with other characters/],
  ['with an escape in its path', { issuer: 'https://auth.example.com/%61' }, 'issuer', /path with other/],
  ['with a space', { issuer: 'https://auth.example.com ' }, 'issuer', /space/],
  ['with a line feed', { issuer: 'https://auth.exa\nmple.com' }, 'issuer', /control character/],
]

const secrets: Row[] = [
  ['missing', { secrets: undefined }, 'secrets', /missing.*randomBytes/],
  ['none', { secrets: [] }, 'secrets', /must not be empty/],
  ['a string', { secrets: testSecret }, 'secrets', /must be a list, not a string/],
  ['too short', { secrets: [Buffer.alloc(31, 1).toString('base64url')] }, 'secrets[0]', /31 bytes.*32/],
  ['X14 with padding', { secrets: [Buffer.alloc(32, 1).toString('base64')] }, 'secrets[0]', /not base64url/],
  ['X14 with trailing bits', { secrets: [`${testSecret.slice(0, -1)}J`] }, 'secrets[0]', /not base64url/],
  ['twice the same', { secrets: [testSecret, testSecret] }, 'secrets[1]', /same as secrets\[0\]/],
]

const redirectUris: Row[] = (
  [
    ['a path', '/callback', /not an absolute URL/],
    ['A03 http off loopback', 'http://app.example.com/callback', /not https/],
    ['A01 javascript:', 'javascript:alert(1)', /not an https URL/],
    ['A01 data:', 'data:text/html,x', /not an https URL/],
    ['A01 a private-use scheme', 'com.example.app:/callback', /not an https URL/],
    ['A01 a fragment', 'https://app.example.com/callback#x', /fragment/],
    ['A01 an empty fragment', 'https://app.example.com/callback#', /fragment/],
    ['A01 a wildcard host', 'https://*.example.com/callback', /wildcard.*compared exactly/],
    ['A01 a wildcard path', 'https://app.example.com/*', /wildcard/],
    ['A01 user information', 'https://app.example.com@evil.example/callback', /user information/],
    ['A01 a backslash', 'https://app.example.com\\callback', /backslash/],
    ['A01 capitals', 'https://APP.example.com/callback', /normal form/],
    ['A01 the default port', 'https://app.example.com:443/callback', /normal form/],
    ['A01 dot segments', 'https://app.example.com/a/../callback', /normal form/],
    ['A01 an international name as it is read', 'https://bücher.example/callback', /normal form.*punycode/],
    ['a parameter of our answer', 'https://app.example.com/callback?code=1', /code in its query.*rename/],
  ] as const
).map(([title, uri, words]) => [
  title,
  client({ redirect_uris: [uri] }),
  'clients[0].redirect_uris[0]',
  words,
])

const clients: Row[] = [
  ['not a list', { clients: { web: testClient } }, 'clients', /must be a list, not an object/],
  ['no redirect URI', client({ redirect_uris: [] }), 'clients[0].redirect_uris', /must not be empty/],
  ['no id', client({ id: undefined }), 'clients[0].id', /missing/],
  ['an id with a space', client({ id: 'my app' }), 'clients[0].id', /is not an id/],
  ["A30 an id like a user's", client({ id: 'usr_AAAA' }), 'clients[0].id', /begins with "usr_"/],
  ['the same id twice', { clients: [testClient, testClient] }, 'clients[1].id', /id of clients\[0\] too/],
  [
    'A30 the id of a service',
    { services: [{ id: 'web', secret: 'a secret of the service' }] },
    'services[0].id',
    /id of clients\[0\] too/,
  ],
  [
    'an origin with a path',
    client({ origins: ['https://app.example.com/'] }),
    'clients[0].origins[0]',
    /more than scheme, host and port/,
  ],
  ['any origin', client({ origins: ['*'] }), 'clients[0].origins[0]', /is not an origin/],
  ['the null origin', client({ origins: ['null'] }), 'clients[0].origins[0]', /is not an origin/],
  ['an http origin', client({ origins: ['http://app.example.com'] }), 'clients[0].origins[0]', /not https/],
  ['a wildcard origin', client({ origins: ['https://*.example.com'] }), 'clients[0].origins[0]', /wildcard/],
  [
    'A20 no way to start',
    client({ origins: [] }),
    'clients[0].origins',
    /nothing can start a sign-in.*list the origins/,
  ],
  [
    'a secret and no way to start',
    client({ origins: [], secret: 'a long secret of the client' }),
    'clients[0].allow_get_authorize',
    /cannot start.*"allow_get_authorize": true/,
  ],
  [
    'a page with a fragment',
    client({ post_logout_redirect_uris: ['https://app.example.com/#/'] }),
    'clients[0].post_logout_redirect_uris[0]',
    /fragment/,
  ],
  ['a relative resource', client({ resources: ['api'] }), 'clients[0].resources[0]', /absolute URI/],
  [
    'A28 a resource with a fragment',
    client({ resources: ['https://api.example.com#x'] }),
    'clients[0].resources[0]',
    /fragment/,
  ],
  [
    'scopes in one string',
    client({ scopes: ['openid email'] }),
    'clients[0].scopes[0]',
    /each scope as a string of its own/,
  ],
  ['scopes as a string', client({ scopes: 'openid email' }), 'clients[0].scopes', /must be a list/],
  [
    'A05 the password grant',
    client({ grant_types: ['authorization_code', 'password'] }),
    'clients[0].grant_types[1]',
    /does not exist here/,
  ],
  [
    'A05 the implicit grant',
    client({ grant_types: ['authorization_code', 'implicit'] }),
    'clients[0].grant_types[1]',
    /does not exist here/,
  ],
  [
    'client credentials',
    client({ grant_types: ['authorization_code', 'client_credentials'] }),
    'clients[0].grant_types[1]',
    /not for clients.*services/,
  ],
  [
    'nothing to refresh',
    client({ grant_types: ['refresh_token'] }),
    'clients[0].grant_types',
    /lacks "authorization_code"/,
  ],
  ['a misspelt value', client({ dpop: 'requird' }), 'clients[0].dpop', /did you mean "required"/],
  [
    'A17 an unknown response mode',
    client({ response_modes: ['form_post'] }),
    'clients[0].response_modes[0]',
    /"fragment" or "query"/,
  ],
  ['no response mode', client({ response_modes: [] }), 'clients[0].response_modes', /must not be empty/],
  [
    'same-site mode across sites',
    client({ same_site: true, origins: ['https://app.example.com', 'https://app.example.org'] }),
    'clients[0].origins[1]',
    /one site with the issuer/,
  ],
  [
    'same-site mode with links',
    client({ same_site: true, allow_get_authorize: true }),
    'clients[0].allow_get_authorize',
    /same_site/,
  ],
  [
    'same-site mode of a confidential client',
    client({ same_site: true, secret: 'x'.repeat(32), response_modes: ['query'] }),
    'clients[0].same_site',
    /secret/,
  ],
  [
    'a flag in quotes',
    client({ allow_get_authorize: 'true' }),
    'clients[0].allow_get_authorize',
    /must be true or false.*without quotes/,
  ],
  ['an empty secret', client({ secret: '' }), 'clients[0].secret', /must not be empty/],
  [
    'a key in camel case',
    client({ postLogoutRedirectUris: [] }),
    'clients[0].postLogoutRedirectUris',
    /did you mean "post_logout_redirect_uris"/,
  ],
  ['a misspelt key', client({ scope: ['openid'] }), 'clients[0].scope', /did you mean "scopes"/],
  [
    'a key of somewhere else',
    client({ tenant_domain: 'x' }),
    'clients[0].tenant_domain',
    /known here: id, redirect_uris/,
  ],
]

const providers: Row[] = [
  ['an id with capitals', { providers: { Acme: testOidcProvider } }, 'providers.Acme', /lower-case/],
  ['an id with a slash', { providers: { 'a/b': testOidcProvider } }, 'providers["a/b"]', /is not an id/],
  ['no type', acme({ type: undefined }), 'providers.acme.type', /catalogue.*"type": "oidc".*"oauth2"/],
  ['an unknown type', acme({ type: 'saml' }), 'providers.acme.type', /"oidc", "oauth2" or "oauth1"/],
  ['not an object', { providers: { acme: 'google' } }, 'providers.acme', /must be an object/],
  ['no client id', acme({ client_id: undefined }), 'providers.acme.client_id', /missing/],
  ['no issuer', acme({ issuer: undefined }), 'providers.acme.issuer', /missing.*discovery document/],
  [
    'an issuer without https',
    acme({ issuer: 'http://login.acme.test' }),
    'providers.acme.issuer',
    /not https/,
  ],
  ['an issuer with a query', acme({ issuer: 'https://login.acme.test?x' }), 'providers.acme.issuer', /query/],
  [
    'this installation',
    acme({ issuer: 'https://auth.example.com' }),
    'providers.acme.issuer',
    /this installation itself/,
  ],
  [
    'X05 a private address',
    acme({ issuer: 'https://10.0.0.7' }),
    'providers.acme.issuer',
    /private address.*allow_private_network_providers/,
  ],
  [
    'X05 a loopback address',
    legacy({ token_endpoint: 'http://localhost:9/token' }),
    'providers.legacy.token_endpoint',
    /loopback/,
  ],
  [
    'X05 a metadata service',
    { ...inner, ...legacy({ token_endpoint: 'https://169.254.169.254/' }) },
    'providers.legacy.token_endpoint',
    /never called/,
  ],
  [
    'X05 a mapped metadata service',
    { ...inner, ...legacy({ token_endpoint: 'https://[::ffff:169.254.169.254]/' }) },
    'providers.legacy.token_endpoint',
    /never called/,
  ],
  [
    'incomplete metadata',
    acme({ metadata: { token_endpoint: 'https://login.acme.test/t' } }),
    'providers.acme.metadata',
    /lacks authorization_endpoint, jwks_uri/,
  ],
  [
    'R18 metadata of another issuer',
    acme({
      metadata: {
        issuer: 'https://login.acme.test/',
        authorization_endpoint: 'https://login.acme.test/a',
        token_endpoint: 'https://login.acme.test/t',
        jwks_uri: 'https://login.acme.test/j',
      },
    }),
    'providers.acme.metadata.issuer',
    /is not the provider's "issuer"/,
  ],
  [
    'metadata without https',
    acme({
      metadata: {
        authorization_endpoint: 'https://login.acme.test/a',
        token_endpoint: 'http://login.acme.test/t',
        jwks_uri: 'https://login.acme.test/j',
      },
    }),
    'providers.acme.metadata.token_endpoint',
    /not https/,
  ],
  [
    'A40 signing out where the given metadata has no place for it',
    acme({
      sign_out: true,
      metadata: {
        authorization_endpoint: 'https://login.acme.test/a',
        token_endpoint: 'https://login.acme.test/t',
        jwks_uri: 'https://login.acme.test/j',
      },
    }),
    'providers.acme.sign_out',
    /no "end_session_endpoint"/,
  ],
  [
    'R08 a symmetric algorithm',
    acme({ id_token_algorithms: ['HS256'] }),
    'providers.acme.id_token_algorithms[0]',
    /must be "RS256"/,
  ],
  [
    'R08 no signature',
    acme({ id_token_algorithms: ['none'] }),
    'providers.acme.id_token_algorithms[0]',
    /"none" and HMAC do not exist|must be "RS256"/,
  ],
  [
    'R29 a method without its secret',
    acme({ client_secret: undefined, token_endpoint_auth_method: 'client_secret_post' }),
    'providers.acme.client_secret',
    /client_secret_post needs it/,
  ],
  [
    'R30 a method without its key',
    acme({ token_endpoint_auth_method: 'private_key_jwt' }),
    'providers.acme.private_key',
    /private_key_jwt needs it/,
  ],
  [
    'R29 a secret without use',
    acme({ token_endpoint_auth_method: 'none' }),
    'providers.acme.token_endpoint_auth_method',
    /unused/,
  ],
  [
    'R29 a secret and a key',
    acme({ private_key: { kty: 'EC', d: 'd' } }),
    'providers.acme.token_endpoint_auth_method',
    /both a secret and a key/,
  ],
  [
    'a public key for a private one',
    acme({ private_key: publicJwk, token_endpoint_auth_method: 'private_key_jwt' }),
    'providers.acme.private_key',
    /not a private key/,
  ],
  [
    'X10 a weak RSA key',
    acme({
      private_key: { kty: 'RSA', d: 'd', n: 'A'.repeat(171) },
      token_endpoint_auth_method: 'private_key_jwt',
    }),
    'providers.acme.private_key',
    /less than 2,048 bits/,
  ],
  [
    'R34 state',
    acme({ authorize_params: { state: 'x' } }),
    'providers.acme.authorize_params.state',
    /sets itself.*leave it out/,
  ],
  [
    'R34 scope',
    acme({ authorize_params: { scope: 'x' } }),
    'providers.acme.authorize_params.scope',
    /use "scopes"/,
  ],
  [
    'R34 code_challenge',
    acme({ authorize_params: { code_challenge_method: 'plain' } }),
    'providers.acme.authorize_params.code_challenge_method',
    /sets itself/,
  ],
  [
    'a parameter of another type',
    acme({ authorize_params: { max: 5 } }),
    'providers.acme.authorize_params.max',
    /must be a string/,
  ],
  [
    'R22 a response mode that does not exist',
    acme({ response_mode: 'fragment' }),
    'providers.acme.response_mode',
    /"query" or "form_post"/,
  ],
  ['R04 plain PKCE', acme({ pkce: 'plain' }), 'providers.acme.pkce', /"S256" or "none"/],
  [
    'R05 neither PKCE nor nonce',
    acme({ pkce: 'none', quirks: ['nonce-not-echoed'] }),
    'providers.acme.pkce',
    /nothing ties the code/,
  ],
  [
    'a quirk that nobody acts upon',
    acme({ quirks: ['form-encoded-respons'] }),
    'providers.acme.quirks[0]',
    /did you mean "form-encoded-response"/,
  ],
  [
    "R20 another provider's callback",
    {
      providers: {
        legacy: testOAuth2Provider,
        acme: { ...testOidcProvider, redirect_uri: 'https://auth.example.com/callback/legacy' },
      },
    },
    'providers.acme.redirect_uri',
    /where providers.legacy answers/,
  ],
  ['a provider for nothing', acme({ sign_in: false }), 'providers.acme.sign_in', /serves nothing/],
  ['no subject', legacy({ subject: undefined }), 'providers.legacy.subject', /missing/],
  [
    'R31 an e-mail address as the subject',
    legacy({ subject: 'user.email' }),
    'providers.legacy.subject',
    /e-mail address.*immutable id/,
  ],
  [
    'a misspelt endpoint',
    legacy({ userinfo_endpont: 'https://legacy.test/me2' }),
    'providers.legacy.userinfo_endpont',
    /did you mean "userinfo_endpoint"/,
  ],
  [
    'a scope separator of two',
    legacy({ scope_separator: ', ' }),
    'providers.legacy.scope_separator',
    /must be " "/,
  ],
]

const webhookSecret = `whsec_${Buffer.alloc(32).toString('base64')}`
const others: Row[] = [
  ...(
    [
      ['no URL', 'postgres://u@/d?host=/run', /not a URL/],
      ['no database', 'postgres://u:p@127.0.0.1/', /names no database/],
      ['no host', 'postgres:///d', /names no host/],
      ['several hosts', 'postgres://u@a,b/d?sslmode=verify-full', /several hosts/],
      ['a host twice', 'postgres://u@localhost/d?host=/run', /host besides/],
      ['a socket by a relative path', 'postgres:///d?host=run', /not the folder of a socket/],
      ['an unknown option', 'postgres://u@localhost/d?options=-csearch_path', /unknown option/],
      ['an option twice', 'postgres://u@localhost/d?pool=1&pool=2', /one twice/],
      ['no connections', 'postgres://u@localhost/d?pool=0', /from 1 to 200/],
      ['too many connections', 'postgres://u@localhost/d?pool=201', /from 1 to 200/],
      ['nothing about TLS', 'postgresql://u:p@db.example.com/d', /sslmode=verify-full/],
      ['TLS with anybody', 'postgres://u@db.example.com/d?sslmode=no-verify', /who answers/],
      ['TLS if it pleases', 'postgres://u@db.example.com/d?sslmode=prefer', /who answers/],
    ] as const
  ).map(([what, storage, text]): Row => [`PostgreSQL with ${what}`, { storage }, 'storage', text]),
  ['a file without a scheme', { storage: './latchkey.db' }, 'storage', /not a storage URL/],
  ['no file', { storage: 'sqlite:' }, 'storage', /names no file/],
  ['a host', { storage: 'sqlite://latchkey.db' }, 'storage', /has a host/],
  ['an unknown option', { storage: 'sqlite:./a.db?mode=ro' }, 'storage', /unknown option/],
  ['an unknown mode', { storage: 'sqlite:./a.db?synchronous=off' }, 'storage', /full.*normal/],
  ['no port', { listen: '127.0.0.1' }, 'listen', /host:port/],
  ['a port that does not exist', { listen: '127.0.0.1:65536' }, 'listen', /host:port/],
  ['IPv6 without brackets', { listen: '::1:4000' }, 'listen', /\[::1\]:4000/],
  [
    'one address for two',
    { operations: { listen: '127.0.0.1:4000' } },
    'operations.listen',
    /public address/,
  ],
  [
    'R36 a domain that is none',
    { providers: { acme: { ...testOidcProvider, allowed_email_domains: ['a.example', '*.b.example'] } } },
    'providers.acme.allowed_email_domains[1]',
    /not a domain/,
  ],
  [
    'R36 no domain at all',
    { providers: { acme: { ...testOidcProvider, allowed_email_domains: [] } } },
    'providers.acme.allowed_email_domains',
    /must not be empty/,
  ],
  [
    'R36 domains of addresses that are never verified',
    {
      providers: {
        acme: { ...testOidcProvider, allowed_email_domains: ['a.example'], quirks: ['email-not-verified'] },
      },
    },
    'providers.acme.allowed_email_domains',
    /"email-not-verified"/,
  ],
  [
    'R36 a claim of the wrong type',
    { providers: { acme: { ...testOidcProvider, require_claims: { hd: 7 } } } },
    'providers.acme.require_claims.hd',
    /string or boolean/,
  ],
  ['another way to sign up', { signup: 'invited' }, 'signup', /"open", "closed" or "invite"/],
  [
    'linking by the word of a stranger',
    { linking: { verified_email: ['acme', 'acne'] } },
    'linking.verified_email[1]',
    /did you mean "acme"/,
  ],
  [
    'linking by the word of one provider',
    { linking: { verified_email: ['acme'] } },
    'linking.verified_email',
    /at least two/,
  ],
  ["linking by nobody's word", { linking: 'verified_email' }, 'linking', /whose word/],
  ['another way to link', { linking: 'auto' }, 'linking', /"manual", "separate" or/],
  ['A10 a code that lives longer', { tokens: { code_seconds: 61 } }, 'tokens.code_seconds', /at most 60/],
  ['no time at all', { tokens: { code_seconds: 0 } }, 'tokens.code_seconds', /at least 1/],
  [
    'A27 an access token for a day',
    { tokens: { access_token_seconds: 86_400 } },
    'tokens.access_token_seconds',
    /at most 3600/,
  ],
  ['half a second', { tokens: { access_token_seconds: 0.5 } }, 'tokens.access_token_seconds', /whole number/],
  [
    'a number in quotes',
    { tokens: { access_token_seconds: '300' } },
    'tokens.access_token_seconds',
    /not a string/,
  ],
  [
    'idle longer than absolute',
    { tokens: { session_idle_seconds: 9, session_absolute_seconds: 8 } },
    'tokens.session_idle_seconds',
    /session_absolute_seconds/,
  ],
  [
    'A27 a symmetric algorithm',
    { tokens: { algorithm: 'HS256' } },
    'tokens.algorithm',
    /"ES256", "EdDSA" or "RS256"/,
  ],
  ['an admin without a provider', { admins: ['me@example.com'] }, 'admins[0]', /provider:subject/],
  ['an admin of an unknown provider', { admins: ['acmee:1'] }, 'admins[0]', /did you mean "acme"/],
  ['counters nowhere', { rate_limits: { storage: 'disk' } }, 'rate_limits.storage', /no place for counters/],
  ['a Redis without a host', { rate_limits: { storage: 'redis:' } }, 'rate_limits.storage', /no place/],
  [
    'counters at a web server',
    { rate_limits: { storage: 'http://redis' } },
    'rate_limits.storage',
    /no place/,
  ],
  [
    'counters in a PostgreSQL that is not there',
    { storage: 'sqlite:./a.db', rate_limits: { storage: 'postgres' } },
    'rate_limits.storage',
    /"storage" is not/,
  ],
  ['limits of null', { rate_limits: null }, 'rate_limits', /object or false/],
  ['a limit of none', { rate_limits: { token_per_minute: 0 } }, 'rate_limits.token_per_minute', /at least 1/],
  ['a proxy by name', { trusted_proxies: ['proxy.example.com'] }, 'trusted_proxies[0]', /IP address or CIDR/],
  ['a block too long', { trusted_proxies: ['10.0.0.0/33'] }, 'trusted_proxies[0]', /IP address or CIDR/],
  [
    'a service that cannot prove itself',
    { services: [{ id: 'reports' }] },
    'services[0].secret',
    /cannot authenticate/,
  ],
  [
    'a service with an empty key set',
    { services: [{ id: 'reports', jwks: {} }] },
    'services[0].secret',
    /cannot authenticate/,
  ],
  [
    "X10 a service's private key",
    { services: [{ id: 'reports', jwks: { keys: [{ ...publicJwk, d: 'd' }] } }] },
    'services[0].jwks.keys[0]',
    /private key/,
  ],
  [
    'a symmetric key',
    { services: [{ id: 'reports', jwks: { keys: [{ kty: 'oct', k: 'k' }] } }] },
    'services[0].jwks.keys[0]',
    /not a public key/,
  ],
  [
    'a point off the curve',
    { services: [{ id: 'reports', jwks: { keys: [publicJwk] } }] },
    'services[0].jwks.keys[0]',
    /not a public key/,
  ],
  ...(
    [
      ['a key that cannot sign', generateKeyPairSync('x25519').publicKey, {}, /of a kind/],
      [
        'an RSA key of 1,024 bits',
        generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey,
        {},
        /2,048/,
      ],
      ['a key for encryption', generateKeyPairSync('ed25519').publicKey, { use: 'enc' }, /another use/],
      [
        'a key that only signs',
        generateKeyPairSync('ed25519').publicKey,
        { key_ops: ['sign'] },
        /another use/,
      ],
    ] as const
  ).map(
    ([name, key, more, words]): Row => [
      `A26 ${name}`,
      { services: [{ id: 'reports', jwks: { keys: [{ ...key.export({ format: 'jwk' }), ...more }] } }] },
      'services[0].jwks.keys[0]',
      words,
    ],
  ),
  [
    'a vault of a provider at which nobody connects',
    { services: [{ id: 'reports', secret: 's', vault: { acme: ['*'] } }] },
    'services[0].vault.acme',
    /nobody can connect.*"connect": true/,
  ],
  [
    'a connection that ends unused after it ended',
    acme({ connect: true, refresh: { ends_after_days: 30, ends_unused_after_days: 90 } }),
    'providers.acme.refresh.ends_unused_after_days',
    /more than ends_after_days/,
  ],
  [
    'a revocation in its own form, and nowhere to revoke',
    legacy({ wire: { revocation_request: { method: 'POST', sends: { t: '{access_token}' }, as: 'form' } } }),
    'providers.legacy.revocation_endpoint',
    /"revocation_request" of "wire" needs it/,
  ],
  [
    'a revocation with a secret that is not there',
    legacy({
      ...{ client_secret: undefined, token_endpoint_auth_method: 'none' },
      revocation_endpoint: 'https://legacy.test/revoke',
      wire: { revocation_request: { method: 'POST', sends: { s: '{client_secret}' }, as: 'form' } },
    }),
    'providers.legacy.client_secret',
    /"revocation_request" of "wire" needs it/,
  ],
  [
    'a shared account to sign in with',
    legacy({ shared_account: true, connect: true }),
    'providers.legacy.sign_in',
    /"shared_account" says that several people/,
  ],
  [
    'a revocation that ends all, and nowhere to revoke',
    legacy({ connect: true, revocation_ends_account: true }),
    'providers.legacy.revocation_ends_account',
    /no "revocation_endpoint"/,
  ],
  [
    'an API host with a scheme',
    acme({ api_hosts: ['https://api.acme.test'] }),
    'providers.acme.api_hosts[0]',
    /not the plain name of a host/,
  ],
  [
    'an API host with a path',
    acme({ api_hosts: ['api.acme.test/v1'] }),
    'providers.acme.api_hosts[0]',
    /not the plain name of a host/,
  ],
  [
    'an API host in capitals',
    acme({ api_hosts: ['API.acme.test'] }),
    'providers.acme.api_hosts[0]',
    /not the plain name of a host/,
  ],
  [
    'an API host with the default port',
    acme({ api_hosts: ['api.acme.test:443'] }),
    'providers.acme.api_hosts[0]',
    /not the plain name of a host/,
  ],
  [
    'a pattern of API hosts',
    acme({ api_hosts: ['*.acme.test'] }),
    'providers.acme.api_hosts[0]',
    /not the plain name of a host/,
  ],
  [
    'an API host with user information',
    acme({ api_hosts: ['me@api.acme.test'] }),
    'providers.acme.api_hosts[0]',
    /not the plain name of a host/,
  ],
  [
    'an API host with a dot at its end',
    acme({ api_hosts: ['api.acme.test.'] }),
    'providers.acme.api_hosts[0]',
    /not the plain name of a host/,
  ],
  [
    'an API host as a number',
    acme({ api_hosts: ['2130706433'] }),
    'providers.acme.api_hosts[0]',
    /not the plain name of a host/,
  ],
  [
    'an API host that is never called',
    acme({ api_hosts: ['169.254.169.254'] }),
    'providers.acme.api_hosts[0]',
    /never called/,
  ],
  [
    'a revocation endpoint over http',
    acme({ revocation_endpoint: 'http://login.acme.test/revoke' }),
    'providers.acme.revocation_endpoint',
    /https/,
  ],
  [
    'an introspection endpoint on loopback',
    legacy({ introspection_endpoint: 'https://127.0.0.1/introspect' }),
    'providers.legacy.introspection_endpoint',
    /loopback.*allow_private_network_providers/,
  ],
  [
    'a parameter of the protocol among those for connecting',
    acme({ connect_authorize_params: { scope: 'x' } }),
    'providers.acme.connect_authorize_params.scope',
    /sets itself/,
  ],
  [
    'a key of refresh that is none',
    acme({ refresh: { ends_after: 3 } }),
    'providers.acme.refresh.ends_after',
    /not a known key.*ends_after_days/,
  ],
  [
    'a vault of an unknown provider',
    { services: [{ id: 'reports', secret: 's', vault: { slack: ['*'] } }] },
    'services[0].vault.slack',
    /no provider of this configuration.*add "slack"/,
  ],
  [
    'a webhook in clear',
    { webhooks: [{ url: 'http://hooks.example.com', secret: webhookSecret }] },
    'webhooks[0].url',
    /not https/,
  ],
  [
    'a webhook’s secret without its prefix',
    { webhooks: [{ url: 'https://hooks.example.com', secret: webhookSecret.slice(6) }] },
    'webhooks[0].secret',
    /whsec_/,
  ],
  [
    'a short secret among a webhook’s',
    { webhooks: [{ url: 'https://hooks.example.com', secret: [webhookSecret, 'whsec_AAAA'] }] },
    'webhooks[0].secret[1]',
    /holds 3 bytes/,
  ],
  ...['user.born', 'users.*', 'user', 'user.*.x', ''].map(
    (pattern): Row => [
      `a webhook for the event ${JSON.stringify(pattern)}`,
      { webhooks: [{ url: 'https://hooks.example.com', secret: webhookSecret, events: [pattern] }] },
      'webhooks[0].events[0]',
      /is no event/,
    ],
  ),
  [
    'a webhook twice',
    { webhooks: [1, 2].map(() => ({ url: 'https://hooks.example.com', secret: webhookSecret })) },
    'webhooks[1].url',
    /same as webhooks\[0\]/,
  ],
  ['an unknown key', { sectets: [] }, 'sectets', /did you mean "secrets"/],
  ['a hook that is none, beside the keys', { onEvent: 'log' }, 'onEvent', /write a function/],
  ['a user table', { resolveUser: 'users' }, 'resolveUser', /must be a function/],
  [
    'a hook that is no function',
    { hooks: { onEvent: 'log' } },
    'hooks.onEvent',
    /must be a function.*latchkey\.config\.ts/,
  ],
  ['an unknown hook', { hooks: { onEvents: () => undefined } }, 'hooks.onEvents', /did you mean onEvent/],
  [
    'a key store that is a function',
    { hooks: { wrapKey: () => undefined } },
    'hooks.wrapKey',
    /must be an object with the functions wrap and unwrap/,
  ],
  ['a key store that only wraps', { wrapKey: { wrap: () => undefined } }, 'wrapKey', /unwrap: async/],
  ['hooks of another type', { hooks: [] }, 'hooks', /must be an object/],
]

describe.each([
  ['issuer', issuers],
  ['secrets', secrets],
  ['redirect URI', redirectUris],
  ['client', clients],
  ['provider', providers],
  ['setting', others],
])('a wrong %s', (_, rows) => {
  it.each(rows)('%s', (_title, changes, path, words) => {
    const mistakes = mistakesOf({ ...testConfig, ...changes })
    expect(mistakes.map((mistake) => mistake.path)).toEqual([path])
    expect(`${mistakes[0]?.problem}. ${mistakes[0]?.remedy}`).toMatch(words)
  })
})

describe('all at once', () => {
  const wrong = {
    issuer: 'http://auth.example.com/',
    secrets: ['short'],
    storage: 'mysql://x',
    sign_up: 'open',
    clients: [
      {
        id: 'web',
        redirect_uris: ['https://app.example.com/#'],
        origin: 'https://app.example.com',
        dpop: 'no',
      },
      { id: 'web', redirect_uris: 'https://app.example.com/' },
      null,
    ],
    providers: { acme: { ...testOidcProvider, issuer: 'https://10.0.0.1', client_id: 3 }, google: {} },
    tokens: { code_seconds: 3600 },
    admins: ['nobody:1'],
    hooks: { claims: 1 },
  }

  it('names every mistake, those of relations too', () => {
    expect(mistakesOf(wrong).map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'issuer',
        'secrets[0]',
        'storage',
        'sign_up',
        'clients[0].redirect_uris[0]',
        'clients[0].origin',
        'clients[0].origins',
        'clients[0].dpop',
        'clients[1].id',
        'clients[1].redirect_uris',
        'clients[1].origins',
        'clients[2]',
        'providers.acme.client_id',
        'providers.google.client_id',
        'providers.google.client_secret',
        'tokens.code_seconds',
        'admins[0]',
        'hooks.claims',
      ]),
    )
  })

  it('has a message that lists them for people, one a line', () => {
    const error = new ConfigError(mistakesOf(wrong), 'latchkey.config.json')
    expect(error.code).toBe('invalid_config')
    const [head, ...lines] = error.message.split('\n')
    expect(head).toBe(`${error.mistakes.length} mistakes in latchkey.config.json:`)
    expect(lines).toHaveLength(error.mistakes.length)
    expect(lines).toContain('  sign_up: is not a known key. Did you mean "signup"?')
  })

  it.each([undefined, null, 'text', 7, [], [testConfig]])('%j is no configuration', (input) => {
    expect(mistakesOf(input).length).toBeGreaterThan(0)
  })
})

describe('X06 what may be a secret is never shown', () => {
  const canary = 'canary-7f3a'

  it('not in any mistake', () => {
    const wrong = {
      issuer: `https://user:${canary}@auth.example.com`,
      secrets: [canary],
      storage: `postgres://user:${canary}@db/latchkey`,
      operations: { metrics_token: [canary], token: canary },
      clients: [
        { ...testClient, secret: { value: canary }, redirect_uris: [`http://app.test/?key=${canary}`] },
      ],
      services: [{ id: 'reports', secrets: canary, jwks: { keys: [{ kty: 'oct', k: canary }] } }],
      providers: {
        acme: {
          ...testOidcProvider,
          client_secret: [canary],
          private_key: { d: canary },
          token_endpoint_auth_method: 'none',
          authorize_params: { state: canary, api_key: 5 },
          clientSecret: canary,
        },
      },
      rate_limits: { storage: `redys://:${canary}@redis` },
    }
    const mistakes = mistakesOf(wrong)
    expect(mistakes.length).toBeGreaterThan(10)
    expect(JSON.stringify(mistakes)).not.toContain(canary)
    expect(new ConfigError(mistakes).message).not.toContain(canary)
  })

  it('nor what came from the environment, whatever the key', () => {
    const mistakes = mistakesOf(
      { ...testConfig, issuer: `\${ISSUER}`, listen: `\${ISSUER}`, signup: `\${ISSUER}` },
      { ISSUER: canary },
    )
    expect(mistakes.map(({ path }) => path)).toEqual(['issuer', 'listen', 'signup'])
    expect(JSON.stringify(mistakes)).not.toContain(canary)
  })

  it('while harmless values are, to be found again', () => {
    const [mistake] = mistakesOf({ ...testConfig, issuer: 'http://auth.example.com' })
    expect(mistake?.problem).toContain('"http://auth.example.com"')
  })
})

describe(`\${NAME}`, () => {
  it('that is not set, or empty, is one mistake a place', () => {
    const mistakes = mistakesOf(
      {
        ...testConfig,
        issuer: `https://\${HOST}`,
        secrets: [`\${SECRET}`, `\${EMPTY}`],
        listen: `\${HOST}:\${PORT}`,
      },
      { EMPTY: '' },
    )
    expect(mistakes.map(({ path, problem }) => [path, problem])).toEqual([
      ['issuer', 'the environment variable HOST is not set'],
      ['secrets[0]', 'the environment variable SECRET is not set'],
      ['secrets[1]', 'the environment variable EMPTY is empty'],
      ['listen', 'the environment variable HOST is not set'],
      ['listen', 'the environment variable PORT is not set'],
    ])
    expect(mistakes[0]?.remedy).toMatch(/set HOST/)
  })

  it.each([`\${}`, `\${A-B}`, `\${A`, `\${A:-b}`, `\${1A}`])('%s names nothing', (text) => {
    const mistakes = mistakesOf({ ...testConfig, issuer: text }, { A: 'x' })
    expect(mistakes.map(({ path }) => path)).toEqual(['issuer'])
    expect(mistakes[0]?.problem).toMatch(/without the name/)
  })

  it('does not reach what objects inherit', () => {
    expect(mistakesOf({ ...testConfig, issuer: `\${constructor}` })[0]?.problem).toMatch(/not set/)
  })
})
