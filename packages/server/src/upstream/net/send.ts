import { type Agent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { UpstreamError } from '../contract.ts'
import { fault, outage } from '../failures.ts'
import { nestsDeeper } from './json-depth.ts'
import { hostOf } from './url.ts'

export interface Outgoing {
  url: URL
  method: string
  headers: Record<string, string>
  body: string | Uint8Array | undefined
  agent: Agent
  signal: AbortSignal | undefined
}

export interface Limits {
  /** Milliseconds from the call to the last byte of the body, name resolution and queueing included. */
  timeoutMs: number
  maxBytes: number
  maxHeaderBytes: number
  maxJsonDepth: number
}

export interface Incoming {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer<ArrayBuffer>
}

/**
 * One HTTP exchange within the limits. Redirects and compressed bodies are errors: a redirect would carry the
 * request's secrets elsewhere, and a compressed body has no size until it is too late. Nothing is sent twice:
 * the provider may have redeemed the code before the connection broke.
 */
export function send(outgoing: Outgoing, limits: Limits): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    const { url, signal } = outgoing
    if (signal?.aborted) throw outage('aborted')
    const secure = url.protocol === 'https:'
    const request = (secure ? httpsRequest : httpRequest)({
      method: outgoing.method,
      host: hostOf(url),
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
      path: url.pathname + url.search,
      headers: { ...outgoing.headers, host: url.host },
      agent: outgoing.agent,
      maxHeaderSize: limits.maxHeaderBytes,
    })

    const over = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    // A promise settles once: whatever comes after, an error of the destroyed request included, is without effect.
    const fail = (error: unknown): void => {
      over()
      reject(asUpstreamError(error))
      request.destroy()
    }
    const timer = setTimeout(() => fail(outage('timeout')), limits.timeoutMs)
    const onAbort = (): void => fail(outage('aborted'))
    signal?.addEventListener('abort', onAbort)

    request.on('error', fail)
    request.on('response', (response) => {
      const done = (incoming: Incoming): void => {
        over()
        resolve(incoming)
      }
      receive(response, limits, done, fail)
    })
    request.end(outgoing.body)
  })
}

function receive(
  response: IncomingMessage,
  limits: Limits,
  done: (incoming: Incoming) => void,
  fail: (error: unknown) => void,
): void {
  const { statusCode: status = 0, headers } = response
  response.on('error', fail)
  const refused = refusal(status, headers, limits)
  if (refused !== undefined) {
    fail(refused)
    return
  }
  const chunks: Buffer[] = []
  let size = 0
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > limits.maxBytes) fail(fault('too_large'))
    else chunks.push(chunk)
  })
  response.on('end', () => {
    const body = Buffer.concat(chunks, size)
    if (nestsDeeper(body, limits.maxJsonDepth)) fail(fault('too_deep'))
    else done({ status, headers, body })
  })
}

function refusal(status: number, headers: IncomingHttpHeaders, limits: Limits): UpstreamError | undefined {
  const encoding = headers['content-encoding']
  if (status >= 300 && status < 400) return fault('redirected', { detail: `status ${status}` })
  if (status < 200 || status > 599) return fault('malformed_http', { detail: `status ${status}` })
  if (encoding !== undefined && encoding !== 'identity') return fault('encoded_body')
  if (Number(headers['content-length']) > limits.maxBytes) return fault('too_large')
  return undefined
}

/** Whatever a socket, TLS or Node's HTTP parser throws, by our names. */
export function asUpstreamError(error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error
  const code = codeOf(error)
  const options = { cause: error, detail: code }
  if (code === 'ECONNREFUSED') return outage('refused', options)
  if (code === 'ETIMEDOUT') return outage('timeout', options)
  if (code === 'HPE_HEADER_OVERFLOW') return fault('too_large', options)
  if (code.startsWith('HPE_')) return fault('malformed_http', options)
  if (/CERT|TLS|SSL|^EPROTO$|^UNABLE_TO_/.test(code)) return fault('tls', options)
  return outage('connection', options)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}
