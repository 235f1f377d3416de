export type { AuthorizationAnswer, ResponseMode } from './authorize/answer.ts'
export { type Client, type ClientAuthentication, defaultClient } from './clients.ts'
export type { Clock } from './clock.ts'
export type { Endpoints } from './endpoints.ts'
export type { OAuth1Entry, OAuth2Entry, OidcEntry } from './entries.ts'
export type { FaultChoice, Faults } from './faults/faults.ts'
export {
  compose,
  type IdTokenContext,
  type IdTokenDraft,
  type IdTokenMutator,
  signedWith,
  withClaims,
  withHeader,
  withoutClaims,
} from './faults/id-token-mutators.ts'
export {
  type AnswerContext,
  type AnswerFault,
  type AuthorizeContext,
  type AuthorizeFault,
  ConnectionReset,
  type Expectation,
  type FaultKinds,
  type FaultPoint,
} from './faults/kinds.ts'
export type { Slowness } from './faults/patience.ts'
export { type FaultName, type FaultRow, faultNames, faultTable } from './faults/table.ts'
export { onAnswer, onMembers } from './faults/transport.ts'
export type { GrantFilter, GrantView } from './grant-views.ts'
export type { Lifetimes, RevokedBy } from './grants.ts'
export { type JsonAnswer, json } from './http/answer.ts'
export type { JwsKey } from './keys/sign.ts'
export type { PrivateKeyInput, SigningAlgorithm, SigningKey } from './keys/signing-key.ts'
export type { OAuth1Options } from './oauth1/habits.ts'
export type { OAuth2Options } from './oauth2/habits.ts'
export type { Quirk } from './oauth2/quirks.ts'
export { type LogoutSubject, logoutEvent } from './oidc/logout-token.ts'
export { defaultPersonas, type Persona } from './personas.ts'
export type { PlayedProvider } from './played/index.ts'
export type { PlayedSettings } from './played/settings.ts'
export {
  createFakeProvider,
  type FakeProvider,
  type FakeProviderOptions,
  type FetchInit,
} from './provider.ts'
export type { AutoApprove, GrantScopes, RefreshTokens } from './realm.ts'
export type { RecordedRequest, RequestLog, RequestPoint } from './record.ts'
export { selfSigned } from './self-signed.ts'
export type { LoopbackHost } from './server.ts'
