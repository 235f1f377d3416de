import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen } from '../support/listen.ts'
import { readProof, sha256 } from './proof.ts'

/** One request that the server got; `body` holds the form's fields, the last of each name. */
export interface Recorded {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: Record<string, string>
  fields: URLSearchParams
  query: URLSearchParams
}

/** An access token as issued: what the API checks against. */
export interface Issued {
  jkt: string
  expires: number
  aud: string[]
  user: string
}

/** A session or an identity, as on the wire. */
type Listed = Record<string, unknown> & { id: string }

/** What a pushed request adds to a user, and for whom. */
interface Adding {
  intent: string
  by: string
  fields: URLSearchParams
}

const emptyAccount = () => ({ sessions: [], identities: [], connections: [] })

/** A Latchkey that signs everybody in at once, records what it is asked, and fails when told to. */
export interface StandIn {
  issuer: string
  requests: Recorded[]
  /** Requests with that path. */
  to(path: string): Recorded[]
  issued: Map<string, Issued>
  /** May answer before the server does; true when it did. */
  intercept: ((request: Recorded, response: ServerResponse) => boolean | Promise<boolean>) | undefined
  /** What `/authorize` sends back; by default a code. */
  outcome: Record<string, string> | undefined
  responseMode: 'fragment' | 'query'
  tokenSeconds: number
  /** What the user's own API lists; what was deleted is gone. */
  account: { sessions: Listed[]; identities: Listed[]; connections: Listed[] }
  /** Whose account a connect comes back with. */
  upstream: string
  /** Who signs in. */
  user: string
  /** Ends all sessions. */
  revokeAll(): void
  close(): Promise<void>
}

export interface StandInOptions {
  clientId: string
  origin(): string
  now?: () => number
}

const random = () => randomBytes(32).toString('base64url')
const jwt = (claims: object) =>
  ['{"typ":"JWT","alg":"ES256"}', JSON.stringify(claims), 'unsigned']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

