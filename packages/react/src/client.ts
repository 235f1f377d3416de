import type { Auth, AuthAction, AuthErrorCode, SignInOptions } from '@latchkey/browser'

/** A way to sign in, as the server lists it. */
export interface Provider {
  id: string
  name: string
  signIn: boolean
}

/** One place where the user is signed in. */
export interface SessionInfo {
  id: string
  clientId: string
  provider: string
  device?: string
  createdAt: Date
  lastUsedAt: Date
  current: boolean
}

/** One account at a provider that signs the user in. */
export interface Identity {
  id: string
  provider: string
  subject: string
  label?: string
  createdAt: Date
}

export type LinkOptions = Omit<SignInOptions, 'provider'> & { provider: string }

/** What the components ask of the client. */
export interface Client extends Auth {
  providers(): Promise<Provider[]>
  sessions: { list(): Promise<SessionInfo[]>; revoke(id: string): Promise<void> }
  identities: {
    list(): Promise<Identity[]>
    link(options: LinkOptions): Promise<void>
    unlink(id: string): Promise<void>
  }
}

export type Action = AuthAction | 'redirect' | 'link' | 'reload'
export type Code =
  | AuthErrorCode
  | 'popup_blocked'
  | 'identity_in_use'
  | 'last_identity'
  | 'embedded_browser'
  | 'user_changed'
  | 'not_found'
