// Accounts that users connect: a signed-in user in a browser, a provider, and what it was asked to revoke.

import { once } from 'node:events'
import { createServer } from 'node:http'
import { createFakeProvider, type FakeProvider, type FakeProviderOptions } from '@latchkey/testing'
import { type SignedIn, signIn } from '../account/support.ts'
import type { Browser, Page } from '../support/browser.ts'
import { type TestTimers, testClock, testTimers } from '../support/clock.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { answerIn, start, startOf } from '../support/spa.ts'

export { type SignedIn, signIn } from '../account/support.ts'

/** A server whose background work the test turns, and a provider at which people sign in and connect. */
export interface Room {
  provider: FakeProvider
  server: Running
  timers: TestTimers
  close(): Promise<void>
}

type Changes = Parameters<typeof startLatchkey>[0] extends (issuer: string) => infer Input
  ? Partial<Input>
  : never

/**
 * `oidc` signs in, `calendar` and `plain` are there to connect, `both` does either. `plain` has no revocation endpoint.
 * @param changes further providers, and whatever else differs
 */
export async function openRoom(
  changes: (provider: FakeProvider) => Changes = () => ({}),
  options: FakeProviderOptions = {},
): Promise<Room> {
  const clock = testClock()
  const timers = testTimers(clock)
  const provider = await createFakeProvider({
    clock,
    refreshTokens: { issue: 'always' },
    algorithm: 'ES256',
    ...options,
  })
  provider.autoApprove('user')
  const { providers, ...others } = changes(provider)
  const { revocation_endpoint: _, ...plain } = provider.oauth2
  const connecting = { sign_in: false, connect: true }
  const server = await startLatchkey(
    () => ({
      linking: 'separate',
      providers: {
        oidc: provider.oidc,
        calendar: { ...provider.oidc, ...connecting, connect_scopes: ['email', 'calendar.read'] },
        both: { ...provider.oidc, connect: true, connect_scopes: ['email'] },
        plain: { ...plain, ...connecting, scopes: ['profile', 'email'] },
        ...providers,
      },
      ...others,
    }),
    { clock, timers },
  )
  return {
    ...{ provider, server, timers },
    async close() {
      await server.close()
      await provider.close()
    },
  }
}

export interface ConnectTrip {
  /** What `/par` answered. */
  pushed: { status: number; body: Record<string, unknown> }
  /** Where the browser ended: at the SPA, or before it. */
  last: Page | undefined
  answer: URLSearchParams
  code: string
  code_verifier: string
}

/** Pushes the start of a connect as this user. */
export async function push(
  server: Running,
  user: SignedIn,
  changes: Record<string, string | undefined> = {},
): Promise<ConnectTrip['pushed'] & { verifier: string; requestUri: string }> {
  const { params, verifier } = startOf(server.spa, {
    ...{ provider: 'calendar', intent: 'connect', scope: undefined },
    ...changes,
  })
  const htu = `${server.issuer}/par`
  const response = await fetch(htu, {
    method: 'POST',
    body: new URLSearchParams(params),
    headers: {
      Authorization: `DPoP ${user.accessToken}`,
      DPoP: await user.key.proof({ htm: 'POST', htu, accessToken: user.accessToken }),
      Origin: server.spa.origin,
    },
  })
  const body: Record<string, unknown> = await response.json()
  return { status: response.status, body, verifier, requestUri: String(body.request_uri) }
}

/** From the push to the SPA's own address, in whichever browser. */
export async function travelConnect(
  server: Running,
  user: SignedIn,
  changes: Record<string, string | undefined> = {},
  browser: Browser = user.browser,
): Promise<ConnectTrip> {
  const { verifier, requestUri, ...pushed } = await push(server, user, changes)
  const none = { pushed, last: undefined, answer: new URLSearchParams(), code: '', code_verifier: verifier }
  if (pushed.status !== 201) return none
  const begun = await start(server.spa, browser, { client_id: server.spa.clientId, request_uri: requestUri })
  const last = await browser.follow(begun, (url) => url.href.startsWith(server.spa.redirectUri))
  const answer = answerIn(last.next)
  return { ...none, last, answer, code: answer.get('code') ?? '' }
}

/** Only what a SPA sends. */
export const finish = (
  user: SignedIn,
  { code, code_verifier }: Pick<ConnectTrip, 'code' | 'code_verifier'>,
) => user.call('POST', '/account/connections', { code, code_verifier })

export interface Shown {
  id: string
  provider: string
  account: { subject: string; label?: string }
  scopes: { requested: string[]; granted: string[] }
  status: string
}

/** Connects an account, and gives what the app is shown of it. */
export async function connect(
  server: Running,
  user: SignedIn,
  changes: Record<string, string | undefined> = {},
): Promise<Shown> {
  const trip = await travelConnect(server, user, changes)
  const { status, body } = await finish(user, trip)
  if (status !== 201 && status !== 200) {
    throw new Error(`not connected: ${status} ${JSON.stringify(body)} ${trip.answer.toString()}`)
  }
  return shownIn(body)
}

export function shownIn(body: unknown): Shown {
  const shown: Shown = JSON.parse(JSON.stringify(body))
  return shown
}

export async function connectionsOf(user: SignedIn): Promise<Shown[]> {
  const { status, body } = await user.call('GET', '/account/connections')
  if (status !== 200 || !Array.isArray(body.connections)) throw new Error(`no list: ${status}`)
  return body.connections.map(shownIn)
}

/** Somebody else, at a provider persona of theirs. */
export async function signInAs(room: Room, persona: string): Promise<SignedIn> {
  room.provider.autoApprove(persona)
  return signIn(room.server, { provider: 'oidc' })
}

/** The tokens that the provider was asked to revoke. */
export const revoked = ({ provider }: Pick<Room, 'provider'>): string[] =>
  provider.requests.to('revocation').map(({ form }) => form.get('token') ?? '')

/** Whether the provider still honours a token. */
export async function lives({ provider }: Pick<Room, 'provider'>, token: string): Promise<boolean> {
  const { client_id, client_secret = '' } = provider.oidc
  const response = await fetch(provider.endpoints.introspection, {
    method: 'POST',
    body: new URLSearchParams({ token, client_id, client_secret }),
  })
  const { active }: { active?: boolean } = await response.json()
  return active === true
}

/** Hours, each with one look of the background work. */
export async function pass({ server, timers }: Room, hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour++) {
    server.clock.advance(3_590_000)
    await timers.pass(10_000)
  }
}

export const typesOf = (server: Running, prefix = 'connection.'): string[] =>
  server.events.map(({ type }) => type).filter((type) => type.startsWith(prefix))

/** A revocation endpoint that answers as the test says: a status, 200 at first. */
export async function startRevocationEndpoint() {
  const tokens: string[] = []
  let status = 200
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      tokens.push(new URLSearchParams(body).get('token') ?? '')
      response.writeHead(status, { 'Content-Type': 'application/json' }).end('{}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/revoke`,
    tokens,
    answerWith(next: number) {
      status = next
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
