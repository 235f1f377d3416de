import { Hono } from 'hono'
import { type AnsweredError, ApiError, PageError } from '../errors.ts'
import { createRequestIds } from '../ids.ts'
import { corsFor, isSameSiteOrigin, preflight } from './cors.ts'
import type { Ctx, Deps, Endpoint, Env, Sender } from './deps.ts'
import { type Audience, answerError, retrySoon } from './errors.ts'
import { overloadText } from './gate.ts'
import type { Work } from './overload.ts'
import { errorPage } from './pages/index.ts'
import { type Answer, json, page, toResponse } from './respond.ts'

/** In the order in which `Allow` names them. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof methods)[number]

export interface Route extends Partial<Record<Method, Endpoint>> {
  /** `:name` stands for a segment, `*` at its end for whatever follows. */
  path: string
  /** Who waits for the answers, errors included. */
  audience: Audience
  /** Whether the clients' SPAs call it by fetch; `with cookie`: those in same-site mode with credentials. */
  cors?: true | 'with cookie'
  /** Whose budget it is served from. Without one it is always served. */
  work?: Work
  /** Nobody is to find out that it is there. */
  hidden?: true
}

export const allMethods = (endpoint: Endpoint): Record<Method, Endpoint> => ({
  ...{ GET: endpoint, HEAD: endpoint, POST: endpoint, PUT: endpoint, PATCH: endpoint, DELETE: endpoint },
})

export interface Router {
  /** Answers one request. Never rejects. */
  fetch(request: Request, sender?: Sender): Promise<Response>
  matches(pathname: string): boolean
}

/** Whether a path is one of the routes' and not merely near one: in somebody's backend all others are theirs. */
export function createMatcher(paths: readonly string[]): (pathname: string) => boolean {
  const isPattern = (path: string) => /[:*]/.test(path)
  const exact = new Set(paths.filter((path) => !isPattern(path)))
  const patterns = paths.filter(isPattern).map(
    (path) =>
      new RegExp(
        `^${path
          .replaceAll('.', '\\.')
          .replaceAll(/:[a-z]+/g, '[^/]+')
          .replace('*', '.*')}$`,
      ),
  )
  return (pathname) => exact.has(pathname) || patterns.some((pattern) => pattern.test(pathname))
}

/** Requests in, responses out; no socket. `at`: what the issuer's path puts before the routes. */
export function createRouter(routes: readonly Route[], deps: Deps, at: string): Router {
  const app = new Hono<Env>({ strict: true })
  const { gate, metrics } = deps
  const secure = deps.config.issuer.startsWith('https:')

  const newRequestId = createRequestIds()

  const everywhere: Record<string, string> = {
    'X-Content-Type-Options': 'nosniff',
    // RFC 6797; two years, for this host: what its subdomains do is not ours to say.
    ...(secure ? { 'Strict-Transport-Security': 'max-age=63072000' } : {}),
  }
  const respond = (c: Ctx, answer: Answer) =>
    toResponse(answer, { 'X-Request-Id': c.var.requestId, ...everywhere })

  // Not a middleware: composing two handlers costs more than either.
  const begin = (c: Ctx) => {
    const requestId = newRequestId()
    c.set('requestId', requestId)
    c.set('logger', deps.logger.child({ request_id: requestId }))
  }

  const settle = (c: Ctx, route: string, given: Answer, began: number): Response => {
    const { errorCode, grant } = c.var
    metrics?.answered({
      ...{ route, method: c.req.method, status: given.status, errorCode, grant },
      ms: performance.now() - began,
    })
    return respond(c, given)
  }

  for (const route of routes) {
    const label = route.path.startsWith(`${at}/`) ? route.path.slice(at.length) : route.path
    const serve = async (c: Ctx, work: () => Promise<Answer> | Answer): Promise<Response> => {
      const began = performance.now()
      begin(c)
      try {
        return settle(c, label, await work(), began)
      } catch (error) {
        return settle(c, label, answerError(error, route.audience, c), began)
      }
    }
    const { work } = route
    const turnAway = overloaded(route, deps)
    app.all(route.path, async (c) => {
      const handle = () => answer(route, c, deps)
      if (work === undefined || c.req.method === 'OPTIONS') return serve(c, handle)
      let entered: boolean
      try {
        entered = gate.enter(work)
      } catch (error) {
        return serve(c, () => {
          throw error
        })
      }
      if (!entered) {
        // No logger, no count by route: it has to cost next to nothing.
        c.set('requestId', newRequestId())
        return respond(c, turnAway(c))
      }
      try {
        return await serve(c, handle)
      } finally {
        gate.leave(work)
      }
    })
  }

  app.notFound((c) => {
    const began = performance.now()
    begin(c)
    return settle(c, 'none', answerError(nothingHere(c), 'api', c), began)
  })
  app.onError((error, c) => respond(c, answerError(error, 'api', c)))
  return {
    fetch: async (request, { remoteAddress } = {}) => app.fetch(request, { remoteAddress }),
    matches: createMatcher(routes.map(({ path }) => path)),
  }
}

/** The answer where there is too much to do, with the headers that let an app read when to come again. */
function overloaded({ audience, cors }: Route, { clients }: Deps): (c: Ctx) => Answer {
  const origins = [...clients.values()].flatMap((client) => client.origins)
  const error = { code: 'temporarily_unavailable', description: overloadText }
  // Made once: a page takes longer to make than to send.
  const placeholder = '{request_id}'
  const made = errorPage({ ...error, requestId: placeholder, connecting: false })
  const headers = audience === 'page' ? page(503, made).headers : {}
  return (c) => {
    const { requestId } = c.var
    if (audience === 'page') {
      const body = made.replaceAll(placeholder, requestId)
      return { status: 503, headers: { ...headers, ...retrySoon() }, body }
    }
    const origin = c.req.header('origin')
    // Which client it is stands in what has not been read.
    const withCookie = cors === 'with cookie' && isSameSiteOrigin(origin, clients.values())
    return json(
      503,
      { error: error.code, error_description: error.description, request_id: requestId },
      { ...(cors === undefined ? {} : corsFor(origin, origins, withCookie)), ...retrySoon() },
    )
  }
}

/** As for every address that is not known. */
export function nothingHere(c: Ctx): AnsweredError {
  const description = 'There is nothing at this address.'
  const wantsPage = c.req.header('accept')?.includes('text/html') === true
  return new (wantsPage ? PageError : ApiError)('not_found', { status: 404, description })
}

function answer(route: Route, c: Ctx, deps: Deps): Promise<Answer> | Answer {
  const { method } = c.req
  const allowed = methods.filter((name) => route[name] !== undefined)
  if (method === 'OPTIONS' && route.cors !== undefined) {
    const withCookie = route.cors === 'with cookie'
    return preflight(c.req.header('origin'), deps.clients, allowed.join(', '), withCookie)
  }
  // HEAD is not taken for GET: half of the GETs here use something up.
  const endpoint = allowed.find((name) => name === method)
  const handle = endpoint === undefined ? undefined : route[endpoint]
  if (handle === undefined) {
    if (route.hidden === true) throw nothingHere(c)
    const refused = {
      status: 405,
      description: 'This method is not offered here.',
      headers: { Allow: allowed.join(', ') },
    }
    throw route.audience === 'page'
      ? new PageError('method_not_allowed', refused)
      : new ApiError('method_not_allowed', refused)
  }
  return handle(c)
}
