import { expect } from 'vitest'
import type { SignedIn } from '../account/support.ts'
import { createBrowser, type Navigation, type Page } from '../support/browser.ts'
import type { Running } from '../support/latchkey.ts'
import { provedToken, type Spa } from '../support/spa.ts'

/** Registered for `web`, the second with a query of its own. */
export const home = 'http://localhost:5555/'
export const bye = 'http://localhost:5555/bye?from=latchkey'
/** Registered for `other`. */
export const otherHome = 'http://localhost:6666/'

/** A browser comes from the app to `/logout`, by a link or by a form. */
export function visitLogout(
  server: Running,
  method: 'GET' | 'POST',
  params: Record<string, string> | string,
  navigation: Navigation = {},
): Promise<Page> {
  const form = new URLSearchParams(params)
  const url = new URL(`${server.issuer}/logout`)
  if (method === 'GET') url.search = form.toString()
  return createBrowser(server.clock).visit(url, {
    method,
    from: server.spa.origin,
    ...(method === 'POST' ? { form } : {}),
    ...navigation,
  })
}

export const codeOn = (page: Page): string | undefined =>
  /<dt>Error<\/dt><dd><code>([a-z_]+)</.exec(page.body)?.[1]

export const sidOf = ({ accessToken }: Pick<SignedIn, 'accessToken'>): string => claimsIn(accessToken).sid

function claimsIn(jwt: string): { sid: string; sub: string } {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
}

/** Asks everybody who would know. */
export async function isAlive(server: Running, user: SignedIn, spa: Spa = server.spa): Promise<boolean> {
  const account = await user.call('GET', '/account')
  const userinfo = await user.call('GET', '/userinfo')
  const refreshed = await provedToken(spa, user.key, {
    grant_type: 'refresh_token',
    client_id: spa.clientId,
    refresh_token: user.refreshToken,
  })
  const told = [account.status, userinfo.status, refreshed.body.error ?? refreshed.status]
  const alive = account.status === 200
  expect(told).toEqual(alive ? [200, 200, 200] : [401, 401, 'invalid_grant'])
  return alive
}

/** The ends of sessions that the owner was told of, without those of others. */
export const endsOf = (server: Running, ...users: SignedIn[]) => {
  const sids = users.map(sidOf)
  return server.events
    .filter(
      ({ type, data }) =>
        type.startsWith('session.') && type !== 'session.created' && sids.includes(String(data.session_id)),
    )
    .map(({ type, subject, data }) => ({ type, subject, reason: data.reason, sid: data.session_id }))
}