export async function startIssuer({ clientId, origin, now = Date.now }: StandInOptions): Promise<StandIn> {
  const nonce = random()
  const codes = new Map<
    string,
    { jkt: string; challenge: string; redirectUri: string; resources: string[]; adds: Adding | undefined }
  >()
  const sessions = new Map<string, { jkt: string; counter: number; resources: string[]; user: string }>()
  const pushed = new Map<string, { fields: URLSearchParams; adds: Adding | undefined }>()

  const server = await listen(async (message, response) => {
    const url = new URL(message.url ?? '/', 'http://localhost')
    const chunks: Buffer[] = []
    for await (const chunk of message) chunks.push(chunk)
    const content = Buffer.concat(chunks).toString()
    const fields = content.startsWith('{')
      ? new URLSearchParams(Object.entries<string>(JSON.parse(content)))
      : new URLSearchParams(content)
    const request: Recorded = {
      method: message.method ?? '',
      path: url.pathname,
      headers: message.headers,
      body: Object.fromEntries(fields),
      fields,
      query: url.searchParams,
    }
    // A browser sends a request once more by itself when a connection that it reuses breaks.
    response.setHeader('Connection', 'close')
    if (request.path !== '/authorize') {
      response.setHeader('Access-Control-Allow-Origin', origin())
      response.setHeader('Access-Control-Expose-Headers', 'DPoP-Nonce, WWW-Authenticate, Retry-After, Date')
      if (request.method === 'OPTIONS') {
        response.setHeader('Access-Control-Allow-Headers', 'DPoP, Authorization, Content-Type')
        response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE')
        response.setHeader('Access-Control-Max-Age', '600')
        response.writeHead(204).end()
        return
      }
    }
    standIn.requests.push(request)
    if (await standIn.intercept?.(request, response)) return
    const [, list, id] = /^\/account\/(sessions|identities|connections)\/(.+)$/.exec(request.path) ?? []
    const handler = handlers[request.path]
    if (handler) handler(request, response)
    else if (list === 'sessions' || list === 'identities' || list === 'connections')
      remove(request, response, list, decodeURIComponent(`${id}`))
    else response.writeHead(404).end()
  })

  const handlers: Record<string, (request: Recorded, response: ServerResponse) => void> = {
    '/providers'({ query }, response) {
      if (query.get('client_id') !== clientId) return json(response, 400, { error: 'invalid_client' })
      const providers = [
        { id: 'acme', name: 'Acme', sign_in: true, connect: false },
        { id: 'files', name: 'Files', sign_in: false, connect: true, scopes: ['files.read'] },
      ]
      json(response, 200, { providers })
    },
    '/par'({ headers, fields }, response) {
      const [intent, by] = [fields.get('intent'), userOf(headers)]
      if (intent && !by) return json(response, 401, { error: 'invalid_token' })
      const request_uri = `urn:ietf:params:oauth:request_uri:${random()}`
      pushed.set(request_uri, { fields, adds: intent && by ? { intent, by, fields } : undefined })
      json(response, 201, { request_uri, expires_in: 60 })
    },
    '/account/sessions'({ headers, query }, response) {
      if (!userOf(headers)) return json(response, 401, { error: 'invalid_token' })
      // A page holds one.
      const next = Number(query.get('cursor') ?? 0) + 1
      const more = standIn.account.sessions.length > next ? { next_cursor: `${next}` } : {}
      json(response, 200, { sessions: standIn.account.sessions.slice(next - 1, next), ...more })
    },
    '/account/identities'({ method, headers, body }, response) {
      const user = userOf(headers)
      if (!user) return json(response, 401, { error: 'invalid_token' })
      if (method === 'GET') return json(response, 200, { identities: standIn.account.identities })
      if (!added('link', user, body))
        return json(response, 400, { error: 'invalid_grant', request_id: 'req-2' })
      const identity = { id: random(), provider: 'acme', subject: 's', created_at: '2026-01-02T03:04:05Z' }
      standIn.account.identities.push(identity)
      json(response, 201, identity)
    },
    '/account/connections'({ method, headers, body }, response) {
      const user = userOf(headers)
      const { connections } = standIn.account
      if (!user) return json(response, 401, { error: 'invalid_token' })
      if (method === 'GET') return json(response, 200, { connections })
      const fields = added('connect', user, body)
      if (!fields) return json(response, 400, { error: 'invalid_grant', request_id: 'req-3' })
      const anew = connections.find(({ id }) => id === fields.get('connection_id'))
      const account = { subject: standIn.upstream, label: `${standIn.upstream}@files.example` }
      if (anew && JSON.stringify(anew.account) !== JSON.stringify(account))
        return json(response, 409, { error: 'account_mismatch', request_id: 'req-4' })
      const scopes = fields.get('provider_scope')?.split(' ') ?? ['files.read']
      const connection = {
        id: anew?.id ?? random(),
        provider: fields.get('provider'),
        account,
        scopes: { requested: scopes, granted: scopes },
        status: 'active',
        connected_at: '2026-01-02T03:04:05Z',
      }
      standIn.account.connections = [...connections.filter((other) => other !== anew), connection]
      json(response, anew ? 200 : 201, connection)
    },
    '/authorize'({ method, headers, ...brought }, response) {
      response.setHeader('Content-Type', 'text/html')
      response.setHeader('Cache-Control', 'no-store')
      // As the server's own pages, and many a provider's: it cuts the ties to the page that opened the window.
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
      if (method !== 'POST' || headers.origin !== origin()) {
        response.writeHead(403).end('<title>untrusted_origin</title>')
        return
      }
      const push = pushed.get(brought.body.request_uri ?? '')
      pushed.delete(brought.body.request_uri ?? '')
      const fields = push?.fields ?? brought.fields
      const body = push ? Object.fromEntries(fields) : brought.body
      const { state = '', redirect_uri = '', code_challenge = '', dpop_jkt = '' } = body
      const code = random()
      codes.set(code, {
        jkt: dpop_jkt,
        challenge: code_challenge,
        redirectUri: redirect_uri,
        resources: fields.getAll('resource'),
        adds: push?.adds,
      })
      const answer = new URLSearchParams({ state, iss: issuer, ...(standIn.outcome ?? { code }) })
      const target = `${redirect_uri}${standIn.responseMode === 'query' ? '?' : '#'}${answer}`
      response.setHeader('Refresh', `0;url=${target}`)
      response.end(`<title>on</title><a href="${target.replaceAll('&', '&amp;')}">continue</a>`)
    },
    '/token'({ headers, body }, response) {
      const proof = readProof(headers.dpop?.toString())
      if (!proof) return json(response, 400, { error: 'invalid_dpop_proof' })
      if (proof.claims.nonce !== nonce) {
        response.setHeader('DPoP-Nonce', nonce)
        return json(response, 400, { error: 'use_dpop_nonce' })
      }
      if (body.client_id !== clientId) return json(response, 400, { error: 'invalid_client' })
      if (body.grant_type === 'authorization_code') {
        const code = codes.get(body.code ?? '')
        codes.delete(body.code ?? '')
        const verified = code?.challenge === sha256(body.code_verifier ?? '') && code.jkt === proof.jkt
        if (!code || !verified || code.adds || code.redirectUri !== body.redirect_uri)
          return json(response, 400, { error: 'invalid_grant', request_id: 'req-1' })
        const id = random()
        sessions.set(id, { jkt: proof.jkt, counter: 0, resources: code.resources, user: standIn.user })
        return grant(response, id)
      }
      // The same token yields the same successor; an older one ends the session.
      const [id = '', counter] = (body.refresh_token ?? '').split('~')
      const session = sessions.get(id)
      if (!session || session.jkt !== proof.jkt || Number(counter) < session.counter - 1)
        return json(response, 400, { error: 'invalid_grant' })
      session.counter = Number(counter) + 1
      return grant(response, id)
    },
    '/revoke'({ body }, response) {
      sessions.delete((body.token ?? '').split('~')[0] ?? '')
      response.end()
    },
  }

  /** What was asked when it began, if this finishes it. */
  function added(intent: string, user: string, body: Record<string, string>): URLSearchParams | undefined {
    const code = codes.get(body.code ?? '')
    codes.delete(body.code ?? '')
    if (code?.challenge !== sha256(body.code_verifier ?? '')) return undefined
    return code.adds?.intent === intent && code.adds.by === user ? code.adds.fields : undefined
  }

  function userOf(headers: IncomingMessage['headers']): string | undefined {
    const [, token = ''] = `${headers.authorization}`.split(' ')
    const issued = standIn.issued.get(token)
    return issued && readProof(headers.dpop?.toString())?.jkt === issued.jkt ? issued.user : undefined
  }

  function remove(
    { method, headers }: Recorded,
    response: ServerResponse,
    list: 'sessions' | 'identities' | 'connections',
    id: string,
  ): void {
    const before = standIn.account[list]
    if (method !== 'DELETE' || !userOf(headers)) json(response, 401, { error: 'invalid_token' })
    else if (!before.some((item) => item.id === id)) json(response, 404, { error: 'not_found' })
    else {
      standIn.account[list] = before.filter((item) => item.id !== id)
      if (list === 'connections') json(response, 200, { revoked_at_provider: true })
      else response.writeHead(204).end()
    }
  }

  function grant(response: ServerResponse, id: string): void {
    const session = sessions.get(id)
    if (!session) throw new Error('no session')
    const access_token = random()
    const expires = now() + standIn.tokenSeconds * 1000
    standIn.issued.set(access_token, {
      jkt: session.jkt,
      expires,
      aud: session.resources,
      user: session.user,
    })
    const user = {
      sub: session.user,
      sid: id,
      name: 'Ada',
      email: 'ada@example.test',
      picture: 'https://example.test/ada.png',
    }
    json(response, 200, {
      access_token,
      token_type: 'DPoP',
      expires_in: standIn.tokenSeconds,
      refresh_token: `${id}~${session.counter}`,
      scope: 'openid profile email offline_access',
      id_token: jwt({ iss: issuer, aud: clientId, ...user }),
      server_time: now(),
    })
  }

  const issuer = `http://127.0.0.1:${server.port}`
  const standIn: StandIn = {
    issuer,
    requests: [],
    to: (path) => standIn.requests.filter((request) => request.path === path),
    issued: new Map(),
    intercept: undefined,
    outcome: undefined,
    responseMode: 'fragment',
    tokenSeconds: 300,
    account: emptyAccount(),
    user: 'user-1',
    upstream: 'ada',
    revokeAll() {
      sessions.clear()
      standIn.issued.clear()
      Object.assign(standIn, { account: emptyAccount(), user: 'user-1', upstream: 'ada' })
    },
    close: server.close,
  }
  return standIn
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}
