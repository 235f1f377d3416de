import { createHash } from 'node:crypto'
import { type Hop, type JourneyTrace, shapes } from '../journey/trace.ts'
import type { Handler } from './listen.ts'

/** A request that Latchkey made at the provider, told by the provider. */
export interface BackChannel {
  kind: 'exchange' | 'userinfo'
  at: number
  url: string
  method: string
  form: URLSearchParams
  authorization: string | undefined
}

export interface Observer {
  /** Passes requests on to Latchkey and notes the shape of those that belong to a journey. */
  watch(latchkey: Handler): Handler
  /** The journey that yielded the session with this id (`sid`). */
  ofSession(sid: string): JourneyTrace | undefined
  /** The last journey that began at or after this time (milliseconds): for one that ended without a session. */
  since(time: number): JourneyTrace | undefined
  /** The last journey that connected this account, by the connection's id. */
  ofConnection(id: string): JourneyTrace | undefined
}

interface Watched extends JourneyTrace {
  /** Hashes of the values that link one hop to the next. */
  keys: Set<string>
  sid?: string
  connection?: string
}

const kept = 50
const cookieName = /(?:^|;\s*)((?:__Host-)?latchkey-j-[\w-]+)=/

const hash = (value: string): string => createHash('sha256').update(value).digest('hex')

/**
 * Follows journeys from the outside, as a proxy in front of Latchkey could. Hops are linked by hashes of what travels
 * between them; no value is kept.
 *
 * @param options.issuer Latchkey's, without a trailing slash
 * @param options.backChannel what the provider was asked with this authorization code, in order
 */
export function createObserver(options: {
  issuer: string
  clock: { now(): number }
  backChannel: (code: string) => readonly BackChannel[]
}): Observer {
  const { issuer, clock, backChannel } = options
  const journeys: Watched[] = []

  const find = (key: string) => journeys.findLast((journey) => journey.keys.has(key))
  const begin = (provider: string, intent?: string): Watched => {
    const journey: Watched = {
      ...{ provider, hops: [], keys: new Set() },
      ...(intent === 'connect' || intent === 'link' ? { intent } : {}),
    }
    journeys.push(journey)
    if (journeys.length > kept) journeys.shift()
    return journey
  }

  async function note(
    request: Request,
    at: number,
    form: URLSearchParams,
    response: Response,
  ): Promise<void> {
    const url = new URL(request.url)
    const path = url.pathname.slice(new URL(issuer).pathname.replace(/\/$/, '').length)
    const onward = target(response)
    const sees = { request, url, at, form, response, onward }

    if (path === '/par') {
      const journey = begin(form.get('provider') ?? '', form.get('intent') ?? undefined)
      link(journey, 'request', text(await members(response), 'request_uri'))
      journey.hops.push(hop('push', issuer, sees))
    } else if (path === '/authorize' && request.method === 'POST') {
      const pushed = form.get('request_uri')
      const journey =
        (pushed === null ? undefined : find(`request:${hash(pushed)}`)) ?? begin(form.get('provider') ?? '')
      link(journey, 'upstream', onward?.searchParams.get('state'))
      if (onward === undefined) link(journey, 'sealed', sealedIn(await response.text()))
      journey.hops.push(hop('start', issuer, sees))
    } else if (path === '/authorize/choose') {
      const journey = find(`sealed:${hash(form.get('journey') ?? '')}`)
      if (journey === undefined) return
      journey.provider = form.get('provider') ?? ''
      link(journey, 'upstream', onward?.searchParams.get('state'))
      journey.hops.push(hop('choose', issuer, sees))
    } else if (path.startsWith('/callback/')) {
      const journey = find(`upstream:${hash(url.searchParams.get('state') ?? '')}`)
      if (journey === undefined) return
      const upstreamCode = url.searchParams.get('code')
      journey.hops.push(hop('callback', issuer, sees))
      if (upstreamCode !== null) journey.hops.push(...backChannel(upstreamCode).map(exchange))
      link(journey, 'code', new URLSearchParams(onward?.hash.slice(1)).get('code'))
    } else if (path === '/token' && form.get('grant_type') === 'authorization_code') {
      const journey = find(`code:${hash(form.get('code') ?? '')}`)
      if (journey === undefined) return
      const { sid, error } = await redeemed(response)
      journey.hops.push({ ...hop('redeem', issuer, sees), ...(error === undefined ? {} : { error }) })
      if (sid !== undefined) journey.sid = sid
    } else if (path === '/account/connections' || path === '/account/identities') {
      const journey = find(`code:${hash(form.get('code') ?? '')}`)
      if (journey === undefined) return
      const answer = await members(response)
      const error = text(answer, 'error')
      journey.hops.push({ ...hop('finish', issuer, sees), ...(error === undefined ? {} : { error }) })
      const id = text(answer, 'id')
      if (id !== undefined) journey.connection = id
    }
  }

  return {
    watch: (latchkey) => async (request) => {
      const at = clock.now()
      const copy = hasFields(request) ? request.clone() : undefined
      const response = await latchkey(request)
      const form = fieldsOf(copy === undefined ? '' : await copy.text())
      await note(request, at, form, response.clone()).catch(() => undefined)
      return response
    },
    ofSession: (sid) => shownOf(journeys.findLast((journey) => journey.sid === sid)),
    since: (time) => shownOf(journeys.findLast(({ hops }) => (hops[0]?.at ?? 0) >= time)),
    ofConnection: (id) => shownOf(journeys.findLast(({ connection }) => connection === id)),
  }
}

