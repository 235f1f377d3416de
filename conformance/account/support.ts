import { type Browser, createBrowser } from '../support/browser.ts'
import { createDpopKey, type DpopKey } from '../support/dpop.ts'
import type { Running } from '../support/latchkey.ts'
import { answerIn, provedToken, redemptionOf, start, startOf, travel } from '../support/spa.ts'

/** A signed-in user: what a SPA holds, and how it calls the user's own API. */
export interface SignedIn {
  browser: Browser
  key: DpopKey
  accessToken: string
  refreshToken: string
  idToken: string
  call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }>
}

export async function signIn(
  server: Running,
  changes: Record<string, string> = {},
  headers: Record<string, string> = {},
  browser: Browser = createBrowser(server.clock),
): Promise<SignedIn> {
  const key = await createDpopKey(server.clock.now)
  const trip = await travel(server.spa, browser, { dpop_jkt: key.jkt, ...changes })
  const answer = await provedToken(server.spa, key, redemptionOf(server.spa, trip), headers)
  const accessToken = String(answer.body.access_token)
  return {
    browser,
    key,
    accessToken,
    refreshToken: String(answer.body.refresh_token),
    idToken: String(answer.body.id_token),
    async call(method, path, body) {
      const url = `${server.issuer}${path}`
      const [htu = ''] = url.split('?')
      const response = await fetch(url, {
        method,
        headers: {
          Authorization: `DPoP ${accessToken}`,
          DPoP: await key.proof({ htm: method, htu, accessToken }),
          Origin: server.spa.origin,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
    },
  }
}

/** Begins a link as this user and takes it to the end in a browser: the code that the SPA there finds, and the verifier. */
export async function linkTrip(
  server: Running,
  user: SignedIn,
  provider: string,
  browser: Browser = user.browser,
): Promise<{ code: string; code_verifier: string; answer: URLSearchParams }> {
  const { params, verifier } = startOf(server.spa, { provider, intent: 'link', scope: undefined })
  const htu = `${server.issuer}/par`
  const pushed = await fetch(htu, {
    method: 'POST',
    body: new URLSearchParams(params),
    headers: {
      Authorization: `DPoP ${user.accessToken}`,
      DPoP: await user.key.proof({ htm: 'POST', htu, accessToken: user.accessToken }),
      Origin: server.spa.origin,
    },
  })
  const { request_uri }: { request_uri?: string } = await pushed.json()
  const begun = await start(server.spa, browser, {
    client_id: server.spa.clientId,
    request_uri: request_uri ?? '',
  })
  const last = await browser.follow(begun, (url) => url.href.startsWith(server.spa.redirectUri))
  const answer = answerIn(last.next)
  return { code: answer.get('code') ?? '', code_verifier: verifier, answer }
}
