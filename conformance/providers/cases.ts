// One deviation each: an entry that has it and nothing else, and the configuration by hand that says so.
import type { Entry, WireRules } from '@latchkey/providers'

/** The step of a connected account's life at which a deviation shows. */
export type Step = 'sign-in' | 'connect' | 'renew' | 'end' | 'revoke' | 'deny'

export interface Case {
  /** What the provider does. */
  entry?: Partial<Entry>
  /** What the configuration says of it, in the file's words: `{ wire: { token_path: 'data' } }`. `host` is the provider's. */
  says?: Record<string, unknown> | ((host: string) => Record<string, unknown>)
  /** Instead of it in the proof, where something has to be there. */
  unsaid?: Record<string, unknown>
  /** Beside it, said or not. */
  beside?: Record<string, unknown>
  at: Step
  /** What comes out beside or instead of the usual. */
  gives?: Record<string, unknown>
  /**
   * `unsaid` (default): without `says` the journey fails or gives something else. `unmet`: the client demands it, so that it
   * fails at a provider that does not do it, or does what `otherwise` says. `nothing`: it makes no difference to say it.
   */
  proof?: 'unsaid' | 'unmet' | 'nothing'
  otherwise?: Partial<Entry>
}

const endpoints = {
  authorization: 'https://made-up.example/authorize',
  token: 'https://made-up.example/token',
  userinfo: 'https://made-up.example/me',
}

/** A provider by the standards: two scopes, refresh tokens, a profile with a verified address. */
export const byTheBook = (id: string, changes: Partial<Entry> = {}): Entry => ({
  ...{ id, name: 'Made Up', protocol: 'oauth2', domains: ['made-up.example'], localhost: 'unknown' },
  scopes: { signIn: ['read', 'write'], connect: ['read', 'write'] },
  identity: {
    ...{ from: 'userinfo', subject: 'id', name: 'name', login: 'login' },
    ...{ email: 'email', emailVerified: 'email_verified' },
  },
  refresh: { issued: 'yes', rotates: true },
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 0 },
  ...changes,
  endpoints: { ...endpoints, ...changes.endpoints },
})

export const openId = (id: string, changes: Partial<Entry> = {}): Entry => ({
  ...byTheBook(id, changes),
  ...{ protocol: 'oidc', issuer: 'https://made-up.example', identity: { from: 'id-token' } },
  scopes: { signIn: ['openid', 'profile', 'email'], connect: ['openid', 'profile', 'email'] },
})

const wire = (rules: Partial<WireRules>, more: Partial<Entry> = {}): Partial<Entry> => ({
  ...more,
  wire: rules,
})
const at = (name: string): Partial<Entry> => ({ endpoints: { [name]: `https://made-up.example/${name}` } })
const renewal = { grantType: 'renew', tokenParameter: 'access_token', sends: ['client_secret'] } as const

