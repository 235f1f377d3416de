import type { WireRules } from '@latchkey/providers'
import { isPlainObject } from '../path.ts'
import { camelCase, renameKeys, snakeCase } from './names.ts'

/** Rules whose value has names of ours in it, too. */
const nested: readonly string[] = ['exchange', 'refreshExchange'] satisfies (keyof WireRules)[]

/** Wire rules as a configuration file writes them. */
export const wireToFile = (wire: Partial<WireRules>): Record<string, unknown> =>
  renameKeys(
    Object.fromEntries(
      Object.entries(wire).map(([key, value]) => [
        key,
        nested.includes(key) && isPlainObject(value) ? renameKeys(value, snakeCase) : value,
      ]),
    ),
    snakeCase,
  )

/** And back. Takes only what has passed the schema, which is held to `WireRules` in `schema/wire.ts`. */
export const wireFromFile = (wire: object): Partial<WireRules> =>
  Object.fromEntries(
    Object.entries(renameKeys(wire, camelCase)).map(([key, value]) => [
      key,
      nested.includes(key) && isPlainObject(value) ? renameKeys(value, camelCase) : structuredClone(value),
    ]),
  )
