import { Hono } from 'hono'
import { ApiError, PageError } from '../errors.ts'
import { createRequestIds } from '../ids.ts'
import { preflight } from './cors.ts'
import type { Ctx, Deps, Endpoint, Env } from './deps.ts'
import {
  disconnect,
  endAllSessions,
  endSession,
  eraseAccount,
  finishConnect,
  finishLink,
  listConnections,
  listIdentities,
  listSessions,
  readAccount,
  unlink,
} from './endpoints/account/index.ts'
import { authorize } from './endpoints/authorize.ts'
import { callback, callbackPost } from './endpoints/callback.ts'
import { choose } from './endpoints/choose.ts'
import { discovery } from './endpoints/discovery.ts'
import { healthz, readyz } from './endpoints/health.ts'
import { introspect } from './endpoints/introspect.ts'
import { jwks } from './endpoints/jwks.ts'
import { backchannelLogout, logout, logoutDone } from './endpoints/logout/index.ts'
import { par } from './endpoints/par.ts'
import { providers } from './endpoints/providers.ts'
import { revocations } from './endpoints/revocations.ts'
import { revoke } from './endpoints/revoke.ts'
import { token } from './endpoints/token.ts'
import { userinfo } from './endpoints/userinfo.ts'
import {
  listVaultConnections,
  vaultProxy,
  vaultReport,
  vaultSign,
  vaultToken,
} from './endpoints/vault/index.ts'
import { type Audience, answerError } from './errors.ts'
import { type Answer, toResponse } from './respond.ts'

/** In the order in which `Allow` names them. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof methods)[number]

interface Route extends Partial<Record<Method, Endpoint>> {
  /** `:name` stands for a segment, `*` at its end for whatever follows. */
  path: string
  /** Who waits for the answers, errors included. */
  audience: Audience
  /** Whether the clients' SPAs call it by fetch; `with cookie`: those in same-site mode with credentials. */
  cors?: true | 'with cookie'
}

/** Every door of the house. */
function routes(deps: Deps): Route[] {
  const { pathname } = new URL(deps.config.issuer)
  const at = pathname === '/' ? '' : pathname
  const metadata = discovery(deps)
  const documents = ['oauth-authorization-server', 'openid-configuration'].flatMap((name) => [
    // For an issuer with a path both forms: RFC 8414 section 3.1 and OIDC Discovery section 4.
    ...new Set([`${at}/.well-known/${name}`, `/.well-known/${name}${at}`]),
  ])
  return [
    ...documents.map((path): Route => ({ path, audience: 'api', GET: metadata })),
    { path: `${at}/jwks`, audience: 'api', GET: jwks(deps) },
    { path: `${at}/providers`, audience: 'api', GET: providers(deps), cors: true },
    { path: `${at}/authorize`, audience: 'page', GET: authorize(deps), POST: authorize(deps) },
    { path: `${at}/authorize/choose`, audience: 'page', POST: choose(deps) },
    { path: `${at}/par`, audience: 'api', POST: par(deps), cors: 'with cookie' },
    { path: `${at}/callback/:provider`, audience: 'page', GET: callback(deps), POST: callbackPost(deps) },
    { path: `${at}/token`, audience: 'api', POST: token(deps), cors: 'with cookie' },
    { path: `${at}/revoke`, audience: 'api', POST: revoke(deps), cors: true },
    { path: `${at}/introspect`, audience: 'api', POST: introspect(deps) },
    { path: `${at}/revocations`, audience: 'api', POST: revocations(deps) },
    { path: `${at}/userinfo`, audience: 'api', GET: userinfo(deps), POST: userinfo(deps), cors: true },
    { path: `${at}/logout`, audience: 'page', GET: logout(deps), POST: logout(deps) },
    { path: `${at}/logout/done/:provider`, audience: 'page', GET: logoutDone(deps) },
    { path: `${at}/backchannel-logout/:provider`, audience: 'api', POST: backchannelLogout(deps) },
    {
      path: `${at}/account`,
      audience: 'api',
      GET: readAccount(deps),
      DELETE: eraseAccount(deps),
      cors: true,
    },
    {
      path: `${at}/account/identities`,
      audience: 'api',
      GET: listIdentities(deps),
      POST: finishLink(deps),
      cors: 'with cookie',
    },
    { path: `${at}/account/identities/:id`, audience: 'api', DELETE: unlink(deps), cors: true },
    {
      path: `${at}/account/sessions`,
      audience: 'api',
      GET: listSessions(deps),
      DELETE: endAllSessions(deps),
      cors: true,
    },
    { path: `${at}/account/sessions/:id`, audience: 'api', DELETE: endSession(deps), cors: true },
    {
      path: `${at}/account/connections`,
      audience: 'api',
      GET: listConnections(deps),
      POST: finishConnect(deps),
      cors: 'with cookie',
    },
    { path: `${at}/account/connections/:id`, audience: 'api', DELETE: disconnect(deps), cors: true },
    { path: `${at}/vault/connections`, audience: 'api', GET: listVaultConnections(deps) },
    { path: `${at}/vault/connections/:id/token`, audience: 'api', POST: vaultToken(deps) },
    { path: `${at}/vault/connections/:id/sign`, audience: 'api', POST: vaultSign(deps) },
    { path: `${at}/vault/connections/:id/report`, audience: 'api', POST: vaultReport(deps) },
    { path: `${at}/vault/connections/:id/proxy/*`, audience: 'api', ...allMethods(vaultProxy(deps)) },
    { path: `${at}/healthz`, audience: 'api', GET: healthz },
    { path: `${at}/readyz`, audience: 'api', GET: readyz(deps) },
  ]
}

const allMethods = (endpoint: Endpoint): Record<Method, Endpoint> => ({
  ...{ GET: endpoint, HEAD: endpoint, POST: endpoint, PUT: endpoint, PATCH: endpoint, DELETE: endpoint },
})

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

/** Requests in, responses out; no socket. */
export function createApp(deps: Deps): { app: Hono<Env>; matches(pathname: string): boolean } {
  const app = new Hono<Env>({ strict: true })
  const all = routes(deps)
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

  for (const route of all) {
    app.all(route.path, async (c) => {
      begin(c)
      try {
        return respond(c, await answer(route, c, deps))
      } catch (error) {
        return respond(c, answerError(error, route.audience, c))
      }
    })
  }

  app.notFound((c) => {
    begin(c)
    const description = 'There is nothing at this address.'
    const wantsPage = c.req.header('accept')?.includes('text/html') === true
    const error = wantsPage
      ? new PageError('not_found', { status: 404, description })
      : new ApiError('not_found', { status: 404, description })
    return respond(c, answerError(error, wantsPage ? 'page' : 'api', c))
  })
  app.onError((error, c) => respond(c, answerError(error, 'api', c)))
  return { app, matches: createMatcher(all.map(({ path }) => path)) }
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
