import type { Place } from './contract.ts'

/** A provider account whose tokens the vault keeps for a user. One per (userId, provider, subject). */
export interface Connection {
  /** `con_...` */
  id: string
  userId: string
  provider: string
  subject: string
  label?: string
  requestedScopes: string[]
  grantedScopes: string[]
  /** The tokens, sealed for this row at this version (see the vault). */
  sealed: string
  /** Which secret sealed them, as the sealer tells it. */
  keyId: string
  /** 1 at first; goes up by one whenever `sealed` changes. */
  version: number
  /** Whether a refresh token is among them. */
  renewable: boolean
  /** Of the access token. */
  obtainedAt: number
  expiresAt?: number
  /** When the whole grant ends whatever one does. */
  hardEndsAt?: number
  /** When the sweep is to look at it next: a warning to be sent, a renewal lest it die unused. */
  sweepAt?: number
  /** The last warning of the hard end that was sent: 30, 7 or 1. */
  warnedDays?: number
  connectedAt: number
  lastUsedAt?: number
  /** Nothing is renewed any more: its user has to connect the account again. */
  needsReconnect?: { reason: string; since: number }
  renewal: Renewal
}

/** Who renews a connection's tokens, and how it went. */
export interface Renewal {
  /** Goes up with each lease; whoever writes an outcome names the one it holds. */
  fence: number
  /** Held until then, or until its outcome is written. */
  leaseUntil?: number
  /** The journal: a request to the provider was about to be sent then, and nobody has written what came of it. */
  startedAt?: number
  /** In a row. */
  failures: number
  /** `outage`, `settings` or `rate_limit`. */
  failure?: string
  retryAt?: number
}

/** What a connection holds of its account, when it is made and when it is made anew. */
export type ConnectionContent = Pick<
  Connection,
  | 'label'
  | 'requestedScopes'
  | 'grantedScopes'
  | 'sealed'
  | 'keyId'
  | 'renewable'
  | 'obtainedAt'
  | 'expiresAt'
  | 'hardEndsAt'
  | 'sweepAt'
>

export type NewConnection = ConnectionContent &
  Pick<Connection, 'id' | 'userId' | 'provider' | 'subject' | 'connectedAt'>

/**
 * What came of making a connection. Only `done` has changed anything.
 * - `gone`: the entry in quarantine is not there, or due or claimed already, or of another account.
 * - `refused`: the user is disabled or erased.
 * - `conflict`: what was read before does not hold any more: read again.
 */
export type ConnectOutcome = 'done' | 'gone' | 'refused' | 'conflict'

/**
 * Tokens are in a connection or in quarantine, never in both and never in neither, until whoever claimed them from
 * quarantine has revoked them. A user who has a connection is not erased (`UserStore.erase`).
 */
export interface ConnectionStore {
  find(id: string): Promise<Connection | undefined>
  findAccount(userId: string, provider: string, subject: string): Promise<Connection | undefined>
  /** Whether anybody has a connection of this account. */
  holdsAccount(provider: string, subject: string): Promise<boolean>
  /**
   * Newest first, at most `limit` (default: 100); of one user, of some providers, or both. `after` goes on behind the
   * last one that was seen, `createdAt` being its `connectedAt`.
   */
  list(
    filter: { userId?: string; providers?: readonly string[] },
    page?: { limit?: number; after?: Place },
  ): Promise<Connection[]>
  /**
   * Takes tokens out of quarantine and makes the connection, in one transaction. `conflict`: the account has a
   * connection by now. Rejects with `duplicate` when the id exists.
   */
  connect(quarantineId: string, now: number, connection: NewConnection): Promise<ConnectOutcome>
  /**
   * Takes tokens of the same account out of quarantine and replaces what the connection holds, in one transaction; what
   * `content` leaves out is cleared, and so are lease, journal, failures, `needsReconnect` and `warnedDays`. Version and
   * fence go up by one: a renewal under way can write nothing any more. `conflict`: its version is not `from`, it is
   * gone, or it is another account's.
   */
  reconnect(
    quarantineId: string,
    now: number,
    id: string,
    from: number,
    content: ConnectionContent,
  ): Promise<ConnectOutcome>
  /**
   * Deletes a connection at that version and puts its tokens, sealed anew, into quarantine: both or neither. False:
   * moved on or gone. Rejects with `duplicate` when the quarantine has that id.
   */
  remove(id: string, from: number, quarantined: Quarantined): Promise<boolean>

