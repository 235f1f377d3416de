import type { AuthAction, AuthErrorCode } from '@latchkey/browser'
import type { ReactElement, ReactNode } from 'react'

/** What `ConnectionList` says, beside what the catalogue of all components has. */
export interface ConnectionMessages {
  /** Names the list. */
  connections: string
  /** When there is no provider that can be connected. */
  nothing: string
  notConnected: string
  connect(provider: ReactElement): ReactNode
  connectAnother(provider: ReactElement): ReactNode

  /** Asked when an account has just been connected. */
  isItYours(provider: ReactElement, account: ReactElement): ReactNode
  keep: string
  takeBack: string

  connected: string
  connectedSince(time: ReactElement): ReactNode
  /** Fewer scopes were granted than asked for: those that are missing. */
  limited(scopes: ReactElement): ReactNode
  allowMore: string
  /** The provider ends it within 30 days. */
  expiring(time: ReactElement): ReactNode
  /** It needs to be connected anew: by the reason that the server told; `other` for one that is not here. */
  reasons: { other: string } & Partial<Record<string, string>>
  reconnect: string

  disconnect: string
  confirm(account: ReactElement): ReactNode
  confirmed: string
  cancel: string
  /** It is gone; and whether the provider was told (`revokedAtProvider`). */
  disconnected(account: ReactElement, revoked: boolean | 'unsupported'): ReactNode

  /** Told here in place of what the catalogue of all components says, which is about signing in. */
  errors: Partial<Record<AuthErrorCode | AuthAction, string>>
}
