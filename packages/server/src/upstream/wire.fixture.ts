import type { IncomingMessage } from 'node:http'
import type { WireRules } from '@latchkey/providers'
import { afterEach } from 'vitest'
import type { OAuth2ProviderConfig } from '../config/types.ts'
import type { Upstream, UpstreamIdentity } from './contract.ts'
import { createUpstreams } from './index.ts'
import { httpServer, type Loopback } from './net/loopback.fixture.ts'
import { handClock, oauth2Provider, proof } from './upstream.fixture.ts'

/** A request as it arrived at a provider. */
export interface Arrived {
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string | undefined>
  body: string
  /** The body as what it says it is. */
  form: Record<string, string>
  json: unknown
}

export interface Answer {
  status?: number
  type?: string
  /** Sent as it is when it is text, else as JSON. */
  body?: unknown
}

type Answers = Record<string, Answer | ((request: Arrived) => Answer)>

const open: Loopback[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

/** A server on a real socket: answers by path, and keeps what came. */
export async function placeOf(answers: Answers) {
  const arrived: Arrived[] = []
  const server = await httpServer(async (incoming, response) => {
    const request = await arrivedOf(incoming)
    arrived.push(request)
    const found = answers[request.path] ?? { status: 404 }
    const {
      status = 200,
      type = 'application/json',
      body = '',
    } = typeof found === 'function' ? found(request) : found
    response.writeHead(status, { 'content-type': type })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  open.push(server)
  const at = (path: string) => arrived.filter((request) => request.path === path)
  return { origin: server.origin, host: server.origin.replace('http://', ''), arrived, at }
}

async function arrivedOf(incoming: IncomingMessage): Promise<Arrived> {
  const pieces: Buffer[] = []
  for await (const piece of incoming) pieces.push(piece as Buffer)
  const body = Buffer.concat(pieces).toString()
  const url = new URL(incoming.url ?? '', 'http://provider.example')
  const type = incoming.headers['content-type'] ?? ''
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    ),
    body,
    form: type.startsWith('application/x-www-form-urlencoded')
      ? Object.fromEntries(new URLSearchParams(body))
      : {},
    json: type === 'application/json' && body !== '' ? JSON.parse(body) : undefined,
  }
}

export const bearer = { access_token: 'at', token_type: 'Bearer' }
export const secret = 'the s3cret'

export interface Spoken {
  quirks?: string[]
  wire?: Partial<WireRules>
  provider?: Partial<OAuth2ProviderConfig>
  answers?: Answers
}

/** An OAuth 2.0 provider with all its endpoints at one place, and our side of it. */
export async function spoken({ quirks = [], wire = {}, provider = {}, answers = {} }: Spoken) {
  const place = await placeOf({ '/token': { body: bearer }, '/me': { body: { id: 'u-1' } }, ...answers })
  const clock = handClock()
  const upstream = createUpstreams(
    [
      {
        ...{ ...oauth2Provider, clientId: 'app-1', clientSecret: secret, quirks, wire },
        tokenEndpointAuthMethod: 'client_secret_post',
        authorizationEndpoint: `${place.origin}/authorize`,
        tokenEndpoint: `${place.origin}/token`,
        userinfoEndpoint: `${place.origin}/me`,
        ...provider,
      },
    ],
    { clock, allowPrivate: true },
  ).get('legacy')
  if (upstream === undefined) throw new Error('no upstream')
  const connect = (query: Record<string, string> = {}) => connectAt(upstream, query)
  return { ...place, clock, upstream, connect }
}

/** From the callback to the identity. */
export async function connectAt(
  upstream: Upstream,
  query: Record<string, string>,
): Promise<UpstreamIdentity> {
  const params = new URLSearchParams({ code: 'the-code', state: proof.state, ...query })
  return upstream.exchange(await upstream.readCallback(params, proof), proof)
}

/** The parameters of the authorization request. */
export async function authorizeQuery(upstream: Upstream, more: object = {}): Promise<Record<string, string>> {
  return Object.fromEntries((await upstream.authorizationUrl({ ...proof, ...more })).searchParams)
}
