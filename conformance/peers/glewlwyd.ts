import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync } from 'node:zlib'
import type { GlewlwydFiles } from './glewlwyd-files.ts'
import { freePort, newFolder, startProcess } from './process.ts'

export interface GlewlwydUser {
  username: string
  password: string
  name: string
  email: string
}

export interface GlewlwydClient {
  id: string
  secret: string
  redirectUris: string[]
}

/** A server of its own kind: C, its own JOSE and HTTP. OpenID Connect and plain OAuth 2.0, one plugin each. */
export interface Glewlwyd {
  origin: string
  /** The OpenID provider. */
  issuer: string
  /** The plain OAuth 2.0 server's endpoints. */
  plain: { authorization: string; token: string; profile: string }
  addClient(client: GlewlwydClient): Promise<void>
  addUser(user: GlewlwydUser): Promise<void>
  /** Signs a user in and has them consent, as its own page would; gives the Set-Cookie line for a browser. */
  signIn(user: GlewlwydUser, clientId: string, scopes: readonly string[]): Promise<string>
  /** A new signing key takes over; the old one is gone. */
  rotateKey(): Promise<void>
  close(): Promise<void>
}

const admin = { username: 'admin', password: 'password' }

function configuration(files: GlewlwydFiles, database: string, origin: string, port: number): string {
  const text = (value: string) => JSON.stringify(value)
  return `
port = ${port}
bind_address = "127.0.0.1"
external_url = ${text(origin)}
api_prefix = "api"
login_url = "login.html"
log_mode = "console"
log_level = "ERROR"
cookie_domain = "localhost"
cookie_secure = 0
admin_scope = "g_admin"
profile_scope = "g_profile"
user_module_path = ${text(join(files.modules, 'user'))}
client_module_path = ${text(join(files.modules, 'client'))}
user_auth_scheme_module_path = ${text(join(files.modules, 'scheme'))}
plugin_module_path = ${text(join(files.modules, 'plugin'))}
hash_algorithm = "SHA512"
database = { type = "sqlite3" path = ${text(database)} }
`
}

function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = randomUUID()
  return {
    jwks: JSON.stringify({
      keys: [{ ...privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }],
    }),
    kid,
  }
}

/** What both plugins are told. */
const lifetimes = {
  'access-token-duration': 3600,
  'refresh-token-duration': 1_209_600,
  'code-duration': 600,
  'refresh-token-rolling': true,
  'auth-type-code-enabled': true,
  'auth-type-refresh-enabled': true,
  'pkce-allowed': true,
  'pkce-method-plain-allowed': false,
}

const openid = (issuer: string) => {
  const { jwks, kid } = newKey()
  return {
    module: 'oidc',
    name: 'oidc',
    display_name: 'OpenID Connect',
    parameters: {
      ...lifetimes,
      iss: issuer,
      'jwks-private': jwks,
      'default-kid': kid,
      'jwks-show': true,
      'subject-type': 'public',
      'auth-type-id-token-enabled': true,
      'allow-non-oidc': false,
      'pkce-required': true,
      'name-claim': 'mandatory',
      'name-claim-scope': [],
      'email-claim': 'mandatory',
      'email-claim-scope': [],
      'scope-claim': 'no',
    },
  }
}

const plainOAuth = () => ({
  module: 'oauth2-glewlwyd',
  name: 'plain',
  display_name: 'OAuth 2.0',
  parameters: {
    ...lifetimes,
    'jwt-type': 'sha',
    'jwt-key-size': '256',
    key: randomUUID(),
    // It ends with a crash where one of these is not said.
    'auth-type-implicit-enabled': false,
    'auth-type-password-enabled': false,
    'auth-type-client-enabled': false,
    'auth-type-device-enabled': false,
    'introspection-revocation-allowed': false,
    scope: [],
  },
})

/** Starts it on loopback with a database of its own, and sets both plugins up over its API. */
export async function startGlewlwyd(files: GlewlwydFiles): Promise<Glewlwyd> {
  const folder = newFolder('glewlwyd')
  const databaseFile = join(folder, 'glewlwyd.db')
  const database = new DatabaseSync(databaseFile)
  database.exec(gunzipSync(readFileSync(files.schema)).toString())
  database.close()
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const configFile = join(folder, 'glewlwyd.conf')
  writeFileSync(configFile, configuration(files, databaseFile, origin, port))
  const { close, said } = await startProcess(files.binary, [`--config-file=${configFile}`], {
    folder,
    url: `${origin}/api/auth`,
    env: { LD_LIBRARY_PATH: files.libraries.join(':') },
  })
  try {
    const issuer = `${origin}/api/oidc`
    const cookie = await logIn(origin, admin)
    const call = (method: string, path: string, body?: unknown) => callApi(origin, cookie, method, path, body)
    for (const name of ['read:user'])
      await call('POST', '/scope/', { name, display_name: name, password_required: false, scheme: {} })
    let oidc = openid(issuer)
    await call('POST', '/mod/plugin/', oidc)
    await call('POST', '/mod/plugin/', plainOAuth())
    return {
      origin,
      issuer,
      plain: {
        authorization: `${origin}/api/plain/auth`,
        token: `${origin}/api/plain/token`,
        profile: `${origin}/api/plain/profile`,
      },
      addClient: ({ id, secret, redirectUris }) =>
        call('POST', '/client/', {
          client_id: id,
          name: id,
          client_secret: secret,
          password: secret,
          confidential: true,
          enabled: true,
          scope: [],
          redirect_uri: redirectUris,
          authorization_type: ['code', 'refresh_token'],
          token_endpoint_auth_method: ['client_secret_basic'],
        }),
      addUser: ({ username, password, name, email }) =>
        call('POST', '/user/', {
          username,
          password,
          name,
          email,
          enabled: true,
          scope: ['openid', 'read:user', 'g_profile'],
        }),
      async signIn(user, clientId, scopes) {
        const own = await logIn(origin, user)
        await callApi(origin, own, 'PUT', `/auth/grant/${encodeURIComponent(clientId)}`, {
          scope: scopes.join(' '),
        })
        return own
      },
      async rotateKey() {
        oidc = openid(issuer)
        await call('PUT', '/mod/plugin/oidc', oidc)
        await call('PUT', '/mod/plugin/oidc/reset')
      },
      close,
    }
  } catch (error) {
    await close()
    throw new Error(`Glewlwyd: ${said()}`, { cause: error })
  }
}

/** The Set-Cookie line of a fresh session. */
async function logIn(
  origin: string,
  { username, password }: Pick<GlewlwydUser, 'username' | 'password'>,
): Promise<string> {
  const response = await fetch(`${origin}/api/auth`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  const [line] = response.headers.getSetCookie()
  if (response.status !== 200 || line === undefined) throw new Error(`log-in answered ${response.status}`)
  return line
}

async function callApi(
  origin: string,
  cookie: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<void> {
  const response = await fetch(`${origin}/api${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', Cookie: cookie.split(';')[0] ?? '' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${await response.text()}`)
}
