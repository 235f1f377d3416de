import { hash } from 'node:crypto'
import type { ResponseMode } from '../config/types.ts'
import { tagOf } from '../ids.ts'
import { randomBytes } from '../random.ts'
import type { Sealer } from '../sealing/index.ts'
import type { Credentials } from '../upstream/index.ts'

/** Milliseconds from the start to the callback. */
export const journeyLifetime = 600_000

/**
 * What redeeming the code at the end yields: a session, a further login identity for this user, or an account of theirs
 * whose tokens the vault keeps.
 */
export type Intent = { kind: 'sign_in' } | { kind: 'link'; userId: string } | ConnectIntent

export interface ConnectIntent {
  kind: 'connect'
  userId: string
  /** Asked for at the provider. */
  scopes: string[]
  /** The connection that is to be made anew: of this account and no other. */
  connectionId?: string
}

/**
 * One trip: what the SPA asked for, and what was made for the provider's hop. Immutable once the browser is sent on.
 */
export interface Journey {
  intent: Intent
  clientId: string
  redirectUri: string
  responseMode: ResponseMode
  /** The SPA's own, echoed byte-exact. */
  state?: string
  /** Space separated, checked against the client. */
  scope: string
  /** The SPA's own, for its ID token. */
  nonce?: string
  /** RFC 8707; empty means all of the client's. */
  resources: string[]
  maxAge?: number
  /** Of an invitation: it lets somebody new in, so that the code itself goes no further. */
  inviteHash?: string
  /** SHA-256, 32 bytes (RFC 7636). */
  codeChallenge: Buffer
  /** RFC 9449 section 10; 32 bytes. */
  dpopJkt?: Buffer
  /** Absent while the person still chooses. */
  provider?: string
  /** OAuth 1.0a: fetched for this journey. Whoever holds the cookie brings them back; nobody can read them there. */
  temporary?: Credentials
  /** Passed on to the provider; not needed after that. */
  hints: { loginHint?: string; prompt?: string; uiLocales?: string }
  /** 32 random bytes that the upstream verifier and nonce are made from. */
  seed: Buffer
  /** Milliseconds. */
  startedAt: number
  /** Same-site mode: the journey's id since it was pushed. The browser shows this cookie at every step, to the end. */
  cookieId?: string
  /** While the person still chooses: the pushed request that is used up with the choice. */
  pushed?: PushedReference
}

/** A pushed request, as its one use is remembered. */
export interface PushedReference {
  key: string
  /** Milliseconds. */
  pushedAt: number
}

/** Another process's clock may be a minute ahead of ours. */
export const isAlive = (startedAt: number, now: number): boolean =>
  now >= startedAt - 60_000 && now < startedAt + journeyLifetime

export const newSeed = (): Buffer => randomBytes(32)

const fromSeed = (seed: Buffer, purpose: string): string =>
  hash('sha256', Buffer.concat([Buffer.from(purpose), seed]), 'base64url')

/** The PKCE verifier (43 characters) and the nonce of the provider's hop. */
export const upstreamSecrets = (journey: Journey): { codeVerifier: string; nonce: string } => ({
  codeVerifier: fromSeed(journey.seed, 'code_verifier'),
  nonce: fromSeed(journey.seed, 'nonce'),
})

/**
 * The sealed form is a cookie of which a browser may hold many, so it is kept small: raw bytes for what is
 * random, a tuple for the rest, and a short hash in place of a registered redirect URI.
 */
type Tail = [
  clientId: string,
  redirectUriHash: string,
  responseMode: ResponseMode,
  startedAt: number,
  scope: string,
  provider: string | null,
  state: string | null,
  nonce: string | null,
  further: {
    r?: string[]
    m?: number
    h?: Journey['hints']
    /** The user that an identity is linked to. */
    l?: string
    /** The user that an account is connected for, the scopes, and the connection to make anew. */
    k?: [userId: string, scopes: string, connectionId?: string]
    i?: string
    /** Same-site mode: the id of its cookie. */
    c?: string
    p?: [key: string, pushedAt: number]
    t?: [token: string, secret: string]
  },
]

