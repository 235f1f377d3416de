import type { Client } from './clients.ts'
import { quirksToTell } from './oauth2/quirks.ts'
import type { Realm } from './realm.ts'

/** A `providers` entry for the OpenID side. */
export interface OidcEntry {
  type: 'oidc'
  issuer: string
  client_id: string
  client_secret?: string
}

/** A `providers` entry for the plain OAuth 2.0 side. */
export interface OAuth2Entry {
  type: 'oauth2'
  authorization_endpoint: string
  token_endpoint: string
  userinfo_endpoint: string
  revocation_endpoint: string
  client_id: string
  client_secret?: string
  /** Dotted path of the account id in the user record. */
  subject: string
  pkce?: 'none'
  /** Those a client has to be told of. */
  quirks?: string[]
}

/** A `providers` entry for the OAuth 1.0a side. */
export interface OAuth1Entry {
  type: 'oauth1'
  request_token_endpoint: string
  authorization_endpoint: string
  access_token_endpoint: string
  userinfo_endpoint: string
  consumer_key: string
  consumer_secret?: string
  /** Dotted path of the account id in the user record. */
  subject: string
  unsafe_version_10?: true
}

export interface ProviderEntries {
  oidc: OidcEntry
  oauth2: OAuth2Entry
  oauth1: OAuth1Entry
}

/** Ready to be put into a configuration's `providers`, for one of the registered clients. */
export const entriesFor = (realm: Realm, client: Client): ProviderEntries => {
  const { habits, endpoints } = realm
  const quirks = quirksToTell(habits.quirks)
  const credentials = {
    client_id: client.client_id,
    ...(client.client_secret === undefined ? {} : { client_secret: client.client_secret }),
  }
  return {
    oidc: { type: 'oidc', issuer: realm.issuer, ...credentials },
    oauth2: {
      type: 'oauth2',
      authorization_endpoint: endpoints.oauth2.authorization,
      token_endpoint: endpoints.oauth2.token,
      userinfo_endpoint: endpoints.oauth2.userinfo,
      revocation_endpoint: endpoints.oauth2.revocation,
      ...credentials,
      subject: [...habits.wrap, habits.subject].join('.'),
      ...(habits.pkce === 'none' ? { pkce: 'none' } : {}),
      ...(quirks.length > 0 ? { quirks } : {}),
    },
    oauth1: {
      type: 'oauth1',
      request_token_endpoint: endpoints.oauth1.request_token,
      authorization_endpoint: endpoints.oauth1.authorization,
      access_token_endpoint: endpoints.oauth1.access_token,
      userinfo_endpoint: endpoints.oauth1.userinfo,
      consumer_key: client.client_id,
      ...(client.client_secret === undefined ? {} : { consumer_secret: client.client_secret }),
      subject: habits.subject,
      ...(realm.oauth1.habits.version10 ? { unsafe_version_10: true } : {}),
    },
  }
}
