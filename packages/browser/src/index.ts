import './capture.ts'

export { type Auth, createAuth } from './auth.ts'
export { type AuthAction, AuthError, type AuthErrorCode, type AuthPhase } from './errors.ts'
export { scrubUrl } from './scrub-url.ts'
export type {
  AccessTokenOptions,
  AuthEvent,
  AuthOptions,
  AuthState,
  CatalogEntry,
  Connection,
  ConnectOptions,
  Disconnected,
  Flow,
  Identity,
  LinkOptions,
  Outcome,
  Provider,
  ProviderId,
  ReconnectReason,
  Register,
  SessionInfo,
  SignInOptions,
  SignOutOptions,
  User,
  UserClaims,
} from './types.ts'
