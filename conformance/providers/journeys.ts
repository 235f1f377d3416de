import { type Entry, signsIn } from '@latchkey/providers'
import { decodeJwt } from 'jose'
import { type SignedIn, signIn } from '../account/support.ts'
import { type ConnectTrip, finish, type Shown, shownIn, travelConnect } from '../connect/support.ts'
import { answerIn, start, startOf } from '../support/spa.ts'
import { formBrowser, type Stage } from './stage.ts'

/** What a journey came to at the app. */
export interface Arrival {
  code: string | null
  error: string | null
}

/** From the app's button to the app, to sign in. */
export async function arrive(stage: Stage, provider: string): Promise<Arrival> {
  const { server } = stage
  const browser = formBrowser(stage)
  const { params } = startOf(server.spa, { provider })
  const first = await start(server.spa, browser, params)
  const last = await browser.follow(first, (url) => url.href.startsWith(server.spa.redirectUri))
  const answer = answerIn(last.next)
  return { code: answer.get('code'), error: answer.get('error') }
}

/** Signs in, and gives the identity that came of it. */
export async function identify(stage: Stage, provider: string) {
  const { server } = stage
  const user = await signIn(server, { provider }, {}, formBrowser(stage))
  if (user.idToken === 'undefined')
    throw new Error(`nobody signed in at ${provider}: ${reasons(server.logs)}`)
  const { email, email_verified: verified, name } = decodeJwt(user.idToken)
  const { body } = await user.call('GET', '/account/identities')
  const [identity]: unknown[] = Array.isArray(body.identities) ? body.identities : []
  return { email, verified, name, identity, user }
}

/** From the app's button to the app, to connect an account. */
const travelTo = (stage: Stage, user: SignedIn, provider: string): Promise<ConnectTrip> =>
  travelConnect(stage.server, user, { provider }, formBrowser(stage))

/** Connects an account. */
export async function connectAt(stage: Stage, provider: string): Promise<Shown> {
  const user = await stage.user()
  const trip = await travelTo(stage, user, provider)
  const { status, body } = await finish(user, trip)
  if (status !== 201 && status !== 200) {
    const said = JSON.stringify({ pushed: trip.pushed.body, answer: trip.answer.toString(), body })
    throw new Error(`not connected at ${provider}: ${status} ${said} ${reasons(stage.server.logs)}`)
  }
  return shownIn(body)
}

/** Nobody signs in there: nothing tells who they are, or nothing proves that it was they who approved. */
export const isConnectOnly = (entry: Entry): boolean => !signsIn(entry)

/** The error that the app is told when a journey does not come to its end. */
export async function errorAt(stage: Stage, entry: Entry): Promise<string | null> {
  if (!isConnectOnly(entry)) return (await arrive(stage, entry.id)).error
  const user = await stage.user()
  const trip = await travelTo(stage, user, entry.id)
  if (trip.code === '') return trip.answer.get('error')
  return String((await finish(user, trip)).body.error)
}

export interface Handed {
  status: number
  token: string
  expiresAt: number | undefined
  body: Record<string, unknown>
}

/** What a service is handed. */
export async function handedOut(stage: Stage, connectionId: string): Promise<Handed> {
  const { status, body } = await stage.service().token(connectionId)
  const { access_token: token, expires_at: end } = body
  return {
    ...{ status, body, token: typeof token === 'string' ? token : '' },
    expiresAt: typeof end === 'string' ? Date.parse(end) : undefined,
  }
}

/** Whether the provider takes the token. */
export async function works({ provider }: Stage, id: string, token: string): Promise<boolean> {
  const response = await fetch(provider.played(id).api, { headers: { Authorization: `Bearer ${token}` } })
  return response.status === 200
}

/** What `DELETE` says of the tokens at the provider. */
export async function disconnect(stage: Stage, connectionId: string): Promise<unknown> {
  const user = await stage.user()
  const { body } = await user.call('DELETE', `/account/connections/${connectionId}`)
  return body.revoked_at_provider
}

/** Lines of the log since something went wrong, for whoever reads why a test failed. */
const reasons = (logs: readonly string[]): string =>
  logs
    .slice(-3)
    .map((line) => line.slice(0, 600))
    .join('\n')