/** Every rule of the wire, which the type sees to. */
export const rules: Record<keyof WireRules, Case> = {
  scopeSeparator: {
    entry: wire({ scopeSeparator: ';' }),
    says: { wire: { scope_separator: ';' } },
    at: 'sign-in',
  },
  sendScope: {
    entry: wire({ sendScope: false }),
    says: { wire: { send_scope: false } },
    at: 'sign-in',
  },
  authorizeNames: {
    entry: wire({ authorizeNames: { client_id: 'appid', scope: 'user_scope' } }),
    says: { wire: { authorize_names: { client_id: 'appid', scope: 'user_scope' } } },
    at: 'sign-in',
  },
  redirectUriValue: {
    entry: wire({ redirectUriValue: 'Made_Up-App-1' }),
    says: { wire: { redirect_uri_value: 'Made_Up-App-1' } },
    at: 'sign-in',
  },
  responseType: {
    entry: wire({ responseType: 'assertion' }),
    says: { wire: { response_type: 'assertion' } },
    at: 'sign-in',
  },
  stateIn: {
    entry: wire({ stateIn: 'redirect-uri' }),
    says: { wire: { state_in: 'redirect-uri' } },
    at: 'sign-in',
  },
  unsafeCodeChallenge: {
    entry: wire({ unsafeCodeChallenge: 'plain' }),
    says: { wire: { unsafe_code_challenge: 'plain' } },
    at: 'sign-in',
  },
  callbackNames: {
    entry: wire({ callbackNames: { code: 'auth_code' } }),
    says: { wire: { callback_names: { code: 'auth_code' } } },
    at: 'sign-in',
  },
  callbackRefusals: {
    entry: wire({ callbackRefusals: ['nope'] }),
    says: { wire: { callback_refusals: ['nope'] } },
    at: 'deny',
  },
  codeSuffix: {
    entry: wire({ codeSuffix: '#_' }),
    says: { wire: { code_suffix: '#_' } },
    at: 'sign-in',
  },
  callbackSignature: {
    entry: wire({ callbackSignature: 'hmac-sha256-query' }),
    says: { wire: { callback_signature: 'hmac-sha256-query' } },
    at: 'sign-in',
    proof: 'unmet',
  },
  callbackTenant: {
    entry: wire({ callbackTenant: { shop: 'acme.made-up.example' } }),
    says: { wire: { callback_tenant: { shop: 'acme.made-up.example' } } },
    at: 'sign-in',
    proof: 'unmet',
    otherwise: wire({ callbackTenant: { shop: 'evil.made-up.example' } }),
  },
  tokenHost: {
    entry: wire({ tokenHost: { parameter: 'location', hosts: ['eu.made-up.example'] } }),
    says: (host) => ({ wire: { token_host: { parameter: 'location', hosts: [host] } } }),
    // Nobody listens there.
    beside: { token_endpoint: 'http://127.0.0.1:9/played/rule-token-host/token' },
    at: 'sign-in',
  },
  keepFromCallback: {
    entry: wire({ keepFromCallback: ['realmId'] }),
    says: { wire: { keep_from_callback: ['realmId'] } },
    at: 'connect',
    gives: { data: { realmId: 'kept-realmid' } },
  },
  sendFromCallback: {
    entry: wire({ sendFromCallback: ['device_id'], keepFromCallback: ['device_id'] }),
    beside: { wire: { keep_from_callback: ['device_id'] } },
    says: { wire: { send_from_callback: ['device_id'] } },
    at: 'renew',
  },
  tokenMethod: {
    entry: wire({ tokenMethod: 'GET' }),
    says: { wire: { token_method: 'GET' } },
    at: 'renew',
  },
  tokenParameters: {
    entry: wire({ tokenParameters: 'json' }),
    says: { wire: { token_parameters: 'json' } },
    at: 'renew',
  },
  tokenNames: {
    entry: wire({ tokenNames: { client_id: 'appid', client_secret: 'secret', refresh_token: 'again' } }),
    says: { wire: { token_names: { client_id: 'appid', client_secret: 'secret', refresh_token: 'again' } } },
    at: 'renew',
  },
  grantType: {
    entry: wire({ grantType: 'assertion' }),
    says: { wire: { grant_type: 'assertion' } },
    at: 'renew',
  },
  tokenExtra: {
    entry: wire({ tokenExtra: { action: 'requesttoken', app: '{client_id}' } }),
    says: { wire: { token_extra: { action: 'requesttoken', app: '{client_id}' } } },
    at: 'sign-in',
  },
  refreshExtra: {
    entry: wire({ refreshExtra: { type: 'refresh' } }),
    says: { wire: { refresh_extra: { type: 'refresh' } } },
    at: 'renew',
  },
  tokenOmits: {
    entry: wire({ tokenOmits: ['redirect_uri', 'grant_type'] }),
    says: { wire: { token_omits: ['redirect_uri', 'grant_type'] } },
    at: 'renew',
  },
  refreshRedirectUri: {
    entry: wire({ refreshRedirectUri: true }),
    says: { wire: { refresh_redirect_uri: true } },
    at: 'renew',
  },
  basicCredentials: {
    entry: wire({ basicCredentials: 'raw' }, { clientAuthentication: 'basic' }),
    says: { wire: { basic_credentials: 'raw' } },
    at: 'sign-in',
  },
  clientSecret: {
    entry: wire({ clientSecret: 'sha256-of-secret-and-code' }),
    says: { wire: { client_secret: 'sha256-of-secret-and-code' } },
    at: 'renew',
  },
  assertionAudience: {
    entry: wire(
      { assertionAudience: 'token-endpoint' },
      { protocol: 'oidc', clientAuthentication: 'private_key_jwt' },
    ),
    says: { wire: { assertion_audience: 'token-endpoint' } },
    at: 'renew',
  },
  clientSecretHeader: {
    entry: wire({ clientSecretHeader: 'secret_key' }),
    says: { wire: { client_secret_header: 'secret_key' } },
    at: 'renew',
  },
  headers: {
    entry: wire({
      headers: { 'Client-Id': '{client_id}', 'X-Token': '{access_token}', 'User-Agent': 'made-up' },
    }),
    says: {
      wire: { headers: { 'Client-Id': '{client_id}', 'X-Token': '{access_token}', 'User-Agent': 'made-up' } },
    },
    at: 'sign-in',
  },
  tokenBody: {
    entry: wire({ tokenBody: 'form' }),
    says: { wire: { token_body: 'form' } },
    at: 'renew',
  },
  tokenFields: {
    entry: wire({ tokenFields: 'lenient' }),
    says: { wire: { token_fields: 'lenient' } },
    at: 'renew',
  },
  tokenPath: {
    entry: wire({ tokenPath: 'data.token' }),
    says: { wire: { token_path: 'data.token' } },
    at: 'renew',
  },
  tokenMembers: {
    entry: wire({ tokenMembers: { access_token: 'accessToken', expires_in: 'life.ttl' } }),
    says: { wire: { token_members: { access_token: 'accessToken', expires_in: 'life.ttl' } } },
    at: 'connect',
  },
  tokenSuccess: {
    entry: wire({ tokenSuccess: { member: 'status', good: 0 } }),
    says: { wire: { token_success: { member: 'status', good: 0 } } },
    at: 'sign-in',
    proof: 'unmet',
    otherwise: wire({ tokenSuccess: { member: 'status', good: 401 } }),
  },
  tokenRefusals: {
    entry: wire({ tokenRefusals: ['bad_refresh_token'] }),
    says: { wire: { token_refusals: ['bad_refresh_token'] } },
    at: 'end',
  },
  scopeForm: {
    entry: wire({ scopeForm: 'array-or-string' }),
    says: { wire: { scope_form: 'array-or-string' } },
    at: 'connect',
  },
  zeroExpiry: {
    entry: wire({ zeroExpiry: 'never' }, { refresh: { issued: 'no' } }),
    says: { wire: { zero_expiry: 'never' } },
    at: 'connect',
    gives: { seconds: undefined },
  },
  expiryForm: {
    entry: wire({ expiryForm: 'unix-time' }),
    says: { wire: { expiry_form: 'unix-time' } },
    at: 'connect',
  },
  keepFromToken: {
    entry: wire({ keepFromToken: ['team.id'] }),
    says: { wire: { keep_from_token: ['team.id'] } },
    at: 'connect',
    gives: { data: { 'team.id': 'kept-team.id' } },
  },
  exchange: {
    entry: {
      ...wire({ exchange: renewal }, at('exchange')),
      refresh: { issued: 'no', accessTokenSeconds: 5_184_000 },
    },
    says: {
      wire: { exchange: { grant_type: 'renew', token_parameter: 'access_token', sends: ['client_secret'] } },
    },
    at: 'connect',
    gives: { seconds: 5_184_000 },
  },
  refreshExchange: {
    entry: { ...wire({ refreshExchange: renewal }, at('refresh')), refresh: { issued: 'no' } },
    says: {
      wire: {
        refresh_exchange: { grant_type: 'renew', token_parameter: 'access_token', sends: ['client_secret'] },
      },
    },
    at: 'renew',
  },
  revocation: {
    entry: wire({ revocation: 'basic-json-delete' }, at('revocation')),
    says: { wire: { revocation: 'basic-json-delete' } },
    at: 'revoke',
  },
  revocationRequest: {
    entry: wire(
      {
        revocationRequest: {
          ...{ method: 'POST', as: 'json', authorization: 'Client {client_secret}' },
          sends: { id: '{client_id}', token: '{access_token}', refresh: '{refresh_token}' },
        },
      },
      at('revocation'),
    ),
    says: {
      wire: {
        revocation_request: {
          ...{ method: 'POST', as: 'json', authorization: 'Client {client_secret}' },
          sends: { id: '{client_id}', token: '{access_token}', refresh: '{refresh_token}' },
        },
      },
    },
    at: 'revoke',
  },
  userinfoMethod: {
    entry: wire({ userinfoMethod: 'POST' }),
    says: { wire: { userinfo_method: 'POST' } },
    at: 'sign-in',
  },
  userinfoBody: {
    entry: wire({ userinfoMethod: 'POST', userinfoBody: { query: '{ viewer { id } }' } }),
    says: { wire: { userinfo_method: 'POST', userinfo_body: { query: '{ viewer { id } }' } } },
    at: 'sign-in',
  },
  userinfoClient: {
    entry: wire({
      ...{ userinfoMethod: 'POST', userinfoBodyForm: 'form', userinfoClient: 'post' },
      userinfoBody: { token: '{access_token}' },
    }),
    beside: {
      wire: {
        ...{ userinfo_method: 'POST', userinfo_body_form: 'form' },
        userinfo_body: { token: '{access_token}' },
      },
    },
    says: { wire: { userinfo_client: 'post' } },
    at: 'sign-in',
  },
  userinfoBodyForm: {
    entry: wire({ userinfoMethod: 'POST', userinfoBody: { key: '{client_id}' }, userinfoBodyForm: 'form' }),
    beside: { wire: { userinfo_method: 'POST', userinfo_body: { key: '{client_id}' } } },
    says: { wire: { userinfo_body_form: 'form' } },
    at: 'sign-in',
  },
  userinfoQuery: {
    entry: wire({ userinfoQuery: { token: '{access_token}', openid: '{token.openid}', key: '{client_id}' } }),
    says: {
      wire: { userinfo_query: { token: '{access_token}', openid: '{token.openid}', key: '{client_id}' } },
    },
    at: 'sign-in',
  },
  userinfoType: {
    entry: wire({ userinfoType: 'jsonp' }),
    says: { wire: { userinfo_type: 'jsonp' } },
    at: 'sign-in',
  },
  authorizationScheme: {
    entry: wire({ authorizationScheme: 'none', userinfoQuery: { token: '{access_token}' } }),
    beside: { wire: { userinfo_query: { token: '{access_token}' } } },
    says: { wire: { authorization_scheme: 'none' } },
    at: 'sign-in',
  },
  unsafeNonceMayMiss: {
    entry: wire({ unsafeNonceMayMiss: true }, { protocol: 'oidc' }),
    says: { wire: { unsafe_nonce_may_miss: true } },
    at: 'sign-in',
    gives: { subject: 'fake-user-ada' },
  },
  issuerTemplate: {
    entry: wire({ issuerTemplate: 'https://made-up.example/{tid}/v2.0' }, { protocol: 'oidc' }),
    says: (host) => ({ wire: { issuer_template: `http://${host}/played/rule-issuer-template/{tid}/v2.0` } }),
    at: 'sign-in',
    gives: { subject: 'fake-user-ada' },
  },
  emailVerified: {
    entry: wire({ emailVerified: 'never' }),
    says: { wire: { email_verified: 'never' } },
    at: 'sign-in',
    gives: { verified: false },
  },
  nameInFormPost: {
    entry: wire({ nameInFormPost: true }, { protocol: 'oidc', responseMode: 'form_post' }),
    beside: { response_mode: 'form_post' },
    says: { wire: { name_in_form_post: true } },
    at: 'sign-in',
    gives: { subject: 'fake-user-ada' },
  },
}

