/**
 * What the demo's host saw of one journey: origins, names, lengths and verdicts. Nothing in it opens anything, so
 * it may be shown to whoever asks.
 */
export interface JourneyTrace {
  provider: string
  /** Absent for a sign-in. */
  intent?: 'link' | 'connect'
  hops: Hop[]
}

/** One request and its answer. */
export interface Hop {
  /** What happened, in the order of the journey. */
  kind: 'push' | 'start' | 'choose' | 'callback' | 'exchange' | 'userinfo' | 'redeem' | 'finish'
  /** Milliseconds since the epoch. */
  at: number
  method: string
  /** Origin and path that the request went to. */
  to: string
  status: number
  /** The `Origin` header; absent where the browser sent none. */
  origin?: string
  query: Parameter[]
  form: Parameter[]
  /** The journey's cookie came with the request. */
  cookie: boolean
  /** How the client authenticated; only for the exchange at the provider. */
  authentication?: string
  /** The request carried a DPoP proof. */
  dpop: boolean
  /** Attributes of the journey's cookie, when the answer set it. */
  setsCookie?: string
  /** Where the answer sent the browser. */
  onward?: { to: string; query: Parameter[]; fragment: Parameter[] }
  /** An error code of the protocol, as the answer named it. */
  error?: string
}

/** A parameter's shape; its value only where the value is no secret by its nature. */
export interface Parameter {
  name: string
  length: number
  value?: string
}

/** Names whose values say what is asked or answered and open nothing. Any other value is only measured. */
const shown = new Set([
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'code_challenge_method',
  'scope',
  'resource',
  'provider',
  'provider_scope',
  'intent',
  'prompt',
  'iss',
  'error',
  'error_description',
  'request_id',
  'grant_type',
])

/** Shapes of all parameters, in their order. */
export function shapes(parameters: URLSearchParams): Parameter[] {
  return [...parameters].map(([name, value]) =>
    shown.has(name) ? { name, length: value.length, value } : { name, length: value.length },
  )
}