  /**
   * Takes the right to renew until `until`. One statement: of any number of callers in any number of processes one gets
   * it. Undefined unless the version fits, it does not need reconnecting, and nobody holds a lease at `now`. The fence
   * goes up by one. `renewal.startedAt` is left as it was: present when an earlier holder's request has no outcome.
   */
  lease(id: string, at: { version: number; now: number; until: number }): Promise<Connection | undefined>
  /** The journal's entry, just before the request. True while this fence is the row's and its lease lasts at `now`. */
  begin(id: string, fence: number, now: number): Promise<boolean>
  /**
   * Writes what came of it, and ends the lease. True while this fence is the row's, whether or not its lease lasts: an
   * answer that came late is still the only one. For `renewed` the version must be `from`, too: what is sealed is bound
   * to it.
   */
  settle(id: string, fence: number, outcome: RenewalOutcome): Promise<boolean>

  /** Learned that the access token is over: sets `expiresAt` to `now` while the version fits. */
  expire(id: string, version: number, now: number): Promise<boolean>
  /**
   * Sets `needsReconnect` while the version fits and it is not set. Nobody's lease survives, nor the journal; the fence
   * goes up by one.
   */
  markBroken(id: string, version: number, reason: string, now: number): Promise<boolean>
  /** Sets `lastUsedAt` unless it is later than `unlessAfter`: not every use is worth a write. */
  noteUsed(id: string, now: number, unlessAfter: number): Promise<void>
  /** Those whose `sweepAt` has come at `now`, earliest first, at most `limit`. */
  listSweepable(now: number, limit: number): Promise<Connection[]>
  /**
   * Compare-and-set on `sweepAt`: of several processes one sends the warning. Sets both as given; what is left out is
   * cleared.
   */
  noteSwept(id: string, from: number, to: { sweepAt?: number; warnedDays?: number }): Promise<boolean>
  /** Every key id in use, here and in quarantine, in no order. */
  keyIds(): Promise<string[]>
  /** Those not sealed by `keyId`, in order of id, at most `limit`; `afterId` goes on behind the last one that was seen. */
  listSealedOtherwise(keyId: string, limit: number, afterId?: string): Promise<Connection[]>
  /** Of connections; those in quarantine do not count. */
  countSealedOtherwise(keyId: string): Promise<number>
  /**
   * Replaces what is sealed; the version goes up by one. False when it is not `from` any more, and while a lease is held
   * at `now`: whoever holds it is about to write.
   */
  reseal(id: string, from: number, to: { sealed: string; keyId: string }, now: number): Promise<boolean>
}

export type RenewalOutcome =
  /** Replaces what is named here, clears what is left out. The version goes up by one; journal and failures are over. */
  | {
      kind: 'renewed'
      from: number
      sealed: string
      keyId: string
      renewable: boolean
      obtainedAt: number
      expiresAt?: number
      hardEndsAt?: number
      sweepAt?: number
      grantedScopes: string[]
      /** The grant ends later than was warned of: `warnedDays` is cleared. Else it is left as it is. */
      warnAnew?: true
    }
  /** One more failure. `keepJournal`: the provider may have answered all the same, and nobody knows what. */
  | { kind: 'failed'; failure: string; retryAt: number; keepJournal: boolean }
  /** Sets `needsReconnect`; the journal is over. */
  | { kind: 'broken'; reason: string; now: number }
  /** Nothing was sent: the journal is left as it is. */
  | { kind: 'released' }

