/**
 * A fast OpenID provider for load: it asks nobody anything, signs each ID token freshly (the nonce differs), and
 * prepares everything else once. Arguments: how many users take turns.
 */
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import { listen, readBody, respond } from './listen.ts'

const users = Number(process.argv[2] ?? 100)
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'load-1', alg: 'RS256', use: 'sig' }
const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: jwk.kid, typ: 'JWT' })).toString('base64url')

interface Grant {
  subject: number
  clientId: string
  redirectUri: string
  challenge: string
  nonce: string
}
/** Codes that wait to be redeemed: at most as many as there are journeys under way, so nothing clears it. */
const grants = new Map<string, Grant>()
let issued = 0
let issuer = ''

function authorize(query: URLSearchParams, response: ServerResponse): void {
  const redirectUri = query.get('redirect_uri') ?? ''
  const code = `code-${++issued}-${'x'.repeat(32)}`
  grants.set(code, {
    subject: issued % users,
    clientId: query.get('client_id') ?? '',
    redirectUri,
    challenge: query.get('code_challenge') ?? '',
    nonce: query.get('nonce') ?? '',
  })
  const back = new URLSearchParams({ code, state: query.get('state') ?? '', iss: issuer })
  respond(response, 302, { location: `${redirectUri}?${back}` }, '')
}

function token(body: URLSearchParams, response: ServerResponse): void {
  const code = body.get('code') ?? ''
  const grant = grants.get(code)
  grants.delete(code)
  const challenge = createHash('sha256')
    .update(body.get('code_verifier') ?? '')
    .digest('base64url')
  if (!grant || grant.challenge !== challenge || grant.redirectUri !== body.get('redirect_uri')) {
    respond(response, 400, { 'content-type': 'application/json' }, '{"error":"invalid_grant"}')
    return
  }
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: issuer,
    sub: `subject-${grant.subject}`,
    aud: grant.clientId,
    iat: now,
    exp: now + 3600,
    ...(grant.nonce === '' ? {} : { nonce: grant.nonce }),
    email: `person-${grant.subject}@example.com`,
    email_verified: true,
    name: `Person ${grant.subject}`,
    picture: 'https://example.com/picture.png',
  }
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  const idToken = `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
  const answer = {
    access_token: `at-${'a'.repeat(64)}`,
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'openid email profile',
    id_token: idToken,
  }
  respond(
    response,
    200,
    { 'content-type': 'application/json', 'cache-control': 'no-store' },
    JSON.stringify(answer),
  )
}

const json = { 'content-type': 'application/json' }
const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', issuer)
  switch (url.pathname) {
    case '/authorize':
      return authorize(url.searchParams, response)
    case '/token':
      return token(new URLSearchParams(await readBody(request)), response)
    case '/jwks':
      return respond(response, 200, json, JSON.stringify({ keys: [jwk] }))
    case '/.well-known/openid-configuration':
      return respond(response, 200, json, JSON.stringify(metadata()))
    default:
      return respond(response, 404, json, '{"error":"not_found"}')
  }
})

function metadata(): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    authorization_response_iss_parameter_supported: true,
    scopes_supported: ['openid', 'email', 'profile'],
    claims_supported: ['sub', 'email', 'email_verified', 'name', 'picture'],
  }
}

issuer = await listen(server, 0)
console.log(`ready ${issuer}`)
