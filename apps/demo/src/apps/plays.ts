/** What the apps' provider can be made to do. */
export type Play =
  | 'fewer-scopes'
  | 'taken-back'
  | 'lost-answer'
  | 'error-with-200'
  | 'no-expiry'
  | 'slow'
  | 'down'
  | 'rate-limit'
  | 'not-revoked'

/** What the apps' provider has seen, for the page: no token is in it. */
export interface AppsView {
  /** People are granting less than they are asked for. */
  fewerScopes: boolean
  /** What will happen at the next renewal or revocation. */
  waiting: Play[]
  /** What people have consented to, the newest first. */
  grants: {
    id: string
    app: 'calendar' | 'ledger'
    account: string
    renewals: number
    /** How often a refresh token came that had been used before. */
    reuses: number
    /** Who ended it; absent while it lives. */
    ended?: string
  }[]
}
