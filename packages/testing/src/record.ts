import type { Clock } from './clock.ts'
import type { Exchange } from './http/exchange.ts'

export type RequestPoint =
  | 'discovery'
  | 'authorize'
  /** The persona's button on the provider's page. */
  | 'decision'
  | 'token'
  | 'jwks'
  | 'userinfo'
  | 'end_session'
  | 'revocation'
  | 'introspection'
  | 'api'
  /** OAuth 1.0a: where temporary credentials are, and token credentials. */
  | 'request_token'
  | 'access_token'
  /** Where no request should ever arrive: targets of redirects, `jku`, `x5u`. */
  | 'elsewhere'
  | 'other'

export interface RecordedRequest {
  /** Which endpoint it came to, whichever of the protocols. */
  point: RequestPoint
  protocol: 'oidc' | 'oauth2' | 'oauth1'
  method: string
  path: string
  /** Whole, with the query. */
  url: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  query: URLSearchParams
  /** The form body; empty for anything else. */
  form: URLSearchParams
  /** The body as it came. */
  body: string
  /** Milliseconds since the epoch, by the provider's clock. */
  at: number
}

/** What came in, in order: at least the last 10,000 requests. Empty with `record: false`. */
export interface RequestLog extends Iterable<RecordedRequest> {
  readonly all: readonly RecordedRequest[]
  readonly length: number
  /** Those that came to one endpoint; `refresh`: those to the token endpoint that had a refresh token. */
  to(point: RequestPoint | 'refresh'): readonly RecordedRequest[]
  /** The latest, of all or at one endpoint. */
  last(point?: RequestPoint | 'refresh'): RecordedRequest | undefined
  clear(): void
}

export interface Recorder {
  readonly log: RequestLog
  add(point: RequestPoint, protocol: 'oidc' | 'oauth2' | 'oauth1', exchange: Exchange): void
}

const isRefresh = ({ point, form }: RecordedRequest): boolean =>
  point === 'token' && form.get('grant_type') === 'refresh_token'

const defaultKept = 10_000

export const createRecorder = (options: { clock: Clock; enabled: boolean; kept?: number }): Recorder => {
  const { clock, enabled, kept = defaultKept } = options
  let requests: RecordedRequest[] = []
  const to = (point: RequestPoint | 'refresh') =>
    requests.filter((request) => (point === 'refresh' ? isRefresh(request) : request.point === point))
  return {
    log: {
      get all() {
        return requests
      },
      get length() {
        return requests.length
      },
      to,
      last: (point) => (point === undefined ? requests : to(point)).at(-1),
      clear: () => {
        requests = []
      },
      [Symbol.iterator]: () => requests[Symbol.iterator](),
    },
    add: (point, protocol, exchange) => {
      if (!enabled) return
      // In blocks: moving the whole list for each request would make a long test slow.
      if (requests.length >= kept * 2) requests = requests.slice(-kept)
      requests.push({
        point,
        protocol,
        method: exchange.request.method,
        path: exchange.url.pathname,
        url: exchange.request.url,
        headers: Object.fromEntries(exchange.request.headers),
        query: exchange.query,
        form: exchange.form,
        body: exchange.body,
        at: clock.now(),
      })
    },
  }
}
