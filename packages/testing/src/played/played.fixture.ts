import type { Entry } from '@latchkey/providers'
import { challenge, membersOf, quietProvider, redirectUri, standingClock, verifier } from '../flow.fixture.ts'
import type { FakeProvider, FakeProviderOptions } from '../index.ts'
import type { PlayedProvider } from './index.ts'

/** A provider by the standards, but for what a test changes. */
export const entryWith = (changes: Partial<Entry> = {}): Entry => ({
  id: 'made-up',
  name: 'Made Up',
  protocol: 'oauth2',
  domains: ['made-up.example'],
  endpoints: {
    authorization: 'https://made-up.example/authorize',
    token: 'https://made-up.example/token',
    userinfo: 'https://made-up.example/me',
  },
  identity: { from: 'userinfo', subject: 'id', email: 'email' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 0 },
  ...changes,
})

export interface Stage {
  provider: FakeProvider
  played: PlayedProvider
  clock: ReturnType<typeof standingClock>
  /** The URL of an endpoint, by its configuration key. */
  at(key: string): string
}

export const textAt = ({ settings }: PlayedProvider, key: string): string => {
  const value = settings[key]
  return typeof value === 'string' ? value : ''
}

export const stageOf = async (entry: Entry, options: FakeProviderOptions = {}): Promise<Stage> => {
  const clock = standingClock()
  const provider = await quietProvider({ clock, plays: [entry], ...options })
  const played = provider.played(entry.id)
  return { provider, played, clock, at: (key) => textAt(played, key) }
}

export const stage = (changes: Partial<Entry> = {}, options: FakeProviderOptions = {}) =>
  stageOf(entryWith(changes), options)

/** Undefined takes a parameter away. */
export type Changes = Record<string, string | undefined>

export const paramsOf = (standard: Changes, changes: Changes): URLSearchParams => {
  const all = Object.entries({ ...standard, ...changes })
  return new URLSearchParams(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

export const idOf = ({ played }: Stage): string => textAt(played, 'client_id')
export const secretOf = ({ played }: Stage): string => textAt(played, 'client_secret')

/** What the browser carries back from a request by the standards, but for `changes`. */
export const consent = async (on: Stage, changes: Changes = {}): Promise<URLSearchParams> => {
  const standard = {
    client_id: idOf(on),
    redirect_uri: redirectUri,
    response_type: 'code',
    state: 'a-state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }
  const url = new URL(on.at('authorization_endpoint'))
  for (const [name, value] of paramsOf(standard, changes)) url.searchParams.set(name, value)
  const response = await on.provider.fetch(url)
  return new URL(response.headers.get('location') ?? 'about:blank').searchParams
}

export const codeParams = (on: Stage, code: string | null, changes: Changes = {}): URLSearchParams =>
  paramsOf(
    {
      grant_type: 'authorization_code',
      code: code ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
      client_id: idOf(on),
      client_secret: secretOf(on),
    },
    changes,
  )

export const post = (on: Stage, url: string, params: URLSearchParams, headers: Record<string, string> = {}) =>
  on.provider.fetch(url, { method: 'POST', body: params, headers })

/** Redeems a fresh code by the standards, but for `changes`. */
export const redeem = async (on: Stage, changes: Changes = {}, headers: Record<string, string> = {}) => {
  const code = (await consent(on)).get('code')
  return post(on, on.at('token_endpoint'), codeParams(on, code, changes), headers)
}

export const tokens = async (on: Stage, changes: Changes = {}, headers: Record<string, string> = {}) =>
  membersOf(await redeem(on, changes, headers))

export const refreshed = (on: Stage, refreshToken: unknown, changes: Changes = {}) =>
  post(
    on,
    on.at('token_endpoint'),
    paramsOf(
      {
        grant_type: 'refresh_token',
        refresh_token: String(refreshToken),
        client_id: idOf(on),
        client_secret: secretOf(on),
      },
      changes,
    ),
  )

export const ask = (on: Stage, url: string, token: unknown, scheme = 'Bearer') =>
  on.provider.fetch(url, { headers: { authorization: `${scheme} ${String(token)}` } })

/** The code of an error, or the status where there is none. */
export const outcome = async (answer: Promise<Response> | Response): Promise<unknown> => {
  const response = await answer
  if (response.status === 200) return 'ok'
  const text = await response.text()
  const { error }: { error?: unknown } = text.startsWith('{') ? JSON.parse(text) : {}
  return error ?? response.status
}
