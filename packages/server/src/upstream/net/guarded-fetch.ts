import { lookup as systemLookup } from 'node:dns/promises'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIPv6, type LookupFunction } from 'node:net'
import { UpstreamError } from '../contract.ts'
import { fault, outage } from '../failures.ts'
import { classifyAddress } from './address.ts'
import { type Limits, send } from './send.ts'
import { checkedUrl, mayConnect } from './url.ts'

/** Every address of a host name; rejects when there is none. */
export type Resolve = (hostname: string) => Promise<string[]>

export interface GuardedFetchOptions {
  /** Private and loopback addresses too, and http to loopback. Link-local and metadata addresses never. */
  allowPrivate: boolean
  /** Default: the system's resolver. */
  resolve?: Resolve
  /** From the call to the last byte. Default 5,000. */
  timeoutMs?: number
  /** Of a response's body. Default 1 MiB. */
  maxBytes?: number
  /** Of a response's header section. Default 16 KiB. */
  maxHeaderBytes?: number
  /** How deep a body's JSON may nest. Default 32. */
  maxJsonDepth?: number
  /** Connections to one host and port at once; more wait within their time. Default 128. */
  maxConnections?: number
  /** Trusted instead of the well-known authorities, PEM: for providers behind a private one. */
  ca?: string
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
  const { allowPrivate, resolve = systemResolve } = options
  const limits: Limits = {
    timeoutMs: options.timeoutMs ?? 5_000,
    maxBytes: options.maxBytes ?? 1024 * 1024,
    maxHeaderBytes: options.maxHeaderBytes ?? 16 * 1024,
    maxJsonDepth: options.maxJsonDepth ?? 32,
  }
  const pool = {
    keepAlive: true,
    scheduling: 'lifo',
    maxSockets: options.maxConnections ?? 128,
    maxFreeSockets: 16,
    // For idle connections: shorter than what servers keep them for, so that none breaks in our hands.
    timeout: 3_000,
  } as const
  const http = new HttpAgent({ ...pool, lookup: checkedLookup('http:', allowPrivate, resolve) })
  const https = new HttpsAgent({
    ...pool,
    lookup: checkedLookup('https:', allowPrivate, resolve),
    // Said aloud, because an environment variable could turn it off.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  })

  return async (input, init = {}) => {
    const url = checkedUrl(input, allowPrivate)
    const headers: Record<string, string> = {}
    for (const name in init.headers) headers[name.toLowerCase()] = init.headers[name] ?? ''
    headers['accept-encoding'] = 'identity'
    headers['user-agent'] = 'Latchkey'
    let body = init.body ?? undefined
    if (body instanceof URLSearchParams) {
      headers['content-type'] ??= 'application/x-www-form-urlencoded;charset=UTF-8'
      body = body.toString()
    }
    const { status, ...incoming } = await send(
      {
        url,
        method: init.method ?? 'GET',
        headers,
        body,
        agent: url.protocol === 'https:' ? https : http,
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

async function systemResolve(hostname: string): Promise<string[]> {
  const found = await systemLookup(hostname, { all: true })
  return found.map(({ address }) => address)
}

/** For `net.connect`: what it yields is what is connected to. Literal addresses never come here. */
function checkedLookup(protocol: string, allowPrivate: boolean, resolve: Resolve): LookupFunction {
  const check = async (hostname: string): Promise<{ address: string; family: number }[]> => {
    let addresses: string[]
    try {
      addresses = await resolve(hostname)
    } catch (cause) {
      throw outage('dns', { cause, detail: hostname })
    }
    if (addresses.length === 0) throw outage('dns', { detail: hostname })
    for (const address of addresses) {
      if (!mayConnect(protocol, classifyAddress(address), allowPrivate)) {
        throw fault('blocked_address', { detail: `${hostname} is ${address}` })
      }
    }
    return addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  }
  return (hostname, { all }, callback) => {
    check(hostname).then(
      (checked) => {
        const [first] = checked
        if (all || first === undefined) callback(null, checked)
        else callback(null, first.address, first.family)
      },
      (error: unknown) => {
        callback(error instanceof UpstreamError ? error : outage('dns', { cause: error }), [])
      },
    )
  }
}
