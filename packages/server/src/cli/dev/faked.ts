import { randomBytes } from 'node:crypto'
import { findEntry } from '../../config/index.ts'
import type { FakeProvider } from './testing.ts'

type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Of what nobody has looked at yet; none, where it is no object. */
export const membersOf = (value: unknown): Members => (isMembers(value) ? value : {})

/** Of a provider's settings, what says nothing of where it is or who we are there. */
const kept = ['name', 'logo', 'sign_in', 'connect', 'scopes', 'connect_scopes']

/** Ids of the catalogue that a configuration names: those are played with their quirks. */
export const playedIn = (written: unknown): string[] => [
  ...new Set(
    Object.entries(membersOf(membersOf(written).providers)).flatMap(([key, one]) => catalogueId(key, one)),
  ),
]

function catalogueId(key: string, written: unknown): string[] {
  const { type, catalogue = key } = membersOf(written)
  if (type !== undefined || typeof catalogue !== 'string') return []
  return findEntry(catalogue).entry === undefined ? [] : [catalogue]
}

/** What an installation has, and a try has not: a try tells nobody of its people, and lets all of them in. */
const left = ['operations', 'signup', 'webhooks', 'wrapKey']

/**
 * A configuration for a try: everything as it is written, but every provider is the fake one, under the same key, and the
 * database is in memory, under a secret of its own.
 */
export function faked(written: unknown, fake: FakeProvider): Members {
  const rest = Object.fromEntries(Object.entries(membersOf(written)).filter(([key]) => !left.includes(key)))
  const providers = Object.entries(membersOf(rest.providers)).map(([key, one]) => [
    key,
    fakeFor(key, one, fake),
  ])
  return {
    ...rest,
    storage: 'sqlite::memory:',
    secrets: [randomBytes(32).toString('base64url')],
    ...(isMembers(rest.rate_limits) && { rate_limits: { ...rest.rate_limits, storage: 'memory' } }),
    ...(isMembers(rest.hooks) && { hooks: { ...rest.hooks, wrapKey: undefined } }),
    providers:
      providers.length === 0
        ? { fake: { ...fake.oidc, name: 'Example Accounts', connect: true } }
        : Object.fromEntries(providers),
  }
}

function fakeFor(key: string, written: unknown, fake: FakeProvider): unknown {
  const members = membersOf(written)
  const own = Object.fromEntries(kept.flatMap((name) => (name in members ? [[name, members[name]]] : [])))
  const [catalogue] = catalogueId(key, written)
  if (catalogue !== undefined) {
    return { ...(catalogue !== key && { catalogue }), ...own, ...fake.played(catalogue).settings }
  }
  switch (members.type) {
    case 'oidc':
      return { ...own, ...fake.oidc }
    case 'oauth2':
      return { ...own, ...fake.oauth2 }
    case 'oauth1':
      return { ...own, ...fake.oauth1 }
    default:
      // For the mistake that it is.
      return written
  }
}
