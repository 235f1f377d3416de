import type { JwsKey } from '../keys/sign.ts'
import type { SigningKey } from '../keys/signing-key.ts'

/** An ID token just before it is signed. */
export interface IdTokenDraft {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly key: JwsKey
}

export interface IdTokenContext {
  issuer: string
  clientId: string
  clientSecret?: string
  /** Seconds since the epoch. */
  now: number
  /** The provider's own key. */
  key: SigningKey
  /** A key that the provider never published, under the genuine `kid`. */
  stranger(): SigningKey
  /** A URL at this provider where no request should ever arrive. */
  elsewhere(name: string): string
}

/**
 * A pure change of an ID token: another draft, text to send in its place, or undefined for no ID token at all.
 * Compose them with `compose`.
 */
export type IdTokenMutator = (
  draft: IdTokenDraft,
  context: IdTokenContext,
) => IdTokenDraft | string | undefined

/** One mutator after the other, until one gives something that is no draft any more. */
export const compose =
  (...mutators: readonly IdTokenMutator[]): IdTokenMutator =>
  (draft, context) => {
    let current: IdTokenDraft | string | undefined = draft
    for (const mutate of mutators) {
      if (typeof current !== 'object') return current
      current = mutate(current, context)
    }
    return current
  }

type Change = Readonly<Record<string, unknown>>

/** Sets claims; `undefined` removes one. A function sees the draft's claims and the context. */
export const withClaims =
  (change: Change | ((claims: Change, context: IdTokenContext) => Change)): IdTokenMutator =>
  (draft, context) => ({
    ...draft,
    claims: { ...draft.claims, ...(typeof change === 'function' ? change(draft.claims, context) : change) },
  })

export const withoutClaims = (...names: readonly string[]): IdTokenMutator =>
  withClaims(Object.fromEntries(names.map((name) => [name, undefined])))

/** Sets members of the JOSE header; `undefined` removes one. */
export const withHeader =
  (change: Change | ((draft: IdTokenDraft, context: IdTokenContext) => Change)): IdTokenMutator =>
  (draft, context) => ({
    ...draft,
    header: { ...draft.header, ...(typeof change === 'function' ? change(draft, context) : change) },
  })

/** Signs in another way; the header stays. */
export const signedWith =
  (key: (context: IdTokenContext) => JwsKey): IdTokenMutator =>
  (draft, context) => ({ ...draft, key: key(context) })
