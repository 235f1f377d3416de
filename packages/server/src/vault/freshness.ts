import type { Connection } from '../storage/index.ts'

/**
 * How good an access token is now. `fresh`: for whatever one does with it. `ageing`: still, but it is time to renew it behind
 * the caller's back. `short`: it lives, with less left than a hand-out promises. `over`: it does not.
 */
export type Freshness = 'fresh' | 'ageing' | 'short' | 'over'

const minute = 60_000

/**
 * What a hand-out promises: 60 s, or half of the token's life where that is less. Before that, within another 60 s or a
 * quarter of its life, each connection has a moment of its own from which on it is `ageing`, so that tokens obtained
 * together are not renewed together. A token without a known end is fresh until somebody reports that it is not.
 */
export function freshnessOf(
  token: Pick<Connection, 'id' | 'obtainedAt' | 'expiresAt'>,
  now: number,
): Freshness {
  const { id, obtainedAt, expiresAt } = token
  if (expiresAt === undefined) return 'fresh'
  if (now >= expiresAt) return 'over'
  const life = Math.max(0, expiresAt - obtainedAt)
  const promised = expiresAt - Math.min(minute, life / 2)
  if (now >= promised) return 'short'
  return now >= promised - fractionOf(id) * Math.min(minute, life / 4) ? 'ageing' : 'fresh'
}

/** In [0, 1), the same for the same text: FNV-1a, its bits mixed so that texts that differ little lie far apart. */
export function fractionOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
