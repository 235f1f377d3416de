/**
 * The least that a careful team would write by hand around oauth4webapi, jose and node:sqlite. What it does: PKCE on
 * both hops, journey sealed in a cookie, `state`, `nonce` and `iss` checked, ID token's signature verified, provider's
 * tokens sealed in a row, one-time code burned in one statement, ES256 access token, hashed refresh token. What it
 * does not do: everything else (no DPoP unless told, no client list, no limits, no logs, no guarded fetch, no key
 * rotation, no error pages).
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import * as jose from 'jose'
import * as oauth from 'oauth4webapi'
import { listen, readBody, respond } from './listen.ts'
import { readSettings } from './settings.ts'

const settings = readSettings()
const issuer = `http://127.0.0.1:${settings.port}`
const callback = `${issuer}/callback`
const dpop = process.argv.includes('--dpop')

const random = () => randomBytes(32).toString('base64url')
const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

// --- storage ---
const database = new DatabaseSync(settings.database)
database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE users (id TEXT PRIMARY KEY, issuer TEXT NOT NULL, subject TEXT NOT NULL, email TEXT, name TEXT, UNIQUE (issuer, subject)) STRICT;
  CREATE TABLE vault (user_id TEXT PRIMARY KEY, sealed BLOB NOT NULL, updated_at INTEGER NOT NULL) STRICT;
  CREATE TABLE codes (hash TEXT PRIMARY KEY, user_id TEXT NOT NULL, challenge TEXT NOT NULL, redirect_uri TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;
  CREATE TABLE sessions (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, refresh_hash TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;`)
const upsertUser =
  database.prepare(`INSERT INTO users (id, issuer, subject, email, name) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (issuer, subject) DO UPDATE SET email = excluded.email, name = excluded.name RETURNING id`)
const upsertVault = database.prepare(`INSERT INTO vault (user_id, sealed, updated_at) VALUES (?, ?, ?)
  ON CONFLICT (user_id) DO UPDATE SET sealed = excluded.sealed, updated_at = excluded.updated_at`)
const insertCode = database.prepare(
  'INSERT INTO codes (hash, user_id, challenge, redirect_uri, expires_at) VALUES (?, ?, ?, ?, ?)',
)
const burnCode = database.prepare(
  'DELETE FROM codes WHERE hash = ? AND expires_at > ? RETURNING user_id, challenge, redirect_uri',
)
const insertSession = database.prepare(
  'INSERT INTO sessions (id, user_id, refresh_hash, expires_at) VALUES (?, ?, ?, ?)',
)

function transaction<T>(body: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = body()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

// --- sealing ---
const sealingKey = randomBytes(32)
function seal(value: unknown): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', sealingKey, iv)
  return Buffer.concat([iv, cipher.update(JSON.stringify(value)), cipher.final(), cipher.getAuthTag()])
}
function unseal(sealed: Buffer): Record<string, string> {
  const decipher = createDecipheriv('aes-256-gcm', sealingKey, sealed.subarray(0, 12)).setAuthTag(
    sealed.subarray(-16),
  )
  return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString())
}

// --- the provider, and our own key ---
const insecure = { [oauth.allowInsecureRequests]: true }
const server = await oauth
  .discoveryRequest(new URL(settings.provider), insecure)
  .then((response) => oauth.processDiscoveryResponse(new URL(settings.provider), response))
const client: oauth.Client = { client_id: settings.clientId }
const clientAuth = oauth.ClientSecretBasic(settings.clientSecret)
const providerKeys = jose.createRemoteJWKSet(new URL(server.jwks_uri ?? ''))
const signingKey = await jose.generateKeyPair('ES256', { extractable: true })
const publicJwk = { ...(await jose.exportJWK(signingKey.publicKey)), kid: 'bare-1', alg: 'ES256', use: 'sig' }

async function authorize(request: IncomingMessage, response: ServerResponse) {
  const body = new URLSearchParams(await readBody(request))
  const challenge = body.get('code_challenge') ?? ''
  const redirectUri = body.get('redirect_uri') ?? ''
  if (
    request.headers.origin !== settings.spa ||
    redirectUri !== `${settings.spa}/callback` ||
    challenge.length !== 43
  ) {
    return respond(response, 400, {}, 'bad request')
  }
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const nonce = oauth.generateRandomNonce()
  const target = new URL(server.authorization_endpoint ?? '')
  target.search = new URLSearchParams({
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: callback,
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()
  const journey = seal({
    verifier,
    state,
    nonce,
    challenge,
    redirectUri,
    spaState: body.get('state') ?? '',
  }).toString('base64url')
  const cookie = `j-${state}=${journey}; Path=/callback; HttpOnly; SameSite=Lax; Max-Age=600`
  respond(response, 200, { refresh: `0;url=${target}`, 'set-cookie': cookie }, '')
}

async function finish(request: IncomingMessage, response: ServerResponse, url: URL) {
  const state = url.searchParams.get('state') ?? ''
  const cookie = new RegExp(`(?:^|; )j-${state}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1]
  if (!/^[\w-]{43}$/.test(state) || !cookie) return respond(response, 403, {}, 'wrong browser')
  const journey = unseal(Buffer.from(cookie, 'base64url'))
  const params = oauth.validateAuthResponse(server, client, url, journey.state ?? '')
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    clientAuth,
    params,
    callback,
    journey.verifier ?? '',
    insecure,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, {
    expectedNonce: journey.nonce ?? '',
    requireIdToken: true,
  })
  const { payload } = await jose.jwtVerify(tokens.id_token ?? '', providerKeys, {
    issuer: server.issuer,
    audience: settings.clientId,
    algorithms: ['RS256'],
  })
  const code = random()
  const now = Date.now()
  transaction(() => {
    const user = upsertUser.get(
      random(),
      server.issuer,
      payload.sub ?? '',
      String(payload.email),
      String(payload.name),
    )
    const userId = String(user?.id)
    upsertVault.run(userId, seal({ access_token: tokens.access_token, id_token: tokens.id_token }), now)
    insertCode.run(hash(code), userId, journey.challenge ?? '', journey.redirectUri ?? '', now + 60_000)
  })
  const back = new URLSearchParams({ code, state: journey.spaState ?? '', iss: issuer })
  respond(
    response,
    303,
    { location: `${journey.redirectUri}#${back}`, 'set-cookie': `j-${state}=; Path=/callback; Max-Age=0` },
    '',
  )
}

async function token(request: IncomingMessage, response: ServerResponse) {
  const body = new URLSearchParams(await readBody(request))
  const jkt = dpop ? await checkProof(request.headers.dpop) : undefined
  const refresh = random()
  const sid = random()
  const now = Date.now()
  const userId = transaction(() => {
    const row = burnCode.get(hash(body.get('code') ?? ''), now)
    if (
      row?.challenge !== hash(body.get('code_verifier') ?? '') ||
      row.redirect_uri !== body.get('redirect_uri')
    )
      return undefined
    insertSession.run(sid, String(row.user_id), hash(refresh), now + 1_209_600_000)
    return String(row.user_id)
  })
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'access-control-allow-origin': settings.spa,
  }
  if (!userId) return respond(response, 400, headers, '{"error":"invalid_grant"}')
  const accessToken = await new jose.SignJWT({
    client_id: 'web',
    sid,
    scope: 'openid',
    ...(jkt ? { cnf: { jkt } } : {}),
  })
    .setProtectedHeader({ typ: 'at+jwt', alg: 'ES256', kid: publicJwk.kid })
    .setIssuer(issuer)
    .setAudience('https://api.example.com')
    .setSubject(userId)
    .setJti(random())
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(signingKey.privateKey)
  const answer = {
    access_token: accessToken,
    token_type: jkt ? 'DPoP' : 'Bearer',
    expires_in: 300,
    refresh_token: refresh,
  }
  respond(response, 200, headers, JSON.stringify(answer))
}

/** Signature, type, method, URL and age of a DPoP proof (RFC 9449 section 4.3); no nonce, no replay check. */
async function checkProof(proof: string | string[] | undefined): Promise<string> {
  const { payload, protectedHeader } = await jose.jwtVerify(String(proof), jose.EmbeddedJWK, {
    typ: 'dpop+jwt',
    algorithms: ['ES256'],
    maxTokenAge: 60,
    requiredClaims: ['jti'],
  })
  if (payload.htm !== 'POST' || payload.htu !== `${issuer}/token` || !protectedHeader.jwk)
    throw new Error('invalid_dpop_proof')
  return jose.calculateJwkThumbprint(protectedHeader.jwk)
}

async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', issuer)
  if (url.pathname === '/authorize' && request.method === 'POST') return authorize(request, response)
  if (url.pathname === '/callback' && request.method === 'GET') return finish(request, response, url)
  if (url.pathname === '/token' && request.method === 'POST') return token(request, response)
  if (url.pathname === '/jwks')
    return respond(
      response,
      200,
      { 'content-type': 'application/json' },
      JSON.stringify({ keys: [publicJwk] }),
    )
  respond(response, 404, {}, '')
}

const http = createServer((request, response) => {
  route(request, response).catch((error: unknown) => {
    console.error(error)
    if (!response.headersSent) respond(response, 500, {}, 'error')
  })
})
await listen(http, settings.port)
console.log(`ready ${issuer}`)
