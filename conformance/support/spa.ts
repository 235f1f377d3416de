import { createHash, randomBytes } from 'node:crypto'
import type { Browser, Navigation, Page } from './browser.ts'
import type { DpopKey } from './dpop.ts'

const random = () => randomBytes(32).toString('base64url')

export interface Spa {
  issuer: string
  clientId: string
  redirectUri: string
  origin: string
}

export interface Start {
  state: string
  verifier: string
  /** What was sent to `/authorize`. */
  params: Record<string, string>
}

/** The parameters of a correct start; `changes` replaces some, undefined removes. */
export function startOf(spa: Spa, changes: Record<string, string | undefined> = {}): Start {
  const verifier = random()
  const params: Record<string, string> = {}
  const all = {
    client_id: spa.clientId,
    redirect_uri: spa.redirectUri,
    response_type: 'code',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: random(),
    scope: 'openid profile email',
    ...changes,
  }
  for (const [name, value] of Object.entries(all)) if (value !== undefined) params[name] = value
  return { verifier, params, state: params.state ?? '' }
}

/** The form POST navigation from the SPA's page. */
export function start(
  spa: Spa,
  browser: Browser,
  params: Record<string, string> | URLSearchParams,
  navigation: Navigation = {},
): Promise<Page> {
  return browser.visit(`${spa.issuer}/authorize`, {
    method: 'POST',
    form: params,
    from: `${spa.origin}/`,
    ...navigation,
  })
}

/** What the SPA finds in its address: fragment or query. */
export function answerIn(url: URL | undefined): URLSearchParams {
  if (url === undefined) return new URLSearchParams()
  return new URLSearchParams(url.hash === '' ? url.search : url.hash.slice(1))
}

/** From the start to the SPA's own address, through a provider that answers at once. */
export async function travel(
  spa: Spa,
  browser: Browser,
  changes: Record<string, string | undefined> = {},
): Promise<Start & { answer: URLSearchParams; last: Page }> {
  const begun = startOf(spa, changes)
  const first = await start(spa, browser, begun.params)
  const last = await browser.follow(first, (url) => url.href.startsWith(spa.redirectUri))
  return { ...begun, answer: answerIn(last.next), last }
}

export interface TokenAnswer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

/** One POST to `/token`, by fetch from the SPA's page. */
export async function postToken(
  spa: Spa,
  params: Record<string, string> | URLSearchParams,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const response = await fetch(`${spa.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams(params),
    headers: { Origin: spa.origin, ...headers },
  })
  const text = await response.text()
  const body: unknown = text === '' ? {} : JSON.parse(text)
  return { status: response.status, headers: response.headers, body: isRecord(body) ? body : {} }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A POST to `/token` with a proof, and once more with the nonce that is asked for. */
export async function provedToken(
  spa: Spa,
  key: DpopKey,
  params: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const htu = `${spa.issuer}/token`
  const first = await postToken(spa, params, { ...headers, DPoP: await key.proof({ htm: 'POST', htu }) })
  const nonce = first.headers.get('dpop-nonce')
  if (first.body.error !== 'use_dpop_nonce' || nonce === null) return first
  return postToken(spa, params, { ...headers, DPoP: await key.proof({ htm: 'POST', htu, nonce }) })
}

export const redemptionOf = (
  spa: Spa,
  trip: { answer: URLSearchParams; verifier: string },
): Record<string, string> => ({
  grant_type: 'authorization_code',
  client_id: spa.clientId,
  redirect_uri: spa.redirectUri,
  code: trip.answer.get('code') ?? '',
  code_verifier: trip.verifier,
})
