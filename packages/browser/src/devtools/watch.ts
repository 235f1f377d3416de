import { type Claims, jwtClaims } from '../encoding.ts'
import type { AuthEvent, AuthOptions } from '../types.ts'
import { type Entry, type RequestEntry, requestIdOf, type Timeline, word } from './record.ts'

/** What passes by besides what happens: of the last access token, its claims. */
export interface Seen {
  claims?: Claims
  /** Milliseconds that the server's clock is ahead of the device's. */
  clockOffset?: number
  /** Origins that want a nonce in proofs. */
  nonceOrigins: string[]
}

export interface Watching {
  timeline: Timeline
  seen: Seen
  /** Milliseconds since 1970. */
  now: () => number
}

/** Options that do the same, and tell. Requests are looked at, not changed, and not held up. */
export function watchOptions(options: AuthOptions, watching: Watching): AuthOptions {
  const { timeline, now } = watching
  const { navigate, onEvent } = options
  return {
    ...options,
    fetch: watchFetch(options.fetch ?? ((input, init) => fetch(input, init)), options.issuer, watching),
    onEvent(event) {
      timeline.add({ at: now(), ...describeEvent(event) })
      onEvent?.(event)
    },
    ...(navigate && {
      navigate(path: string) {
        timeline.add({ at: now(), kind: 'went', path: path.replace(/[?#].*/, '') })
        return navigate(path)
      },
    }),
  }
}

function describeEvent({ type, error }: AuthEvent) {
  const { code, phase, action, requestId, retryAfter } = error
  return {
    kind: type,
    code,
    phase,
    action,
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }
}

function watchFetch(send: typeof fetch, issuer: string, { timeline, seen, now }: Watching): typeof fetch {
  return async (input, init) => {
    const request = input instanceof Request && !init ? input : new Request(input, init)
    const atIssuer = new URL(request.url).origin === new URL(issuer).origin
    const known = describeRequest(request)
    const token = request.headers.get('Authorization')?.split(' ')[1]
    if (token !== undefined) seeToken(seen, token)
    const grantType = known.url === `${issuer}/token` ? grantTypeOf(request.clone()) : undefined
    const began = now()
    const add = async (more: Partial<RequestEntry>) => {
      const grant = await grantType
      const entry: Entry = { at: began, kind: 'request', ...known, ...more, milliseconds: now() - began }
      timeline.add(grant === undefined ? entry : { ...entry, grantType: grant })
    }
    try {
      const response = await send(request)
      if (response.headers.has('DPoP-Nonce')) {
        const { origin } = new URL(request.url)
        if (!seen.nonceOrigins.includes(origin)) seen.nonceOrigins.push(origin)
      }
      const answer = atIssuer ? response.clone() : undefined
      void readAnswer(answer, seen, now).then((told) => add({ status: response.status, ...told }))
      return response
    } catch (cause) {
      void add({ error: request.signal.aborted ? 'aborted' : 'no answer' })
      throw cause
    }
  }
}

function describeRequest({ method, url, headers }: Request) {
  const { origin, pathname } = new URL(url)
  const scheme = headers.get('Authorization')?.split(' ')[0]
  return {
    method,
    url: origin + pathname,
    dpop: headers.has('DPoP'),
    ...(scheme === 'DPoP' || scheme === 'Bearer' ? { token: scheme } : {}),
  }
}

/** Of the form, this field and no other. */
async function grantTypeOf(request: Request): Promise<string | undefined> {
  const form = new URLSearchParams(await request.text().catch(() => ''))
  return word(form.get('grant_type'))
}

/** What an answer of the server's says besides its secrets. */
async function readAnswer(
  response: Response | undefined,
  seen: Seen,
  now: () => number,
): Promise<Pick<RequestEntry, 'error' | 'requestId'>> {
  const answer: Claims = { ...(await response?.json().catch(() => undefined)) }
  if (typeof answer.access_token === 'string') seeToken(seen, answer.access_token)
  if (typeof answer.server_time === 'number') seen.clockOffset = answer.server_time - now()
  const [error, requestId] = [word(answer.error), requestIdOf(answer.request_id)]
  return { ...(error && { error }), ...(requestId && { requestId }) }
}

/** Keeps the claims, which is not enough to be of use to anybody. */
function seeToken(seen: Seen, token: string): void {
  try {
    seen.claims = jwtClaims(token)
  } catch {
    // A token that is no JWT tells nothing.
    delete seen.claims
  }
}
