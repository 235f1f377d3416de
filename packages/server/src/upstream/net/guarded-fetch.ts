import { type AgentOptions, createAgents } from './agents.ts'
import { type Limits, send } from './send.ts'
import { checkedUrl } from './url.ts'

export interface GuardedFetchOptions extends AgentOptions {
  /** From the call to the last byte. Default 5,000. */
  timeoutMs?: number
  /** Of a response's body. Default 1 MiB. */
  maxBytes?: number
  /** Of a response's header section. Default 16 KiB. */
  maxHeaderBytes?: number
  /** How deep a body's JSON may nest. Default 32. */
  maxJsonDepth?: number
}

export interface GuardedFetchInit {
  method?: string
  headers?: Record<string, string>
  body?: string | URLSearchParams | Uint8Array | null | undefined
  signal?: AbortSignal | undefined
  /** Whatever is asked, a redirect is an error. */
  redirect?: 'manual' | 'error'
}

/**
 * A `fetch` that may be pointed at addresses that somebody else names; see `redeemCode` for its use by oauth4webapi.
 *
 * The response's body is complete when the promise resolves; of its headers only `content-type`,
 * `cache-control`, `retry-after` and `www-authenticate` are kept.
 *
 * @throws UpstreamError `temporarily_unavailable`: `timeout`, `refused`, `dns`, `connection`, `aborted`;
 *   `provider_error`: `invalid_url`, `insecure_url`, `credentials_in_url`, `blocked_address`, `redirected`,
 *   `too_large`, `too_deep`, `encoded_body`, `malformed_http`, `tls`
 */
export type GuardedFetch = (url: string | URL, init?: GuardedFetchInit) => Promise<GuardedResponse>

/** What is read of a `Response`, and all of it is here: a real one would put the body into a stream and take it out again. */
export interface GuardedResponse {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}

const utf8 = new TextDecoder()
const keptHeaders = ['content-type', 'cache-control', 'retry-after', 'www-authenticate'] as const

/**
 * https only (http to loopback where private networks are allowed); a host name is resolved, every address
 * checked, and the connection made to a checked address, so that a second resolution cannot differ; no
 * credentials in the URL; no redirect; bounded time, size and depth.
 *
 * Idle connections are kept for reuse and do not hold the process.
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const { allowPrivate } = options
  const limits: Limits = {
    timeoutMs: options.timeoutMs ?? 5_000,
    maxBytes: options.maxBytes ?? 1024 * 1024,
    maxHeaderBytes: options.maxHeaderBytes ?? 16 * 1024,
    maxJsonDepth: options.maxJsonDepth ?? 32,
  }
  const agentOf = createAgents(options)

  return async (input, init = {}) => {
    const url = checkedUrl(input, allowPrivate)
    const headers: Record<string, string> = {}
    for (const name in init.headers) headers[name.toLowerCase()] = init.headers[name] ?? ''
    headers['accept-encoding'] = 'identity'
    // Some providers turn away whoever does not say at length who calls.
    headers['user-agent'] ??= 'Latchkey'
    let body = init.body ?? undefined
    if (body instanceof URLSearchParams) {
      headers['content-type'] ??= 'application/x-www-form-urlencoded;charset=UTF-8'
      body = body.toString()
    }
    // Node says it only for methods that have a body by custom, and DELETE is none of them.
    if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body))
    const { status, ...incoming } = await send(
      {
        url,
        method: init.method ?? 'GET',
        headers,
        body,
        agent: agentOf(url.protocol),
        signal: init.signal,
      },
      limits,
    )
    const kept = new Map<string, string>()
    for (const name of keptHeaders) {
      const value = incoming.headers[name]
      if (value !== undefined) kept.set(name, value)
    }
    const text = utf8.decode(incoming.body)
    return {
      status,
      headers: { get: (name) => kept.get(name.toLowerCase()) ?? null },
      text: () => Promise.resolve(text),
    }
  }
}
