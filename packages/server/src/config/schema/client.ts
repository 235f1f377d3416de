import { z } from 'zod'
import { checkOrigin, checkPage, checkRedirectUri, checkResource } from '../uris.ts'
import { checkClientId, checkScope } from '../values.ts'
import { choice, closed, flag, list, message, remedied, text } from './field.ts'

export const clientId = text(
  'Identifies the client on the wire (client_id). Not the id of another client or service.',
  'give the client a short name, such as "web"',
  checkClientId,
)

export const resource = (description: string) =>
  text(description, 'give an absolute URI, such as "https://api.example.com"', checkResource)

export const scope = text('A scope (RFC 6749 section 3.3).', 'write the scope as a string', checkScope)

const grants = ['authorization_code', 'refresh_token'] as const

const grantType = z
  .enum(grants, {
    error: (issue) => {
      if (issue.input === 'client_credentials') {
        return message(
          'is not for clients',
          'list a service under "services" to let it have tokens of its own',
        )
      }
      if (issue.input === 'implicit' || issue.input === 'password') {
        return message(
          'names a grant that does not exist here',
          'use "authorization_code" (RFC 9700 section 2)',
        )
      }
      return remedied('use "authorization_code" and "refresh_token"')(issue)
    },
  })
  .meta({ description: 'A grant type (RFC 7591 section 2).' })

export const client = closed(
  {
    id: clientId,
    redirect_uris: list(
      text('A redirect URI.', 'write the URI as a string', checkRedirectUri),
      'Where the app receives the code. Compared exactly; https, or http on loopback.',
      'list the address of the app\'s callback page, such as ["https://app.example.com/callback"]',
    ).min(1),
    post_logout_redirect_uris: list(
      text('A page of the app.', 'write the URI as a string', checkPage),
      'Where the app may send people after sign-out. Compared exactly. Default: none.',
      'list pages of the app, such as ["https://app.example.com/"]',
    ).default([]),
    origins: list(
      text('An origin.', 'write the origin as a string', checkOrigin),
      'Origins that may start a journey and call the token endpoint. Default: none.',
      'list the app\'s origins, such as ["https://app.example.com"]',
    ).default([]),
    resources: list(
      resource('An API, by the name its services know it by (RFC 8707).'),
      'The audience of access tokens, besides the issuer. Default: none.',
      'list the app\'s APIs, such as ["https://api.example.com"]',
    ).default([]),
    scopes: list(
      scope,
      'Scopes the client may ask for.',
      'list scopes, such as ["openid", "email"]',
      100,
    ).default(['openid', 'profile', 'email', 'offline_access']),
    grant_types: list(
      grantType,
      'What the client may do at the token endpoint.',
      'list "authorization_code", and "refresh_token" for sessions that last',
    )
      .min(1)
      .default(['authorization_code', 'refresh_token']),
    dpop: choice(
      ['required', 'optional', 'off'],
      'Whether tokens are bound to a key of the browser (RFC 9449). Default: "required"; "optional" for a client with a secret.',
      'use "required", or leave it out',
    ).optional(),
    response_modes: list(
      choice(
        ['fragment', 'query'],
        'How the code comes back.',
        'use "fragment", or "query" for an app that cannot read fragments',
      ),
      'How the code may come back; the first is the default.',
      'list "fragment", "query" or both',
    )
      .min(1)
      .default(['fragment']),
    same_site: flag(
      'Client and issuer share a registrable domain: a journey begins with a pushed request and stays in the browser that pushed it, up to its code.',
    ).default(false),
    require_pushed_authorization_requests: flag(
      'Takes no journey but a pushed one (RFC 9126). Implied by "same_site".',
    ).default(false),
    allow_get_authorize: flag(
      "Lets a plain link start a journey, as other people's OpenID Connect libraries do. Weaker: a link on any page can then start one.",
    ).default(false),
    secret: text(
      'Only for a confidential client: a server-side app.',
      'give at least 32 random characters, or leave it out for a single-page app',
    ).optional(),
  },
  'An app that signs people in through Latchkey.',
  'write an object with at least "id", "redirect_uris" and "origins"',
)

export type Client = z.output<typeof client>
