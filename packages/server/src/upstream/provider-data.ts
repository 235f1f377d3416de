import type { WireRules } from '@latchkey/providers'
import type { ProviderData } from './contract.ts'
import { atPath } from './profile.ts'
import { hasControls } from './text.ts'

const mostEntries = 16
const mostCharacters = 512

/** Tokens, which are nobody's but the vault's, and what is spent. */
const never = new Set(['code', 'state', 'access_token', 'id_token', 'refresh_token'])
const mayBeKept = (path: string): boolean => !never.has(path.slice(path.lastIndexOf('.') + 1))

/** What the callback says that is kept with the tokens. */
export const dataFromCallback = (rules: WireRules, received: URLSearchParams | undefined): ProviderData =>
  collect(
    [
      ...(rules.tokenHost === undefined ? [] : [rules.tokenHost.parameter]),
      ...rules.keepFromCallback.filter((name) => name !== rules.callbackNames.code && mayBeKept(name)),
    ],
    (name) => received?.get(name),
  )

/** What goes back to the token endpoint: with the code all of it, with a refresh as far as it was kept. */
export const sentFromCallback = (
  { sendFromCallback = [] }: WireRules,
  said: URLSearchParams | ProviderData | undefined,
): ProviderData =>
  collect(sendFromCallback, (name) => (said instanceof URLSearchParams ? said.get(name) : said?.[name]))

/**
 * What a token response says that is kept with the tokens, by path from the whole answer.
 * @param tokens those of the answer, which are not data whatever they are called in it
 */
export const dataFromToken = (
  { keepFromToken }: WireRules,
  answer: object,
  tokens: readonly unknown[],
): ProviderData =>
  collect(keepFromToken.filter(mayBeKept), (path) => {
    const value = atPath(answer, path)
    return tokens.includes(value) ? undefined : value
  })

/** The later comes before the earlier; undefined when there is nothing. */
export function mergedData(...earlierToLater: (ProviderData | undefined)[]): ProviderData | undefined {
  const merged = new Map(earlierToLater.flatMap((data = {}) => Object.entries(data)))
  const entries = [...merged].slice(0, mostEntries)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function collect(names: readonly string[], find: (name: string) => unknown): ProviderData {
  const found = names.flatMap((name) => {
    const value = textOf(find(name))
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(found.slice(0, mostEntries))
}

/** A scalar as text. What is no scalar, empty or beyond measure is not there. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string' || value === '' || value.length > mostCharacters) return undefined
  return hasControls(value) ? undefined : value
}
