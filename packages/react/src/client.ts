import type { Auth, AuthAction, AuthErrorCode } from '@latchkey/browser'

export type { Provider } from '@latchkey/browser'

/** What the components ask of the client. */
export type Client = Auth
export type Action = AuthAction
export type Code = AuthErrorCode
