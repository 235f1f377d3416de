import type { ConnectionStore, OutboxStore, QuarantineStore, VaultKeyStore } from './vault-contract.ts'

export type * from './vault-contract.ts'

/**
 * What Latchkey asks of a database, in its own words. An engine that passes `storageConformance` may
 * stand behind the server. Times are milliseconds since the Unix epoch; ids are opaque strings; what is
 * unknown is absent.
 *
 * Every method either takes effect durably before its promise resolves, or rejects with `StorageError`
 * and may have taken effect (the connection broke after the commit): callers treat a rejection as "unknown".
 */
export interface Storage {
  /**
   * Brings the schema up to date, all or nothing. Safe to call from several processes at once. Rejects with
   * `schema_too_new` when a newer version has made it unusable for this one, `corrupt` when the database is
   * somebody else's.
   */
  migrate(): Promise<void>
  /**
   * Rejects when the database cannot be reached (`unavailable`) or its schema does not fit the code
   * (`schema_too_old`: migrate; `schema_too_new`: update). A newer schema that only adds fits.
   */
  ping(): Promise<void>
  /**
   * Deletes expired one-time things, sessions that have been over for a day, and what is kept of erased users'
   * sessions for a day; at most `limit` rows. Says how many went: as many as `limit` means that there may be more.
   */
  sweep(now: number, limit: number): Promise<number>
  /** Answers what was asked already, refuses what comes later (`unavailable`), lets the database go. */
  close(): Promise<void>

  readonly oneTime: OneTimeStore
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly signingKeys: SigningKeyStore
  readonly connections: ConnectionStore
  readonly quarantine: QuarantineStore
  readonly outbox: OutboxStore
  readonly vaultKeys: VaultKeyStore
  readonly providerOutcomes: ProviderOutcomeStore
}

/** How it went with a provider, counted. */
export interface ProviderOutcome {
  provider: string
  /** `ok`, or the stable word for why it did not go well: `invalid_client`, `subject_malformed`. */
  outcome: string
  count: number
  firstAt: number
  lastAt: number
}

/** For whoever looks after an installation (`latchkey doctor`); nothing is decided by it. */
export interface ProviderOutcomeStore {
  /** Adds to what is known of each: one row for a provider and an outcome. */
  add(outcomes: readonly ProviderOutcome[]): Promise<void>
  /** All, by provider and outcome. */
  list(): Promise<ProviderOutcome[]>
}

/**
 * What a one-time thing is for. Kinds do not share keys. A `code` says in its value what it yields, so that one of
 * another kind is burned all the same. `assertion` and `logout_token` are taken by their `jti`. An `invite` is consumed
 * together with the making of its user (`UserStore.createWithIdentity`).
 */
export type OneTimeKind = 'code' | 'journey' | 'request_uri' | 'assertion' | 'logout_token' | 'invite'

export interface OneTimeStore {
  /**
   * Stores a thing that may be consumed once until `expiresAt`.
   * `key` is never the secret itself but its hash; `value` is what consuming yields.
   * Rejects with `StorageError` (`duplicate`) when the key exists.
   */
  issue(thing: { kind: OneTimeKind; key: string; value: string; expiresAt: number }): Promise<void>

  /**
   * Takes a one-time thing. One statement whose WHERE holds every condition and whose row count decides, so
   * that of any number of callers in any number of processes exactly one sees `consumed`.
   *
   * Without `unissued`, the thing must have been issued and must not have expired. With it, the thing was
   * never issued: its first sight is its use, remembered until `unissued.expiresAt`; its value is ''. A thing
   * that is over already (`unissued.expiresAt <= now`) is `absent`, and so is one that was issued after all.
   *
   * A consumed thing is remembered until it expires: consuming it again yields `replayed`, marks it as such
   * (see `SessionStore.create`), and returns its value. At `expiresAt` it is over.
   */
  consumeOnce(
    thing: { kind: OneTimeKind; key: string },
    now: number,
    unissued?: { expiresAt: number },
  ): Promise<Consumption>
}

