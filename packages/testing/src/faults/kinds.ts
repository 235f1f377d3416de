import type { AuthorizationAnswer } from '../authorize/answer.ts'
import type { JsonAnswer } from '../http/answer.ts'
import type { IdTokenMutator } from './id-token-mutators.ts'
import type { Patience } from './patience.ts'

/** What a careful relying party does with it. `either`: careful ones differ. */
export type Expectation = 'refuse' | 'accept' | 'either'

/** A row of the fault table. */
export interface NamedFault<F> {
  /** What the provider does, in one line. */
  description: string
  expect: Expectation
  /** It shows only when the client asked for this. */
  needs?: 'max_age'
  fault: F
}

/** A row with an answer that a careful client refuses. */
export const refused = (description: string, fault: AnswerFault): NamedFault<AnswerFault> => ({
  description,
  expect: 'refuse',
  fault,
})

/** A row with an answer that a careful client takes. */
export const accepted = (description: string, fault: AnswerFault): NamedFault<AnswerFault> => ({
  description,
  expect: 'accept',
  fault,
})

export interface AnswerContext {
  /** The same endpoint under another URL: works, free of faults; what arrives is recorded as `elsewhere`. */
  detour: string
  patience: Patience
  /** Aborts when the client hangs up. */
  signal(): AbortSignal
}

/**
 * A fault in an answer that is JSON when all is well. It stands before the endpoint and decides whether that runs at
 * all: `answer()` does what was asked, codes burned and tokens issued included.
 * @throws ConnectionReset to drop the connection without an answer
 */
export type AnswerFault = (
  answer: () => JsonAnswer | Promise<JsonAnswer>,
  context: AnswerContext,
) => JsonAnswer | Response | Promise<JsonAnswer | Response>

export interface AuthorizeContext {
  issuer: string
  origin: string
}

/** A fault in what the browser carries back to the client. */
export type AuthorizeFault = (answer: AuthorizationAnswer, context: AuthorizeContext) => AuthorizationAnswer

/** Where faults can strike, and what a fault is there. */
export interface FaultKinds {
  discovery: AnswerFault
  authorize: AuthorizeFault
  token: AnswerFault
  id_token: IdTokenMutator
  jwks: AnswerFault
  userinfo: AnswerFault
  /** At the token endpoint, when a refresh token is used; before what waits at `token`. */
  refresh: AnswerFault
  revocation: AnswerFault
  introspection: AnswerFault
  /** OAuth 1.0a: temporary credentials. */
  request_token: AnswerFault
  /** OAuth 1.0a: what the browser carries back. */
  oauth1_callback: AuthorizeFault
  /** OAuth 1.0a: token credentials. */
  access_token: AnswerFault
}

export type FaultPoint = keyof FaultKinds

/** Thrown by a fault to drop the connection; without a socket, `provider.fetch` rejects as `fetch` would. */
export class ConnectionReset extends Error {
  constructor() {
    super('The fake provider dropped the connection')
    this.name = 'ConnectionReset'
  }
}
