import { AuthError } from './errors.ts'
import type { AuthEvent, AuthOptions, Flow } from './types.ts'

/** Checked options, defaults filled in. */
export interface Settings {
  issuer: string
  clientId: string
  redirectUri: string
  /** What tokens are for: the issuer too, for the user's own account there. Empty: all that the client may ask for. */
  resources: readonly string[]
  /** Where a token may go. */
  origins: readonly string[]
  scope: string
  persistence: 'device' | 'tab' | 'memory'
  flow?: Flow
  embeddedBrowsers?: 'refuse' | 'allow'
  navigate: (path: string) => unknown
  fetch: typeof fetch
  onEvent: (event: AuthEvent) => void
}

/**
 * @param pageOrigin the page's origin; empty on a server, where nobody signs in
 * @throws AuthError `invalid_options`, naming the option
 */
export function readOptions(options: AuthOptions, pageOrigin: string): Settings {
  const settings = {
    resources: [],
    scope: 'openid profile email offline_access',
    persistence: 'device',
    redirectUri: `${pageOrigin}/callback`,
    navigate: replacePath,
    onEvent: () => {},
    fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
    ...options,
  } as const
  const { issuer, clientId, resources, redirectUri, scope } = settings

  const audience = [issuer, ...resources]
  demand(clientId, 'clientId is missing')
  demand(/\bopenid\b/.test(scope), 'scope lacks openid')
  if (pageOrigin) demand(originOf(redirectUri) === pageOrigin, `redirectUri is not on ${pageOrigin}`)
  return { ...settings, origins: audience.map(originOf), resources: resources[0] ? audience : resources }
}

function demand(met: unknown, problem: string): void {
  if (!met) throw new AuthError('invalid_options', 'create', problem)
}

function originOf(url: string): string {
  const secure = /^https:\/\/.|^http:\/\/(localhost|127\.0\.0\.1|\[::1])(:|\/|$)/
  demand(secure.test(url), `${url} is no https URL`)
  return new URL(url).origin
}

// Routers re-read the address at these events; the load that a full navigation costs would drop the access token.
function replacePath(path: string): void {
  history.replaceState(null, '', path)
  dispatchEvent(new PopStateEvent('popstate'))
  dispatchEvent(new HashChangeEvent('hashchange'))
}
