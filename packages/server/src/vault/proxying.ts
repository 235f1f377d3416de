import { ApiError } from '../errors.ts'
import { hashOf } from '../ids.ts'
import type { Logger } from '../logging.ts'
import type { ConnectionStore } from '../storage/index.ts'
import { type GuardedStream, type StreamedResponse, type Upstream, UpstreamError } from '../upstream/index.ts'
import type { ByService, HandedToken, HandOut } from './hand-outs.ts'
import { listsProvider } from './policy.ts'
import { backHeaders, blamesToken, onwardHeaders } from './proxy-headers.ts'
import { authorized } from './proxy-request.ts'
import { type ProxyTarget, targetOf } from './proxy-target.ts'
import { noConnection, notYours } from './refusals.ts'
import type { Report } from './reports.ts'

export interface ProxyCall extends ProxyTarget {
  method: string
  headers: Headers
  body: ReadableStream<Uint8Array> | null
  /** Ends the call at the provider when the service has gone. */
  signal: AbortSignal
}

export interface ProxyAnswer {
  status: number
  headers: Record<string, string>
  body: ReadableStream<Uint8Array> | null
}

/**
 * Calls the provider's API for a service, with a token that the service never sees. The function throws ApiError as a hand-out
 * does, and of its own: `not_found`, `access_denied`, `invalid_request`, `provider_unreachable`.
 */
export type ApiProxy = (connectionId: string, by: ByService, call: ProxyCall) => Promise<ProxyAnswer>

/** What is called, and how. */
export interface ApiAccess {
  /** `api_hosts` by provider. */
  hosts: ReadonlyMap<string, readonly string[]>
  allowPrivate: boolean
  send: GuardedStream
}

/** A provider's answer, and what of the request it must not repeat. */
type Answered = StreamedResponse & { secrets: readonly string[] }

/** Bytes of a body that are kept to send them again with a new token. */
const mostKept = 65_536
/** Answers that have no body (Fetch, "null body status"). */
const bodiless = new Set([204, 205, 304])

export function createApiProxy(deps: {
  connections: Pick<ConnectionStore, 'find'>
  upstreams: ReadonlyMap<string, Pick<Upstream, 'signing' | 'apiCredentials'>>
  handOut: HandOut
  report: Report
  api: ApiAccess
  logger: Logger
}): ApiProxy {
  const { connections, upstreams, handOut, report, api, logger } = deps

  return async (connectionId, by, call) => {
    const row = await connections.find(connectionId)
    if (row === undefined) throw noConnection()
    if (!listsProvider(by.service, row.provider)) throw notYours()
    const { allowPrivate } = api
    const url = targetOf(call, { hosts: api.hosts.get(row.provider) ?? [], allowPrivate })
    const about = { ...by, proxyHost: call.host }
    const headers = onwardHeaders(call.headers)
    const upstream = upstreams.get(row.provider)
    const isSigned = upstream?.signing !== undefined && isForm(headers)
    const body = isSigned ? await formOf(call) : await bodyOf(call, headers)
    const form = isSigned && body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : ''

    const token = await handOut(connectionId, about)
    const first = await send(token, body)
    if (first.status !== 401 || !blamesToken(first.headers['www-authenticate'])) return back(first)
    const reported = report(connectionId, by, { accessTokenHash: hashOf(token.accessToken) })
    if (body instanceof ReadableStream) {
      reported.catch((error: unknown) => {
        logger.warn({ error, connection_id: connectionId }, 'a refused token could not be reported')
      })
      return back(first)
    }
    let renewed: HandedToken
    try {
      await reported
      // Throws what is wrong, if that is known by now.
      renewed = await handOut(connectionId, about)
    } catch (error) {
      await first.body.cancel()
      throw error
    }
    if (renewed.accessToken === token.accessToken) return back(first)
    await first.body.cancel()
    return back(await send(renewed, body))

    async function send(
      held: HandedToken,
      content: ReadableStream<Uint8Array> | Uint8Array | undefined,
    ): Promise<Answered> {
      const { method, signal } = call
      const { secrets, url: to, headers: sent } = authorized({ method, url, headers, form }, held, upstream)
      try {
        const response = await api.send(to, { method, headers: sent, body: content, signal })
        return { ...response, secrets }
      } catch (error) {
        if (error instanceof UpstreamError) throw unreachable(error)
        throw error
      }
    }

    async function back({ status, headers: given, body: stream, secrets }: Answered): Promise<ProxyAnswer> {
      const answer = { status, headers: backHeaders(given, { host: call.host, secrets }) }
      if (call.method !== 'HEAD' && !bodiless.has(status)) return { ...answer, body: stream }
      // At its end at once; its connection can be used again.
      await stream.pipeTo(new WritableStream()).catch(() => undefined)
      return { ...answer, body: null }
    }
  }
}

const isForm = (headers: Record<string, string>): boolean =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '')

/**
 * A form, whose parameters are signed (RFC 5849 section 3.4.1.3.1), so that it has to be here as a whole.
 * @throws ApiError `invalid_request`
 */
async function formOf({ body }: ProxyCall): Promise<Uint8Array | undefined> {
  if (body === null) return undefined
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of body) {
    size += piece.length
    if (size > mostKept) {
      throw new ApiError('invalid_request', {
        status: 413,
        description: 'A form that is signed (OAuth 1.0a) must not have more than 64 KiB.',
      })
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** In one piece where it is small, so that it can be sent again; else as it comes. */
async function bodyOf(
  { body }: ProxyCall,
  headers: Record<string, string>,
): Promise<ReadableStream<Uint8Array> | Uint8Array | undefined> {
  const length = headers['content-length']
  if (body === null) return undefined
  if (length === undefined || Number(length) > mostKept) return body
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece)
  return Buffer.concat(pieces)
}

function unreachable(error: UpstreamError): ApiError {
  const { reason, summary } = error
  return new ApiError('provider_unreachable', {
    status: reason === 'timeout' ? 504 : 502,
    description: 'The API of the provider could not be called, or what it answered is no HTTP.',
    members: { reason },
    detail: summary,
    cause: error,
  })
}