export interface JourneyCodec {
  /** `place` is what the sealed journey belongs to: its id, or the chooser. */
  seal(journey: Journey, place: string): string
  /** Undefined unless sealed by us for this place, still alive, and its client and redirect URI still registered. */
  open(sealed: string, place: string, now: number): Journey | undefined
}

export function createJourneyCodec(
  sealer: Sealer,
  redirectUrisOf: (clientId: string) => readonly string[],
): JourneyCodec {
  return {
    seal(journey, place) {
      const further: Tail[8] = {}
      if (journey.resources.length > 0) further.r = journey.resources
      if (journey.maxAge !== undefined) further.m = journey.maxAge
      if (Object.keys(journey.hints).length > 0) further.h = journey.hints
      if (journey.intent.kind === 'link') further.l = journey.intent.userId
      if (journey.intent.kind === 'connect') further.k = connectTuple(journey.intent)
      if (journey.inviteHash !== undefined) further.i = journey.inviteHash
      if (journey.cookieId !== undefined) further.c = journey.cookieId
      if (journey.temporary !== undefined) further.t = [journey.temporary.token, journey.temporary.secret]
      if (journey.pushed !== undefined) further.p = [journey.pushed.key, journey.pushed.pushedAt]
      const tail: Tail = [
        journey.clientId,
        tagOf(journey.redirectUri),
        journey.responseMode,
        journey.startedAt,
        journey.scope,
        journey.provider ?? null,
        journey.state ?? null,
        journey.nonce ?? null,
        further,
      ]
      const flags = Buffer.of(journey.dpopJkt === undefined ? 0 : 1)
      const head = [flags, journey.codeChallenge, journey.seed, ...(journey.dpopJkt ? [journey.dpopJkt] : [])]
      return sealer.seal(Buffer.concat([...head, Buffer.from(JSON.stringify(tail))]), place)
    },

    open(sealed, place, now) {
      const bytes = sealer.open(sealed, place)
      if (bytes === undefined) return
      const bound = bytes[0] === 1
      const tailAt = bound ? 97 : 65
      // What opens was written by us: the seal is the check.
      const tail: Tail = JSON.parse(bytes.toString('utf8', tailAt))
      const [clientId, uriHash, responseMode, startedAt, scope, provider, state, nonce, further] = tail
      if (!isAlive(startedAt, now)) return
      const redirectUri = redirectUrisOf(clientId).find((uri) => tagOf(uri) === uriHash)
      if (redirectUri === undefined) return
      return {
        intent: intentOf(further),
        clientId,
        redirectUri,
        responseMode,
        startedAt,
        scope,
        resources: further.r ?? [],
        hints: further.h ?? {},
        codeChallenge: bytes.subarray(1, 33),
        seed: bytes.subarray(33, 65),
        ...(bound ? { dpopJkt: bytes.subarray(65, 97) } : {}),
        ...(provider === null ? {} : { provider }),
        ...(state === null ? {} : { state }),
        ...(nonce === null ? {} : { nonce }),
        ...(further.m === undefined ? {} : { maxAge: further.m }),
        ...(further.i === undefined ? {} : { inviteHash: further.i }),
        ...(further.c === undefined ? {} : { cookieId: further.c }),
        ...(further.t === undefined ? {} : { temporary: { token: further.t[0], secret: further.t[1] } }),
        ...(further.p === undefined ? {} : { pushed: { key: further.p[0], pushedAt: further.p[1] } }),
      }
    },
  }
}

function connectTuple({ userId, scopes, connectionId }: ConnectIntent): NonNullable<Tail[8]['k']> {
  const asked = scopes.join(' ')
  return connectionId === undefined ? [userId, asked] : [userId, asked, connectionId]
}

function intentOf({ l, k }: Tail[8]): Intent {
  if (l !== undefined) return { kind: 'link', userId: l }
  if (k === undefined) return { kind: 'sign_in' }
  const [userId, scopes, connectionId] = k
  return {
    ...{ kind: 'connect', userId, scopes: scopes === '' ? [] : scopes.split(' ') },
    ...(connectionId === undefined ? {} : { connectionId }),
  }
}