/**
 * Tokens that no connection holds: obtained and not fetched yet, or left by a connection that is gone. When due they are
 * revoked at their provider. Outlives its user.
 */
export interface Quarantined {
  /** `qtn_...` */
  id: string
  userId: string
  provider: string
  subject: string
  /** The tokens, sealed for this entry (see the vault). */
  sealed: string
  keyId: string
  /** Until then they may be adopted (`ConnectionStore.connect`), unless they were claimed; from then on they are to be revoked. */
  dueAt: number
  /** How often they were claimed. */
  attempts: number
}

export interface QuarantineStore {
  /** Rejects with `duplicate` when the id exists. */
  put(entry: Quarantined): Promise<void>
  find(id: string): Promise<Quarantined | undefined>
  /** Makes it due at `now`, whatever it waited for: nobody can adopt it any more. False: gone (adopted or revoked). */
  hasten(id: string, now: number): Promise<boolean>
  /**
   * Claims what is due at `now`, at most `limit`: it is due again at `until`, and its attempts go up by one. One
   * statement: nothing is claimed twice.
   */
  claimDue(now: number, until: number, limit: number): Promise<Quarantined[]>
  /** Claims one, due or not, for whoever has just put it there. Undefined: gone. */
  claim(id: string, until: number): Promise<Quarantined | undefined>
  /** Makes it due at another time. */
  postpone(id: string, dueAt: number): Promise<void>
  /** False: gone already. */
  drop(id: string): Promise<boolean>
  /** Those not sealed by `keyId`, in order of id, at most `limit`; `afterId` goes on behind the last one that was seen. */
  listSealedOtherwise(keyId: string, limit: number, afterId?: string): Promise<Quarantined[]>
  /** Replaces what is sealed, while it is still `from`. False when it is not. */
  reseal(id: string, from: string, to: { sealed: string; keyId: string }): Promise<boolean>
}

/** A message to the owner's backend that has not been received yet. */
export interface OutboxMessage {
  id: string
  endpoint: string
  type: string
  body: string
  createdAt: number
  dueAt: number
  /** How often it was claimed. */
  attempts: number
}

export interface OutboxStore {
  /** All or none; one whose id is there already is left as it is. */
  add(messages: readonly OutboxMessage[]): Promise<void>
  /**
   * Claims what is due at `now`, at most `limit`: it is due again at `until`, and its attempts go up by one. One
   * statement: nothing is claimed twice. Oldest first.
   */
  claimDue(now: number, until: number, limit: number): Promise<OutboxMessage[]>
  /** Makes it due at another time. */
  postpone(id: string, dueAt: number): Promise<void>
  /** False: gone already. */
  drop(id: string): Promise<boolean>
  /** How many wait. */
  count(): Promise<number>
  /** The same, and when the oldest was made, of the first so many that are due: what it costs is bounded. */
  backlog(limit: number): Promise<{ count: number; oldestAt?: number }>
}

/** A data key that seals tokens, wrapped by whoever keeps the key above it (the hook `wrapKey`). */
export interface VaultKey {
  /** `vky_...` */
  id: string
  /** 1 for the first. The highest one seals. */
  generation: number
  /** As the hook gave it, in base64url. */
  wrapped: string
  createdAt: number
}

export interface VaultKeyStore {
  /** In order of generation: the last one seals. */
  list(): Promise<VaultKey[]>
  /**
   * Adds a key at its generation, in one statement: of any number of processes that add the next one, one gets true; the
   * others get false and read the list again. False, too, for a key that is there.
   */
  add(key: VaultKey): Promise<boolean>
  /**
   * Forgets a key, unless it is the last one or tokens, here or in quarantine, are sealed with one of `keyIds` (what the
   * sealer calls it). False when it was not forgotten.
   */
  remove(id: string, keyIds: readonly string[]): Promise<boolean>
}
