import { LatchkeyError } from '../../errors.ts'
import { authorizeQuirks } from './authorize.ts'
import { type Quirk, standardRules, type WireRules } from './rules.ts'
import { tokenQuirks } from './token.ts'
import { userinfoQuirks } from './userinfo.ts'

export type { WireRules } from './rules.ts'

const quirks: ReadonlyMap<string, Quirk> = new Map(
  [...authorizeQuirks, ...tokenQuirks, ...userinfoQuirks].map((quirk) => [quirk.name, quirk]),
)

/** Name -> one line of description: every quirk that configuration may ask for. */
export const knownQuirks: ReadonlyMap<string, string> = new Map(
  [...quirks.values()].map(({ name, description }) => [name, description]),
)

/** @throws LatchkeyError `unknown_quirk` */
export function rulesFor(names: string[]): WireRules {
  const rules = { ...standardRules }
  for (const name of names) {
    const quirk = quirks.get(name)
    if (quirk === undefined) throw new LatchkeyError('unknown_quirk', `there is no quirk ${name}`)
    Object.assign(rules, quirk.rules)
  }
  return rules
}
