import { type Entry, entryOf } from '@latchkey/providers'
import { type GrantFilter, type GrantView, revokeGrants, viewGrants } from '../grant-views.ts'
import { generateSigningKey } from '../keys/signing-key.ts'
import type { Realm } from '../realm.ts'
import { subjectAt } from './person.ts'
import { createPlay, type Play } from './play.ts'
import { type PlayedSettings, settingsOf } from './settings.ts'

/** An entry of the catalogue that the fake plays, with its quirks and as strictly as it can. */
export interface PlayedProvider {
  /** Its placeholders filled with their defaults or examples. */
  readonly entry: Entry
  /**
   * For `providers: { [id]: settings }` under the catalogue's own id: the credentials, the tenant, and every URL of the entry
   * at the fake. What else there is to know comes from the catalogue.
   */
  readonly settings: PlayedSettings
  /** Takes access tokens as bearers, and with OAuth 1.0a signed requests, here and below; 401 when they are over or revoked. */
  readonly api: string
  /**
   * Registers the one redirect URI that is taken; without it any on loopback is. Needed where a provider is told the name of an
   * address instead of the address.
   */
  register(redirectUri: string): void
  /**
   * The account's subject, read as the entry says.
   * @throws TypeError for an unknown persona
   */
  subjectOf(persona: string): string
  /** What people have consented to here, oldest first. */
  grants(filter?: GrantFilter): GrantView[]
  /** As `provider.revokeGrant`, here. */
  revokeGrant(filter?: GrantFilter): number
}

export interface Plays {
  readonly list: readonly Play[]
  find(id: string): PlayedProvider
}

const shown = (play: Play): PlayedProvider => ({
  entry: play.entry,
  settings: settingsOf(play),
  api: play.urls.api,
  register: (redirectUri) => {
    play.registered.uri = redirectUri
  },
  subjectOf: (id) => {
    const persona = play.realm.personas.find(id)
    if (persona === undefined) throw new TypeError(`no persona "${id}"`)
    return subjectAt(play, persona)
  },
  grants: (filter) => viewGrants(play, filter),
  revokeGrant: (filter) => revokeGrants(play, filter),
})

const known = (id: string): Entry => {
  const entry = entryOf(id)
  if (entry === undefined) throw new TypeError(`the catalogue has no ${id}`)
  return entry
}

/** @throws TypeError for entries that cannot be played, and for one that is given twice */
export const createPlays = async (realm: Realm, given: readonly (Entry | string)[]): Promise<Plays> => {
  const entries = given.map((one) => (typeof one === 'string' ? known(one) : one))
  if (entries.length === 0) return { list: [], find }
  const appKey = await generateSigningKey('ES256')
  const signsWithRsa = ({ oauth1 }: Entry): boolean => oauth1?.signatureMethod === 'RSA-SHA1'
  const rsaKey = entries.some(signsWithRsa) ? await generateSigningKey('RS256') : appKey
  const list = entries.map((entry) => createPlay(realm, entry, signsWithRsa(entry) ? rsaKey : appKey))
  const byId = new Map(list.map((play) => [play.entry.id, shown(play)]))
  if (byId.size < list.length) throw new TypeError('an entry is played twice')
  return { list, find: (id) => byId.get(id) ?? find(id) }
}

const find = (id: string): never => {
  throw new TypeError(`${id} is not among the entries that are played`)
}
