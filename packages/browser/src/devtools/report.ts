import type { Claims } from '../encoding.ts'
import type { AuthError } from '../errors.ts'
import type { AuthOptions, AuthState } from '../types.ts'
import { lastJourney, type StationState } from './journey.ts'
import type { Entry } from './record.ts'
import type { Seen } from './watch.ts'

/** All that the panel shows, as data; no secret is in it, so it may be sent along with a bug report. */
export interface Report {
  facts: Record<string, string>
  user: Record<string, string> | undefined
  /** Of the last access token that passed by. */
  claims: Record<string, string> | undefined
  journey: StationState[] | undefined
  entries: readonly Entry[]
}

export interface ReportInput {
  options: AuthOptions | undefined
  state: AuthState | undefined
  seen: Seen
  tabs: number
  entries: readonly Entry[]
  now: number
}

export function makeReport({ options, state, seen, tabs, entries, now }: ReportInput): Report {
  const reason = state && reasonOf(state)
  const { clockOffset, nonceOrigins } = seen
  const signedIn = state?.status === 'signed-in'
  return {
    facts: present({
      state: state?.status ?? 'not mounted',
      because: reason && `${reason.code}, ${reason.action}`,
      issuer: options?.issuer,
      client: options?.clientId,
      'kept in': options && (options.persistence ?? 'device'),
      resources: options?.resources?.join(' '),
      'server’s clock': clockOffset === undefined ? undefined : ahead(clockOffset),
      'nonces from': nonceOrigins.join(' ') || undefined,
      tabs: tabs > 0 ? `${tabs} with this panel` : undefined,
    }),
    user: signedIn ? texts({ ...state.user }, now) : undefined,
    claims: signedIn && seen.claims ? texts(seen.claims, now) : undefined,
    journey: lastJourney(entries),
    entries,
  }
}

/** Why the state is what it is, if something went wrong. */
export const reasonOf = (state: AuthState): AuthError | undefined =>
  'error' in state ? state.error : 'reason' in state ? state.reason : undefined

const ahead = (milliseconds: number) =>
  `${Math.abs(milliseconds / 1000).toFixed(1)} s ${milliseconds < 0 ? 'behind' : 'ahead of'} this one`

const times = ['exp', 'iat', 'nbf', 'auth_time', 'updated_at']

function texts(claims: Claims, now: number): Record<string, string> {
  return present(
    Object.fromEntries(
      Object.entries(claims).map(([name, value]) => [
        name,
        times.includes(name) && typeof value === 'number'
          ? moment(value * 1000, now)
          : typeof value === 'string'
            ? value
            : JSON.stringify(value),
      ]),
    ),
  )
}

/** @param at ms */
function moment(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000)
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return `${at / 1000}`
  return `${date.toISOString()}, ${seconds < 0 ? `${-seconds} s ago` : `in ${seconds} s`}`
}

const present = (facts: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== ''),
  )
