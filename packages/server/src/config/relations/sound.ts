import type { Salvaged } from '../salvage.ts'

/** A provider of which only what is in order is there. */
export type SoundProvider = NonNullable<ReturnType<Salvaged['providers']['get']>>
export type SoundOAuth2Provider = Extract<SoundProvider, { type?: 'oauth2' }>
export type SoundOAuth1Provider = Extract<SoundProvider, { type?: 'oauth1' }>
export type SoundOidcProvider = Extract<SoundProvider, { type?: 'oidc' }>

export type SoundOAuth2Like = SoundOAuth2Provider | SoundOidcProvider

/** Left out, and not just wrong. */
export const lacking = <T extends object>(provider: T, key: keyof T): boolean =>
  key in provider && provider[key] === undefined