export type Consumption =
  | { outcome: 'consumed'; value: string }
  | { outcome: 'replayed'; value: string }
  | { outcome: 'absent' }

export interface Profile {
  name?: string
  email?: string
  emailVerified?: boolean
  picture?: string
}

export interface User extends Profile {
  id: string
  createdAt: number
  disabledAt?: number
}

/** A (provider, subject) that signs a user in. `issuer` is the OIDC issuer, or `provider:<id>` where there is none. */
export interface Identity {
  id: string
  userId: string
  provider: string
  issuer: string
  subject: string
  label?: string
  /** The e-mail address that the provider vouched for, in lower case; only when verified. */
  verifiedEmail?: string
  createdAt: number
}

export type NewIdentity = Omit<Identity, 'userId'>

/** A place in a list that is read page by page: the last one that was seen. */
export interface Place {
  createdAt: number
  id: string
}

/** What else must hold for a user to be made. */
export interface CreationTerms {
  /** The user comes by invitation: the first of these one-time things of the kind `invite` that lives is consumed. */
  invite?: { keys: readonly string[]; now: number }
  /** No user has the identity's verified e-mail address yet. */
  newEmail?: boolean
}

export interface UserStore {
  find(userId: string): Promise<User | undefined>
  /** The identity's owner. One read. */
  findByIdentity(issuer: string, subject: string): Promise<{ user: User; identity: Identity } | undefined>
  /** Users that own an identity with this verified e-mail address (lower case), at most `limit`. */
  findByVerifiedEmail(email: string, limit: number): Promise<User[]>
  /** Users, newest first, at most `limit` (default: 100). `after` goes on behind the last one that was seen. */
  list(page?: { limit?: number; after?: Place }): Promise<User[]>
  /**
   * Creates a user together with the identity that signs them in, and consumes their invitation: all or nothing, so that
   * no invitation is lost to a user who did not come to be, and none makes two.
   * `identity_taken` when (issuer, subject) has an owner already, `email_taken` and `not_invited` when the terms do not
   * hold: read again. Rejects with `duplicate` when one of the two ids exists.
   */
  createWithIdentity(
    user: User,
    identity: NewIdentity,
    terms?: CreationTerms,
  ): Promise<'created' | 'identity_taken' | 'email_taken' | 'not_invited'>
  /**
   * Replaces the profile and the identity's label and verified e-mail address. What is absent is cleared. Does
   * nothing to an identity that is not the user's, and nothing at all for an unknown user.
   */
  updateProfile(
    userId: string,
    profile: Profile,
    identity: { id: string; label?: string; verifiedEmail?: string },
  ): Promise<void>
  /** All identities of a user, oldest first. */
  listIdentities(userId: string): Promise<Identity[]>
  /**
   * Gives a user a further identity. `identity_taken` when (issuer, subject) has an owner, this user included. Rejects
   * with `constraint` when the user does not exist, `duplicate` when the id does.
   */
  addIdentity(userId: string, identity: NewIdentity): Promise<'added' | 'identity_taken'>
  /**
   * Gives a user the identity with which they have just signed in for the first time. One statement holds every
   * condition: the user exists and is not disabled, (issuer, subject) has no owner and, with `vouchedBy`, this identity
   * of theirs has the verified e-mail address of the new one, which no other user has, nor another account of theirs at
   * the same issuer. False when one does not hold: read again.
   */
  joinIdentity(userId: string, identity: NewIdentity, vouchedBy?: string): Promise<boolean>
  /**
   * Takes an identity from a user, unless it is the last one: one statement decides, so that two removals at once never
   * leave none. `unknown` when the user has no such identity. Sessions that it signed in live on, out of reach of the
   * provider's logout tokens.
   */
  removeIdentity(userId: string, identityId: string): Promise<'removed' | 'last_identity' | 'unknown'>
  /**
   * Disables a user and ends their living sessions (`user_disabled`): both or neither. No session of theirs begins to
   * live from then on. False when the user is unknown or disabled already.
   */
  disable(userId: string, now: number): Promise<boolean>
  /** Lets a disabled user sign in again; what has ended stays ended. False when unknown or not disabled. */
  enable(userId: string): Promise<boolean>
  /**
   * Erases a user with identities and sessions; what is in quarantine stays there until it is revoked. Of each session
   * that lived, or was ended within the last day, the revocation feed keeps the id and the time of its end, for a day from
   * then. `connected`, and nothing is erased, while the user has a connection: its tokens go into quarantine before
   * (`ConnectionStore.remove`), or nobody could revoke them.
   */
  erase(userId: string, now: number): Promise<'erased' | 'connected' | 'unknown'>
}

