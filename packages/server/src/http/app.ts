import type { Deps } from './deps.ts'
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
import { metrics } from './endpoints/metrics.ts'
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
import { allMethods, createRouter, type Route, type Router } from './router.ts'

/** Every door of the house. */
function routes(deps: Deps, at: string): Route[] {
  const metadata = discovery(deps)
  const documents = ['oauth-authorization-server', 'openid-configuration'].flatMap((name) => [
    // For an issuer with a path both forms: RFC 8414 section 3.1 and OIDC Discovery section 4.
    ...new Set([`${at}/.well-known/${name}`, `/.well-known/${name}${at}`]),
  ])
  return [
    ...documents.map((path): Route => ({ path, audience: 'api', GET: metadata })),
    { path: `${at}/jwks`, audience: 'api', GET: jwks(deps) },
    { path: `${at}/providers`, work: 'authorize', audience: 'api', GET: providers(deps), cors: true },
    {
      path: `${at}/authorize`,
      work: 'authorize',
      audience: 'page',
      GET: authorize(deps),
      POST: authorize(deps),
    },
    { path: `${at}/authorize/choose`, work: 'callback', audience: 'page', POST: choose(deps) },
    { path: `${at}/par`, work: 'authorize', audience: 'api', POST: par(deps), cors: 'with cookie' },
    {
      path: `${at}/callback/:provider`,
      work: 'callback',
      audience: 'page',
      GET: callback(deps),
      POST: callbackPost(deps),
    },
    { path: `${at}/token`, work: 'refresh', audience: 'api', POST: token(deps), cors: 'with cookie' },
    { path: `${at}/revoke`, work: 'api', audience: 'api', POST: revoke(deps), cors: true },
    { path: `${at}/introspect`, work: 'api', audience: 'api', POST: introspect(deps) },
    { path: `${at}/revocations`, work: 'api', audience: 'api', POST: revocations(deps) },
    {
      path: `${at}/userinfo`,
      work: 'api',
      audience: 'api',
      GET: userinfo(deps),
      POST: userinfo(deps),
      cors: true,
    },
    { path: `${at}/logout`, work: 'api', audience: 'page', GET: logout(deps), POST: logout(deps) },
    { path: `${at}/logout/done/:provider`, work: 'api', audience: 'page', GET: logoutDone(deps) },
    {
      path: `${at}/backchannel-logout/:provider`,
      work: 'api',
      audience: 'api',
      POST: backchannelLogout(deps),
    },
    {
      path: `${at}/account`,
      work: 'api',
      audience: 'api',
      GET: readAccount(deps),
      DELETE: eraseAccount(deps),
      cors: true,
    },
    {
      path: `${at}/account/identities`,
      work: 'api',
      audience: 'api',
      GET: listIdentities(deps),
      POST: finishLink(deps),
      cors: 'with cookie',
    },
    { path: `${at}/account/identities/:id`, work: 'api', audience: 'api', DELETE: unlink(deps), cors: true },
    {
      path: `${at}/account/sessions`,
      work: 'api',
      audience: 'api',
      GET: listSessions(deps),
      DELETE: endAllSessions(deps),
      cors: true,
    },
    {
      path: `${at}/account/sessions/:id`,
      work: 'api',
      audience: 'api',
      DELETE: endSession(deps),
      cors: true,
    },
    {
      path: `${at}/account/connections`,
      work: 'api',
      audience: 'api',
      GET: listConnections(deps),
      POST: finishConnect(deps),
      cors: 'with cookie',
    },
    {
      path: `${at}/account/connections/:id`,
      work: 'api',
      audience: 'api',
      DELETE: disconnect(deps),
      cors: true,
    },
    { path: `${at}/vault/connections`, work: 'api', audience: 'api', GET: listVaultConnections(deps) },
    { path: `${at}/vault/connections/:id/token`, work: 'api', audience: 'api', POST: vaultToken(deps) },
    { path: `${at}/vault/connections/:id/sign`, work: 'api', audience: 'api', POST: vaultSign(deps) },
    { path: `${at}/vault/connections/:id/report`, work: 'api', audience: 'api', POST: vaultReport(deps) },
    {
      path: `${at}/vault/connections/:id/proxy/*`,
      work: 'proxy',
      audience: 'api',
      ...allMethods(vaultProxy(deps)),
    },
    { path: `${at}/healthz`, audience: 'api', GET: healthz },
    { path: `${at}/readyz`, audience: 'api', GET: readyz(deps) },
    ...(deps.config.operations.metricsToken === undefined
      ? []
      : [
          { path: `${at}/metrics`, audience: 'api', GET: metrics(deps, 'with token'), hidden: true } as const,
        ]),
  ]
}

/** The public side: requests in, responses out; no socket. */
export function createApp(deps: Deps): Router {
  const { pathname } = new URL(deps.config.issuer)
  const at = pathname === '/' ? '' : pathname
  return createRouter(routes(deps, at), deps, at)
}

/** The side of operations, on a port of its own: for whoever can reach it. */
export function createOperations(deps: Deps): Router {
  const always: Route[] = [
    { path: '/healthz', audience: 'api', GET: healthz },
    { path: '/readyz', audience: 'api', GET: readyz(deps) },
  ]
  const watched: Route[] = [{ path: '/metrics', audience: 'api', GET: metrics(deps, 'open') }]
  return createRouter(deps.metrics === undefined ? always : [...always, ...watched], deps, '')
}
