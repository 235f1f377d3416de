import type { AuthAction, AuthErrorCode } from '@latchkey/browser'
import type { ReactElement, ReactNode } from 'react'

/**
 * What the components say: the catalogue that each language fills. Names and times come as elements; a name's isolates
 * its direction of writing, so that any name stands right in a sentence of any language. An error is told by its `code`
 * if that is here, else by its `action`: what happened, why, what to do next.
 */
export interface Messages extends Record<AuthAction, string>, Partial<Record<AuthErrorCode, string>> {
  /** Names the group of buttons. */
  signIn: string
  signInWith(provider: ReactElement): ReactNode
  /** While a list is on its way. */
  loading: string
  /** While the page leaves for a provider. */
  leaving(provider: ReactElement): ReactNode
  noProviders: string
  tryAgain: string
  /** Where a popup was blocked. */
  useRedirect: string
  /** What to quote to support. */
  quote(code: string, requestId: string | undefined): string

  /** Names the list of sessions. */
  sessions: string
  unknownDevice: string
  thisSession: string
  lastUsed(time: ReactElement): ReactNode
  signOut: string
  signedOut(device: ReactElement): ReactNode

  /** Names the list of identities. */
  identities: string
  /** Names the buttons that link another. */
  linkAnother: string
  linkWith(provider: ReactElement): ReactNode
  linkedSince(time: ReactElement): ReactNode
  unlink: string
  unlinked(identity: ReactElement): ReactNode
  /** Why the last one has no button. */
  onlyIdentity: string
  time(date: Date): string
}
