/**
 * The floor: what no refresh can do without, by hand on node:http, node:crypto and node:sqlite, each called the fastest
 * way there is. The proof's signature, nonce and `jti`, one durable compare-and-set that shares its commit, an ES256
 * access token, a successor by MAC. What it does not do: everything else (who the client is, whether the user and the
 * session may go on, grace, CORS, logs, limits, and an answer to anything that is not as it should be).
 * `POST /seed?jkt=` gives a first refresh token.
 */
import {
  createHmac,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { listen, readBody, respond } from '../../signin/servers/listen.ts'
import { readSettings } from '../../signin/servers/settings.ts'
import { toDer, toJose } from '../../signin/signature.ts'

const settings = readSettings()
const issuer = `http://127.0.0.1:${settings.port}`
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const database = new DatabaseSync(settings.database)
database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE sessions (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, jkt TEXT NOT NULL, counter INTEGER NOT NULL) STRICT, WITHOUT ROWID`)
const insert = database.prepare('INSERT INTO sessions VALUES (?, ?, ?, 0)')
const rotate = database.prepare(
  'UPDATE sessions SET counter = counter + 1 WHERE id = ? AND counter = ? AND jkt = ? RETURNING user_id',
)
const begin = database.prepare('BEGIN IMMEDIATE')
const commit = database.prepare('COMMIT')

/** Those that arrive in one turn of the event loop share a commit. */
const waiting: (() => () => void)[] = []
function inCommit<T>(statement: () => T): Promise<T> {
  return new Promise((resolve) => {
    if (waiting.length === 0) setImmediate(flush)
    waiting.push(() => {
      const result = statement()
      return () => resolve(result)
    })
  })
}
function flush(): void {
  begin.run()
  const answers = waiting.splice(0).map((run) => run())
  commit.run()
  for (const answer of answers) answer()
}

const secret = createSecretKey(randomBytes(32))
const mac = (text: string) => createHmac('sha256', secret).update(text).digest('base64url')
const tokenOf = (id: string, counter: number) => `${id}.${counter}.${mac(`${id}.${counter}`)}`

const nonce = mac('nonce')
const seen = new Set<string>()
const keys = new Map<string, { key: KeyObject; jkt: string }>()

/** The thumbprint (RFC 7638) of the key that signed a good proof. */
function prove(proof: string): string | undefined {
  const [header = '', payload = '', signature = ''] = proof.split('.')
  let known = keys.get(header)
  if (known === undefined) {
    const { jwk } = JSON.parse(Buffer.from(header, 'base64url').toString())
    const { crv, kty, x, y } = jwk
    known = {
      // One that came by PEM verifies a little faster.
      key: createPublicKey(
        createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'pem', type: 'spki' }),
      ),
      jkt: hash('sha256', JSON.stringify({ crv, kty, x, y }), 'base64url'),
    }
    keys.set(header, known)
  }
  const der = toDer(Buffer.from(signature, 'base64url'))
  if (!verify('sha256', Buffer.from(`${header}.${payload}`), known.key, der)) return
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  if (claims.htm !== 'POST' || claims.htu !== `${issuer}/token` || seen.has(claims.jti)) return
  seen.add(claims.jti)
  return claims.nonce === nonce ? known.jkt : undefined
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const publicJwk = { ...publicKey.export({ format: 'jwk' }), kid: 'bare-1', alg: 'ES256', use: 'sig' }
const jwtHeader = encode({ typ: 'at+jwt', alg: 'ES256', kid: publicJwk.kid })

function accessToken(sub: string, sid: string, jkt: string): string {
  const iat = Math.floor(Date.now() / 1000)
  const claims = { iss: issuer, sub, aud: ['https://api.example.com'], client_id: 'web', sid, cnf: { jkt } }
  const more = { iat, exp: iat + 300, jti: randomBytes(16).toString('base64url'), scope: 'profile email' }
  const input = `${jwtHeader}.${encode({ ...claims, ...more })}`
  return `${input}.${toJose(sign('sha256', Buffer.from(input), privateKey)).toString('base64url')}`
}

const headers = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'access-control-allow-origin': settings.spa,
  'dpop-nonce': nonce,
}

async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refuse = (error: string) => respond(response, 400, headers, JSON.stringify({ error }))
  const body = new URLSearchParams(await readBody(request))
  const jkt = prove(String(request.headers.dpop))
  if (jkt === undefined) return refuse('use_dpop_nonce')
  const [id = '', counter = ''] = (body.get('refresh_token') ?? '').split('.')
  if (tokenOf(id, Number(counter)) !== body.get('refresh_token')) return refuse('invalid_grant')
  const row = await inCommit(() => rotate.get(id, Number(counter), jkt))
  if (row === undefined) return refuse('invalid_grant')
  const answer = {
    access_token: accessToken(String(row.user_id), id, jkt),
    token_type: 'DPoP',
    expires_in: 300,
    refresh_token: tokenOf(id, Number(counter) + 1),
    scope: 'profile email',
  }
  respond(response, 200, headers, JSON.stringify(answer))
}

function seed(jkt: string): string {
  const id = randomBytes(18).toString('base64url')
  insert.run(id, `person-${jkt}`, jkt)
  return tokenOf(id, 0)
}

const server = createServer((request, response) => {
  if (request.url === '/token') return void token(request, response)
  const { pathname, searchParams } = new URL(request.url ?? '/', issuer)
  if (pathname === '/seed') return respond(response, 200, {}, seed(searchParams.get('jkt') ?? ''))
  respond(response, 200, { 'content-type': 'application/json' }, JSON.stringify({ keys: [publicJwk] }))
})
await listen(server, settings.port)
console.log(`ready ${issuer}`)