const shownOf = (journey: Watched | undefined): JourneyTrace | undefined =>
  journey && {
    ...{ provider: journey.provider, hops: journey.hops },
    ...(journey.intent === undefined ? {} : { intent: journey.intent }),
  }

const hasFields = (request: Request): boolean =>
  request.method === 'POST' &&
  /^application\/(x-www-form-urlencoded|json)\b/.test(request.headers.get('content-type') ?? '')

/** The fields of a form, or the members of a JSON object. */
const fieldsOf = (body: string): URLSearchParams =>
  new URLSearchParams(body.startsWith('{') ? Object.entries<string>(JSON.parse(body)) : body)

/** A JSON answer's members; none of anything else. */
async function members(response: Response): Promise<object> {
  const body: unknown = await response.json().catch(() => undefined)
  return typeof body === 'object' && body !== null ? body : {}
}

function text(body: object, name: string): string | undefined {
  const value: unknown = Reflect.get(body, name)
  return typeof value === 'string' ? value : undefined
}

function link(
  journey: Watched,
  kind: 'request' | 'sealed' | 'upstream' | 'code',
  value: string | null | undefined,
): void {
  if (value) journey.keys.add(`${kind}:${hash(value)}`)
}

/** The chooser page's hidden field. */
const sealedIn = (page: string): string | undefined => /name="journey" value="([^"]+)"/.exec(page)?.[1]

/** Where an answer sends the browser, by `Location` or `Refresh`. */
function target(response: Response): URL | undefined {
  const refresh = response.headers.get('refresh')?.replace(/^\s*\d+\s*;\s*url=/i, '')
  const url = response.headers.get('location') ?? refresh
  return url !== undefined && URL.canParse(url) ? new URL(url) : undefined
}

function hop(
  kind: Hop['kind'],
  issuer: string,
  sees: {
    request: Request
    url: URL
    at: number
    form: URLSearchParams
    response: Response
    onward: URL | undefined
  },
): Hop {
  const { request, url, at, form, response, onward } = sees
  const origin = request.headers.get('origin')
  const set = response.headers
    .getSetCookie()
    .find((cookie) => cookieName.test(cookie) && !/max-age=0/i.test(cookie))
  const error = onward?.searchParams.get('error') ?? new URLSearchParams(onward?.hash.slice(1)).get('error')
  return {
    kind,
    at,
    method: request.method,
    to: `${new URL(issuer).origin}${url.pathname}`,
    status: response.status,
    ...(origin === null ? {} : { origin }),
    query: shapes(url.searchParams),
    form: shapes(form),
    cookie: cookieName.test(request.headers.get('cookie') ?? ''),
    dpop: request.headers.has('dpop'),
    ...(set === undefined ? {} : { setsCookie: set.slice(set.indexOf(';') + 1).trim() }),
    ...(onward === undefined ? {} : { onward: onwardOf(onward) }),
    ...(error === null ? {} : { error }),
  }
}

const onwardOf = (url: URL): NonNullable<Hop['onward']> => ({
  to: `${url.origin}${url.pathname}`,
  query: shapes(url.searchParams),
  fragment: shapes(new URLSearchParams(url.hash.slice(1))),
})

function exchange({ kind, at, url, method, form, authorization }: BackChannel): Hop {
  const { origin, pathname } = new URL(url)
  const scheme = authorization?.split(' ', 1)[0]
  return {
    kind,
    at,
    method,
    to: `${origin}${pathname}`,
    status: 200,
    query: [],
    form: shapes(form),
    cookie: false,
    dpop: false,
    ...(scheme === undefined ? {} : { authentication: scheme }),
  }
}

/** The session that a token answer began, or the error it named. */
async function redeemed(response: Response): Promise<{ sid?: string; error?: string }> {
  const body = await members(response)
  const [error, token] = [text(body, 'error'), text(body, 'access_token')]
  if (error !== undefined) return { error }
  if (token === undefined) return {}
  const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}')
  const sid = typeof payload === 'object' && payload !== null ? text(payload, 'sid') : undefined
  return sid === undefined ? {} : { sid }
}
