import { type Entry, fillTenant, quirksOf, rulesFor, type WireRules } from '@latchkey/providers'
import type { Client } from '../clients.ts'
import { createGrants, type Grant, type Grants } from '../grants.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import type { Realm } from '../realm.ts'
import { type PlayedUrls, urlsOf } from './urls.ts'

/** One entry of the catalogue on the stage: the endpoints are functions of it. */
export interface Play {
  realm: Realm
  /** Its placeholders filled. */
  entry: Entry
  /** What they were filled with, by their names. */
  tenant: Readonly<Record<string, string>>
  rules: WireRules
  /** Names of all its quirks. */
  quirks: ReadonlySet<string>
  urls: PlayedUrls
  client: Client & { client_secret: string }
  /** The key that the app has registered, where the entry wants one. */
  appKey: SigningKey
  grants: Grants
  /** Short-lived access tokens, good until they are exchanged or over. */
  brief: Grants
  /** Where the app says that answers go; absent: anywhere on loopback. */
  registered: { uri?: string }
  /** The state that each grant was asked for with. */
  states: WeakMap<Grant, string>
  /** The code that each grant was redeemed by. */
  codes: WeakMap<Grant, string>
  /** Personas whose name has been told. */
  told: Set<string>
}

const day = 86_400
const century = 36_500 * day

/** How long access tokens live, and whether an answer says so. */
const accessSeconds = ({ refresh, wire, quirks = [] }: Entry, usual: number): number => {
  const never =
    refresh.neverExpires === true || wire?.zeroExpiry === 'never' || quirks.includes('expires-in-zero')
  return never ? century : (refresh.accessTokenSeconds ?? usual)
}

/** Seconds after the consent at which refresh tokens are over, whatever one does. */
export const endOf = (play: Play, grant: Grant): number =>
  grant.authTime + (play.entry.refresh.endsAfterDays ?? century / day) * day

/**
 * Puts an entry on the stage, each placeholder filled with its default or its example.
 * @throws TypeError for an entry whose own examples do not fit
 */
export const createPlay = (realm: Realm, given: Entry, appKey: SigningKey): Play => {
  const tenant = Object.fromEntries(
    Object.entries(given.tenant ?? {}).map(([name, { default: usual, example }]) => [name, usual ?? example]),
  )
  const { entry, problems } = fillTenant(given, tenant)
  if (entry === undefined) {
    throw new TypeError(
      `${given.id}: ${problems.map(({ name, problem }) => `${name} ${problem}`).join(', ')}`,
    )
  }
  const quirks = quirksOf(entry).map(({ name }) => name)
  const { clock, ids, lifetimes } = realm
  const { endsAfterDays, endsUnusedAfterDays } = entry.refresh
  const refreshDays = endsUnusedAfterDays ?? endsAfterDays
  const accessToken = accessSeconds(entry, lifetimes.accessToken)
  // It outlives what it renews, whatever the usual is.
  const usual = Math.max(lifetimes.refreshToken, accessToken * 2)
  const refreshToken = refreshDays === undefined ? usual : refreshDays * day
  return {
    ...{ realm, entry, tenant, appKey },
    rules: rulesFor(quirks, entry.wire),
    quirks: new Set(quirks),
    urls: urlsOf(entry, realm.origin),
    // Every character that form-encoding changes, so that it shows who encodes and who does not.
    client: { client_id: `app-of-${entry.id}`, client_secret: `played+${entry.id}/secret%3D=` },
    grants: createGrants({ clock, ids, lifetimes: { ...lifetimes, accessToken, refreshToken } }),
    brief: createGrants({ clock, ids, lifetimes: { ...lifetimes, accessToken: 3600 } }),
    registered: {},
    states: new WeakMap(),
    codes: new WeakMap(),
    told: new Set(),
  }
}
