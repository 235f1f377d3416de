import type { RedeemDeps } from '../journey/index.ts'
import type { Deps } from './deps.ts'

/** What it takes to redeem a code of whatever kind. */
export const redeemDeps = ({ clock, events, storage, vault }: Deps): RedeemDeps => ({
  ...{ clock, events, oneTime: storage.oneTime, sessions: storage.sessions },
  discard: vault.discard,
})
