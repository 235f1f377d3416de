import { ApiError } from '../errors.ts'
import { hashOf } from '../ids.ts'
import type { Logger } from '../logging.ts'
import type { ConnectionStore } from '../storage/index.ts'
import { type GuardedStream, type StreamedResponse, UpstreamError } from '../upstream/index.ts'
import type { ByService, HandedToken, HandOut } from './hand-outs.ts'
import { listsProvider } from './policy.ts'
import { backHeaders, blamesToken, onwardHeaders } from './proxy-headers.ts'
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

/** Bytes of a body that are kept to send them again with a new token. */
const mostKept = 65_536
/** Answers that have no body (Fetch, "null body status"). */
const bodiless = new Set([204, 205, 304])

export function createApiProxy(deps: {
  connections: Pick<ConnectionStore, 'find'>
  handOut: HandOut
  report: Report
  api: ApiAccess
  logger: Logger
}): ApiProxy {
  const { connections, handOut, report, api, logger } = deps

  return async (connectionId, by, call) => {
    const row = await connections.find(connectionId)
    if (row === undefined) throw noConnection()
    if (!listsProvider(by.service, row.provider)) throw notYours()
    const { allowPrivate } = api
    const url = targetOf(call, { hosts: api.hosts.get(row.provider) ?? [], allowPrivate })
    const about = { ...by, proxyHost: call.host }
    const headers = onwardHeaders(call.headers)
    const body = await bodyOf(call, headers)

    const token = await handOut(connectionId, about)
    const first = await send(token, body)
    if (first.status !== 401 || !blamesToken(first.headers['www-authenticate'])) return back(first, token)
    const reported = report(connectionId, by, { accessTokenHash: hashOf(token.accessToken) })
    if (body instanceof ReadableStream) {
      reported.catch((error: unknown) => {
        logger.warn({ error, connection_id: connectionId }, 'a refused token could not be reported')
      })
      return back(first, token)
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
    if (renewed.accessToken === token.accessToken) return back(first, token)
    await first.body.cancel()
    return back(await send(renewed, body), renewed)

    async function send(
      { accessToken, tokenType }: HandedToken,
      content: ReadableStream<Uint8Array> | Uint8Array | undefined,
    ): Promise<StreamedResponse> {
      const { method, signal } = call
      const authorization = `${tokenType} ${accessToken}`
      try {
        return await api.send(url, { method, headers: { ...headers, authorization }, body: content, signal })
      } catch (error) {
        if (error instanceof UpstreamError) throw unreachable(error)
        throw error
      }
    }

    async function back({ status, headers: given, body: stream }: StreamedResponse, by_: HandedToken) {
      const answer = {
        status,
        headers: backHeaders(given, { host: call.host, accessToken: by_.accessToken }),
      }
      if (call.method !== 'HEAD' && !bodiless.has(status)) return { ...answer, body: stream }
      // At its end at once; its connection can be used again.
      await stream.pipeTo(new WritableStream()).catch(() => undefined)
      return { ...answer, body: null }
    }
  }
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