const named = (quirk: string, step: Step, more: Partial<Case> = {}): Case => ({
  at: step,
  says: { quirks: [quirk] },
  ...more,
  entry: { ...more.entry, quirks: [quirk] },
})

/** Every quirk that a configuration may name. */
export const quirkCases: Readonly<Record<string, Case>> = {
  'comma-scopes': named('comma-scopes', 'sign-in'),
  'semicolon-scopes': named('semicolon-scopes', 'sign-in'),
  'plus-scopes': named('plus-scopes', 'sign-in', { proof: 'nothing' }),
  'no-scope-parameter': named('no-scope-parameter', 'sign-in'),
  'client-key-param': named('client-key-param', 'renew'),
  'state-unsupported': named('state-unsupported', 'sign-in'),
  'pkce-plain': named('pkce-plain', 'sign-in'),
  'signed-callback': named('signed-callback', 'sign-in', { proof: 'unmet' }),
  'name-only-on-first-login': named('name-only-on-first-login', 'sign-in', {
    entry: { protocol: 'oidc', responseMode: 'form_post' },
    beside: { response_mode: 'form_post' },
    gives: { subject: 'fake-user-ada' },
  }),
  'json-token-body': named('json-token-body', 'renew'),
  'get-token-request': named('get-token-request', 'renew'),
  'token-params-in-query': named('token-params-in-query', 'renew'),
  'basic-not-urlencoded': named('basic-not-urlencoded', 'renew', {
    entry: { clientAuthentication: 'basic' },
  }),
  'signed-jwt-client-secret': named('signed-jwt-client-secret', 'renew', {
    unsaid: { client_secret: 'as-it-is' },
    entry: { protocol: 'oidc' },
  }),
  'assertion-for-token-endpoint': named('assertion-for-token-endpoint', 'renew', {
    entry: { protocol: 'oidc', clientAuthentication: 'private_key_jwt' },
  }),
  'hashed-secret': named('hashed-secret', 'renew'),
  'redirect-uri-refused-in-token': named('redirect-uri-refused-in-token', 'sign-in'),
  'redirect-uri-needed-on-refresh': named('redirect-uri-needed-on-refresh', 'renew'),
  'form-encoded-response': named('form-encoded-response', 'renew'),
  'error-with-http-200': named('error-with-http-200', 'renew', { proof: 'nothing' }),
  'nonstandard-token-fields': named('nonstandard-token-fields', 'renew'),
  'scope-as-array': named('scope-as-array', 'connect'),
  'expires-in-zero': named('expires-in-zero', 'connect', {
    entry: { refresh: { issued: 'no' } },
    gives: { seconds: undefined },
  }),
  'email-not-verified': named('email-not-verified', 'sign-in', { gives: { verified: false } }),
  'userinfo-post': named('userinfo-post', 'sign-in'),
  'introspection-as-userinfo': named('introspection-as-userinfo', 'sign-in'),
  'oauth-auth-scheme': named('oauth-auth-scheme', 'sign-in'),
  'userinfo-wrong-content-type': named('userinfo-wrong-content-type', 'sign-in'),
  'jsonp-userinfo': named('jsonp-userinfo', 'sign-in'),
  'nonce-not-echoed': named('nonce-not-echoed', 'sign-in', {
    entry: { protocol: 'oidc' },
    gives: { subject: 'fake-user-ada' },
  }),
}
