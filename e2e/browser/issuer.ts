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
}

/** A Latchkey that signs everybody in at once, records what it is asked, and fails when told to. */
export interface StandIn {
  issuer: string
  requests: Recorded[]
  /** Requests with that path. */
  to(path: string): Recorded[]
  issued: Map<string, Issued>
  /** May answer before the server does; true when it did. */
  intercept: ((request: Recorded, response: ServerResponse) => boolean) | undefined
  /** What `/authorize` sends back; by default a code. */
  outcome: Record<string, string> | undefined
  responseMode: 'fragment' | 'query'
  tokenSeconds: number
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
    { jkt: string; challenge: string; redirectUri: string; resources: string[] }
  >()
  const sessions = new Map<string, { jkt: string; counter: number; resources: string[] }>()

  const server = await listen(async (message, response) => {
    const url = new URL(message.url ?? '/', 'http://localhost')
    const chunks: Buffer[] = []
    for await (const chunk of message) chunks.push(chunk)
    const fields = new URLSearchParams(Buffer.concat(chunks).toString())
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
        response.setHeader('Access-Control-Allow-Headers', 'DPoP, Authorization')
        response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE')
        response.setHeader('Access-Control-Max-Age', '600')
        response.writeHead(204).end()
        return
      }
    }
    standIn.requests.push(request)
    if (standIn.intercept?.(request, response)) return
    const handler = handlers[request.path]
    if (handler) handler(request, response)
    else response.writeHead(404).end()
  })

  const handlers: Record<string, (request: Recorded, response: ServerResponse) => void> = {
    '/authorize'({ method, headers, body, fields }, response) {
      response.setHeader('Content-Type', 'text/html')
      response.setHeader('Cache-Control', 'no-store')
      if (method !== 'POST' || headers.origin !== origin()) {
        response.writeHead(403).end('<title>untrusted_origin</title>')
        return
      }
      const { state = '', redirect_uri = '', code_challenge = '', dpop_jkt = '' } = body
      const code = random()
      codes.set(code, {
        jkt: dpop_jkt,
        challenge: code_challenge,
        redirectUri: redirect_uri,
        resources: fields.getAll('resource'),
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
        if (!code || !verified || code.redirectUri !== body.redirect_uri)
          return json(response, 400, { error: 'invalid_grant', request_id: 'req-1' })
        const id = random()
        sessions.set(id, { jkt: proof.jkt, counter: 0, resources: code.resources })
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

  function grant(response: ServerResponse, id: string): void {
    const session = sessions.get(id)
    if (!session) throw new Error('no session')
    const access_token = random()
    const expires = now() + standIn.tokenSeconds * 1000
    standIn.issued.set(access_token, { jkt: session.jkt, expires, aud: session.resources })
    const user = {
      sub: 'user-1',
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
    revokeAll() {
      sessions.clear()
      standIn.issued.clear()
    },
    close: server.close,
  }
  return standIn
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}