export interface Session {
  id: string
  userId: string
  clientId: string
  /** The provider and the identity that signed the user in. */
  provider: string
  identityId: string
  /** The generation of the refresh token: the token of this counter is the live one. */
  counter: number
  createdAt: number
  /** When the counter last moved; the grace for the previous generation counts from here. */
  rotatedAt: number
  idleExpiresAt: number
  absoluteExpiresAt: number
  revokedAt?: number
  revokedReason?: string
  /** RFC 7638 thumbprint of the DPoP key. Absent for a session that is not bound. */
  dpopJkt?: string
  /** Space separated. */
  scope: string
  /** Absolute URIs, the issuer included. */
  resources: string[]
  /** Seconds since the epoch, as in the claim. */
  authTime: number
  amr?: string[]
  acr?: string
  /** The provider's own session id, for its logout tokens. */
  upstreamSid?: string
  /**
   * The provider's ID token, sealed (see the sealing room), as the hint when signing out goes on to the provider. Gone as
   * soon as the session is ended.
   */
  sealedIdToken?: string
  /** A short description of the browser, for the session list. */
  device?: string
}

export interface SessionStore {
  /**
   * Creates the session that a code yielded; `idleExpiresAt` is capped at `absoluteExpiresAt`. One statement decides
   * whether it lives. It is created as an ended one, and no token may be issued for it:
   * - `code_replayed`: no key binds it and the code has been replayed meanwhile (RFC 6749 section 4.1.2). A bound one is
   *   spared: a replay without the key is no evidence of theft.
   * - `user_disabled`: the user has been disabled meanwhile.
   *
   * Rejects with `duplicate` when the id exists, `constraint` when the user does not (erased meanwhile).
   */
  create(session: Session, codeKey: string): Promise<'created' | 'code_replayed' | 'user_disabled'>
  find(sessionId: string): Promise<Session | undefined>
  /**
   * Moves the counter on to `to` (one compare-and-set), sets `rotatedAt` and `idleExpiresAt`, which the store caps at
   * `absoluteExpiresAt`. Never back: of any number of callers with the same `to` one moves it. False when the counter is
   * at `to` or beyond already, or the session is unknown, revoked or over at `now`. Nothing else of a session ever
   * changes while it lives, so whoever has read it knows what it is now.
   */
  rotate(sessionId: string, move: { to: number; now: number; idleExpiresAt: number }): Promise<boolean>
  /**
   * Ends a session. False when it is unknown or had ended already, by revocation or by time. Here and below, the end is
   * noted of a session that has run out, too: no rotation that was asked for at an earlier `now` brings it back.
   */
  revoke(sessionId: string, now: number, reason: string): Promise<boolean>
  /** Ends the sessions without a key that a code yielded, as far as they live; the ids of those that it ended. */
  revokeByCode(codeKey: string, now: number, reason: string): Promise<string[]>
  /**
   * The living sessions of a user, newest first, at most `limit` (default: 100). `after` goes on behind the last one
   * that was seen.
   */
  listLiving(userId: string, now: number, page?: { limit?: number; after?: Place }): Promise<Session[]>
  /** Ends all living sessions of a user; the ids of those that it ended. */
  revokeAllOf(userId: string, now: number, reason: string): Promise<string[]>
  /**
   * Ends the living sessions that a logout token names (OIDC Back-Channel Logout section 2.6): those that an identity
   * of this issuer signed in and that have this subject and this `sid` of the provider's, as far as they are given.
   * Without both it ends none. The ids of those that it ended.
   */
  revokeByUpstream(
    named: { issuer: string; subject?: string; sid?: string },
    now: number,
    reason: string,
  ): Promise<string[]>
  /**
   * The revocation feed, for verifiers that want to hear of an end before the access tokens expire: sessions that were
   * ended (not: only ran out) later than `since`, in the order of their ends and then their ids, at most `limit`. With
   * `after`, also those of the time `since` whose id comes after that one: the last entry's time and id lead to the
   * next page.
   *
   * An end may come to light seconds after its time (the clock of another process, a commit that waited): whoever
   * follows the feed asks for the last minute again.
   */
  listRevoked(since: number, limit: number, after?: string): Promise<{ id: string; revokedAt: number }[]>
}

