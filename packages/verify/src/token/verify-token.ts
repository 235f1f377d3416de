import { createBoundedMap } from '../bounded-map.ts'
import type { KeySet } from '../keys/key-set.ts'
import { checkTimes, checkToken, Refused, type TokenPolicy } from './check.ts'
import { describe, type Verified } from './verified.ts'

/** Larger tokens are refused before anything is done with them (CVE-2025-61920). */
const maxTokenLength = 8192

/**
 * Verifies tokens and remembers at most `maxSeen` of those that passed, by the whole token. One that was seen is
 * accepted again without its signature being verified, as long as its times allow it and the issuer's keys are the same
 * as then: withdrawing a key takes effect for seen tokens too.
 */
export function createTokenVerifier(
  policy: TokenPolicy,
  keys: KeySet,
  maxSeen: number,
): (jwt: string, now: number) => Promise<Verified> {
  const seen = createBoundedMap<{ verified: Verified; epoch: number }>(maxSeen)

  return async (jwt, now) => {
    if (jwt.length > maxTokenLength) throw new Refused('too_long')
    const known = seen.get(jwt)
    if (known && keys.usable(now) && known.epoch === keys.epoch()) {
      checkTimes(known.verified.claims, policy.toleranceMs, now)
      return known.verified
    }
    const verified = describe(await checkToken(jwt, policy, keys, now))
    if (maxSeen > 0) seen.set(jwt, { verified, epoch: keys.epoch() })
    return verified
  }
}
