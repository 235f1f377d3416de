import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { UpstreamError } from '../contract.ts'
import { fault, outage } from '../failures.ts'
import { type AgentOptions, createAgents } from './agents.ts'
import { asUpstreamError } from './send.ts'
import { type Deadline, deadline, pump, streamOf } from './streaming.ts'
import { checkedUrl, hostOf } from './url.ts'

export interface GuardedStreamOptions extends AgentOptions {
  /** Milliseconds from the last byte of the request to the first of the response, the connection included. Default 60,000. */
  firstByteMs?: number
  /** Milliseconds without a byte in either direction, once they flow, whichever side is to blame. Default 30,000. */
  silenceMs?: number
  /** Of a response's header section. Default 64 KiB. */
  maxHeaderBytes?: number
}

export interface StreamedRequest {
  method: string
  /** Sent as they are, but for `host`. */
  headers: Record<string, string>
  /** Read no faster than it is taken at the other end. */
  body?: ReadableStream<Uint8Array> | Uint8Array | undefined
  signal?: AbortSignal | undefined
}

export interface StreamedResponse {
  /** 200 to 599. */
  status: number
  headers: IncomingHttpHeaders
  /** As it comes, undecoded. Must be read to its end or cancelled; cancelling it ends the connection. */
  body: ReadableStream<Uint8Array>
}

/**
 * An exchange whose bodies may be of any size, with addresses guarded as by `GuardedFetch`. A redirect is a response like any
 * other, and followed by nobody. Nothing is sent twice.
 *
 * Rejects with an UpstreamError: `temporarily_unavailable`: `timeout`, `refused`, `dns`, `connection`, `aborted`;
 *   `provider_error`: `invalid_url`, `insecure_url`, `credentials_in_url`, `blocked_address`, `malformed_http`, `tls`,
 *   `too_large` (the header section). The body's stream ends with one of them, too.
 */
export type GuardedStream = (url: string | URL, request: StreamedRequest) => Promise<StreamedResponse>

/** See `createGuardedFetch` for what is refused. Its connections are its own: whoever streams holds up nobody else. */
export function createGuardedStream(options: GuardedStreamOptions): GuardedStream {
  const { firstByteMs = 60_000, silenceMs = 30_000, maxHeaderBytes = 64 * 1024 } = options
  const agentOf = createAgents(options)

  return async (input, { method, headers, body, signal }) => {
    const url = checkedUrl(input, options.allowPrivate)
    if (signal?.aborted) throw outage('aborted')
    const secure = url.protocol === 'https:'
    const request = (secure ? httpsRequest : httpRequest)({
      method,
      host: hostOf(url),
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
      path: url.pathname + url.search,
      headers: { ...headers, host: url.host },
      agent: agentOf(url.protocol),
      maxHeaderSize: maxHeaderBytes,
    })
    // The first reason is the one that is told; what the destroyed request says after it is its echo.
    let reason: UpstreamError | undefined
    let answered = false
    const fail = (error: unknown): void => {
      reason ??= asUpstreamError(error)
      request.destroy(reason)
    }
    const failure = (error: unknown): UpstreamError => reason ?? asUpstreamError(error)
    const clock: Deadline = deadline(() => fail(outage('timeout')))
    const onAbort = (): void => fail(outage('aborted'))
    signal?.addEventListener('abort', onAbort)
    request.once('close', () => {
      clock.stop()
      signal?.removeEventListener('abort', onAbort)
    })

    const responding = new Promise<StreamedResponse>((resolve, reject) => {
      request.on('error', (error) => reject(failure(error)))
      request.on('response', (response) => {
        answered = true
        const { statusCode: status = 0 } = response
        if (status < 200 || status > 599) {
          fail(fault('malformed_http', { detail: `status ${status}` }))
          return
        }
        clock.within(silenceMs)
        // It has said all it has to say; what is left of the request is not wanted.
        response.once('end', () => {
          if (!request.writableEnded) request.destroy()
        })
        const stream = streamOf(response, {
          onProgress: () => clock.within(silenceMs),
          failure,
          onCancel: () => fail(outage('aborted')),
        })
        resolve({ status, headers: response.headers, body: stream })
      })
    })
    clock.within(firstByteMs)
    if (!(body instanceof ReadableStream)) request.end(body)
    else {
      pump(body, request, () => clock.within(silenceMs)).then(() => {
        if (!answered) clock.within(firstByteMs)
      }, fail)
    }
    return responding
  }
}