export interface StoredSigningKey {
  /** RFC 7638 thumbprint. */
  kid: string
  algorithm: string
  /** Public JWK as JSON. */
  publicJwk: string
  /** Private JWK, sealed (see the sealing room). */
  sealedPrivateJwk: string
  createdAt: number
  /** When the key began to sign; absent while it is only published. */
  activatedAt?: number
  /** When it stopped to sign, or was passed over. It stays published until its last token has expired. */
  retiredAt?: number
  /** No token that it signed expires later. Absent when no use was noted. */
  lastExpiresAt?: number
}

export interface SigningKeyStore {
  /** By algorithm; those of one algorithm in the order in which they follow each other, whatever the clocks said. */
  list(): Promise<StoredSigningKey[]>
  /**
   * Adds the first key of an algorithm: of any number of processes that start at once, one succeeds; the others
   * get false and read the list again.
   */
  addFirst(key: StoredSigningKey): Promise<boolean>
  /** Replaces a key's sealed private half, while it is still `from`. False when it is not. */
  reseal(kid: string, from: string, to: string): Promise<boolean>
  /**
   * Adds the key that is to follow `after`, which must be the last of its algorithm in the list: of any number of
   * processes one succeeds; the others get false and read the list again. Rejects with `duplicate` when the `kid`
   * exists.
   */
  addNext(key: StoredSigningKey, after: string): Promise<boolean>
  /**
   * Lets a key begin to sign at `now`, which may lie ahead, and retires all keys of its algorithm that come before it, in one statement. False when
   * the key is unknown, was retired, or has begun already. So of any keys that are activated at once the last in the
   * list remains.
   */
  activate(kid: string, now: number): Promise<boolean>
  /**
   * Notes that tokens of this key expire as late as `expiresAt`; an earlier time than the noted one changes nothing.
   * A process calls it before it signs the first token that expires later than it has noted, some way ahead, so
   * that it is rarely called. False when the key is gone: what it would sign, nobody could verify.
   */
  noteUse(kid: string, expiresAt: number): Promise<boolean>
  /**
   * Ends the signing of a key that has no successor: of an algorithm that is not configured any more. False when it
   * is unknown or was retired already.
   */
  retire(kid: string, now: number): Promise<boolean>
  /**
   * Forgets a key that was retired, and whose last noted token expired, at `before` or earlier (the present less what
   * verifiers tolerate). False when there is none such: uses that were noted meanwhile count.
   */
  remove(kid: string, before: number): Promise<boolean>
}

export type StorageErrorCode =
  | 'unavailable'
  | 'duplicate'
  | 'constraint'
  | 'schema_too_old'
  | 'schema_too_new'
  | 'corrupt'

/**
 * Everything a storage method rejects with. `unavailable` is worth another try. `constraint`: a row that this one
 * refers to is not there, or a value has the wrong type. `corrupt`: damaged, or not Latchkey's database at all.
 * Messages hold no value from a row; the engine's own error is the `cause`.
 */
export class StorageError extends Error {
  readonly code: StorageErrorCode
  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StorageError'
    this.code = code
  }
}
