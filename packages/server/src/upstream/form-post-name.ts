import type { ValidatedCallback } from './contract.ts'
import { isObject, parseObject } from './json.ts'

const longest = 1_000

/**
 * The name in the form_post answer's `user` (Apple: the first time only), not yet cleaned. It came by way of the browser, and
 * nobody has signed it: whoever signs in can write there what they like, so that it is for display and decides nothing. Undefined
 * where there is none.
 */
export function postedName({ received }: ValidatedCallback): string | undefined {
  const user = received?.get('user') ?? ''
  const { name } = (user.length <= longest ? parseObject(user) : undefined) ?? {}
  if (!isObject(name)) return undefined
  const parts = [name.firstName, name.lastName].filter(
    (part) => typeof part === 'string' && part.trim() !== '',
  )
  return parts.length === 0 ? undefined : parts.join(' ')
}
