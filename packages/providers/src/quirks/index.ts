import type { Entry } from '../entry.ts'
import { standardRules, type WireRules } from '../wire.ts'
import { authorizeQuirks } from './authorize.ts'
import { callbackQuirks } from './callback.ts'
import { oauth1Quirks } from './oauth1.ts'
import { placeQuirks } from './places.ts'
import type { Quirk } from './quirk.ts'
import { refreshQuirks } from './refresh.ts'
import { tokenQuirks } from './token.ts'
import { userinfoQuirks } from './userinfo.ts'

export type { Quirk } from './quirk.ts'

/** A key of `quirks`; a test holds every entry to them. */
export type QuirkName = string

/** Every known deviation by name. */
export const quirks: ReadonlyMap<string, Quirk> = new Map(
  [
    ...authorizeQuirks,
    ...callbackQuirks,
    ...tokenQuirks,
    ...refreshQuirks,
    ...userinfoQuirks,
    ...placeQuirks,
    ...oauth1Quirks,
  ].map((quirk) => [quirk.name, quirk]),
)

/** Name -> one line of description: every quirk that configuration may ask for. */
export const knownQuirks: ReadonlyMap<string, string> = new Map(
  [...quirks.values()].flatMap(({ name, description, rules }) =>
    rules === undefined ? [] : [[name, description] as const],
  ),
)

/** All deviations of an entry: those it names and those that its other fields amount to. */
export const quirksOf = (entry: Entry): Quirk[] =>
  [...quirks.values()].filter(
    ({ name, holds }) => entry.quirks?.includes(name) === true || holds?.(entry) === true,
  )

/**
 * The standards, changed by quirks, changed by values of a provider's own. Objects of one name are merged.
 * @throws RangeError for a name that is none
 */
export function rulesFor(names: readonly QuirkName[], own: Partial<WireRules> = {}): WireRules {
  const rules: WireRules = { ...standardRules }
  for (const change of [...names.map(changesOf), own]) {
    const { authorizeNames, tokenNames, tokenOmits } = rules
    Object.assign(rules, change, {
      authorizeNames: { ...authorizeNames, ...change.authorizeNames },
      tokenNames: { ...tokenNames, ...change.tokenNames },
      tokenOmits: [...tokenOmits, ...(change.tokenOmits ?? [])],
    })
  }
  return rules
}

function changesOf(name: QuirkName): Partial<WireRules> {
  const quirk = quirks.get(name)
  if (quirk === undefined) throw new RangeError(`there is no quirk ${name}`)
  return quirk.rules ?? {}
}
