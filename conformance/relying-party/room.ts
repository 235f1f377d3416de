import {
  createFakeProvider,
  type FakeProvider,
  type FakeProviderOptions,
  withoutClaims,
} from '@latchkey/testing'
import { type Browser, createBrowser, type Page } from '../support/browser.ts'
import { testClock } from '../support/clock.ts'
import { followForms } from '../support/forms.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { answerIn, type Start, start, startOf } from '../support/spa.ts'
import { collectSecrets } from './leaks.ts'

type Changes = ReturnType<Parameters<typeof startLatchkey>[0]>

/**
 * Latchkey as a relying party, between a provider that misbehaves on demand and one that never does. Providers, browser
 * and server share one clock, which the test turns; the providers are on another site than Latchkey.
 */
export interface Room extends Running {
  hostile: FakeProvider
  steady: FakeProvider
  /** What went through here and must stand in no log. */
  secrets: Set<string>
  /** Forgets what the hostile provider was asked, and clears its faults. */
  fresh(): void
}

export interface RoomOptions {
  hostile?: FakeProviderOptions
  configure?: (providers: Pick<Room, 'hostile' | 'steady'>, issuer: string) => Partial<Changes>
}

/**
 * By default: `oidc`, `posted` (the same, answering by form_post) and `plain` (OAuth 2.0) are the hostile provider's,
 * `other` is the steady one's.
 */
export async function openRoom(options: RoomOptions = {}): Promise<Room> {
  const clock = testClock()
  const common = { host: 'localhost', clock, autoApprove: 'user' } as const
  const hostile = await createFakeProvider({ ...common, ...options.hostile })
  const steady = await createFakeProvider({ ...common, algorithm: 'ES256' })
  const closeProviders = () => Promise.all([hostile.close(), steady.close()])
  const server = await startLatchkey(
    (issuer) => ({
      linking: 'separate',
      rate_limits: false,
      providers: {
        oidc: hostile.oidc,
        posted: { ...hostile.oidc, response_mode: 'form_post' },
        plain: hostile.oauth2,
        other: steady.oidc,
      },
      ...options.configure?.({ hostile, steady }, issuer),
    }),
    { clock },
  ).catch(async (error: unknown) => {
    await closeProviders()
    throw error
  })
  const secrets = new Set<string>()
  return {
    ...server,
    ...{ hostile, steady, secrets },
    fresh() {
      collectSecrets(hostile, secrets)
      hostile.requests.clear()
      hostile.faults.clear()
    },
    async close() {
      await server.close()
      await closeProviders()
    },
  }
}

/** An ID token that tells nothing but who it is: the rest has to be asked of userinfo, once that much is certain. */
export const terse = withoutClaims('name', 'email', 'email_verified', 'preferred_username')

/** How a journey ended: with a code, with an `error` at the app, or on a page of ours: `400 invalid_callback`. */
export type Ending = 'code' | (string & {})

export interface End {
  ending: Ending
  /** What the app finds in its address. */
  answer: URLSearchParams
  requestId: string
}

/** What a page of ours amounts to. */
export function endOf(page: Page): End {
  const answer = answerIn(page.next)
  const requestId = answer.get('request_id') ?? page.headers.get('x-request-id') ?? ''
  const [, onPage] = /<dt>Error<\/dt><dd><code>([a-z_]+)</.exec(page.body) ?? []
  const atApp = answer.has('code') ? 'code' : (answer.get('error') ?? 'neither')
  return { ending: page.next === undefined ? `${page.status} ${onPage}` : atApp, answer, requestId }
}

export interface TripOptions {
  browser?: Browser
  /** Other parameters of the start. */
  changes?: Record<string, string | undefined>
}

export interface Trip extends Start, End {
  /** The last page before the app, or the one the journey ended on. */
  page: Page
  browser: Browser
}

async function begin(room: Room, provider: string, { browser, changes }: TripOptions) {
  const agent = browser ?? createBrowser(room.clock)
  const begun = startOf(room.spa, { provider, ...changes })
  const page = await start(room.spa, agent, begun.params)
  room.secrets.add(begun.verifier)
  for (const { value } of agent.cookies()) room.secrets.add(value)
  return { agent, begun, page }
}

/** The whole way, from the app's form to the app or to an error page, with a browser that follows everything. */
export async function takeTrip(room: Room, provider: string, options: TripOptions = {}): Promise<Trip> {
  const { agent, begun, page } = await begin(room, provider, options)
  const last = await followForms(agent, page, (url) => url.href.startsWith(room.spa.redirectUri))
  const end = endOf(last)
  const code = end.answer.get('code')
  if (code !== null) room.secrets.add(code)
  return { ...begun, ...end, page: last, browser: agent }
}

export interface Arrival extends Start {
  browser: Browser
  /** Where the provider sends the browser, with everything in its query. */
  callback: URL
}

/** As far as the provider's answer: the next step would be the callback. */
export async function reachCallback(
  room: Room,
  provider: string,
  options: TripOptions = {},
): Promise<Arrival> {
  const { agent, begun, page } = await begin(room, provider, options)
  const last = await agent.follow(page, (url) => url.pathname.startsWith('/callback/'))
  if (last.next === undefined) throw new Error(`no callback: ${last.url} answered ${last.status}`)
  return { ...begun, browser: agent, callback: last.next }
}

/** The browser goes to a callback, sent by the provider. */
export async function callBack(room: Room, { browser, callback }: Pick<Arrival, 'browser' | 'callback'>) {
  const page = await browser.visit(callback, { from: room.hostile.issuer })
  return { page, ...endOf(page) }
}
