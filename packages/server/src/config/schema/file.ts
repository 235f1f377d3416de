import { z } from 'zod'
import type { Check } from '../complaint.ts'
import { parseStorage } from '../storage-url.ts'
import { checkIssuer } from '../uris.ts'
import { checkAddressBlock, checkAdmin, checkCounters, checkListen, checkServerSecret } from '../values.ts'
import { client } from './client.ts'
import { choice, closed, dictionary, flag, list, message, text, wholeNumber } from './field.ts'
import { knownProvider } from './known-provider.ts'
import { provider, providerId } from './provider.ts'
import { service } from './service.ts'
import { webhook } from './webhook.ts'

const checkStorage: Check<string> = (value) => {
  const parsed = parseStorage(value)
  return 'complaint' in parsed ? [parsed.complaint] : []
}

const listen = (description: string) =>
  text(description, 'write an address and a port, such as "127.0.0.1:4000"', checkListen)

const operations = closed(
  {
    listen: listen('Where metrics and health are served apart from the public port: host:port.').optional(),
    metrics_token: text(
      'Lets a scraper with this bearer token read metrics on the public port.',
      'give at least 32 random characters',
    ).optional(),
  },
  'For those who run it.',
  'write an object with "listen" or "metrics_token"',
)

const signup = choice(
  ['open', 'closed', 'invite'],
  'Whether an unknown person who signs in becomes a user: "invite" for those with a code of "latchkey users invite".',
  'use "open", "closed" or "invite"',
)

const linkingRemedy = 'use "manual", "separate" or { "verified_email": [ids of providers] }'

const linking = z
  .union(
    [
      z.enum(['manual', 'separate']),
      closed(
        {
          verified_email: list(
            providerId,
            'An unknown identity joins the one user whose verified e-mail address it has, when the providers of both are named here and both have verified it.',
            'list ids of at least two providers, such as ["google", "acme"]',
          ).min(1),
        },
        'Join identities by verified e-mail address.',
        linkingRemedy,
      ),
    ],
    {
      error: (issue) =>
        issue.input === 'verified_email'
          ? message('does not say whose word on e-mail addresses is taken', linkingRemedy)
          : message('is not a way to link', linkingRemedy),
    },
  )
  .meta({
    description:
      'When somebody signs in with an unknown identity whose verified e-mail address a user has already: "manual" refuses (account_exists), "separate" makes another user, { "verified_email": [providers] } joins them.',
  })

const year = 31_536_000
const tokens = closed(
  {
    algorithm: choice(
      ['ES256', 'EdDSA', 'RS256'],
      'Signature algorithm of access and ID tokens.',
      'use "ES256", or what your services can verify',
    ).default('ES256'),
    access_token_seconds: wholeNumber({ min: 1, max: 3600 }, 'Life of an access token.').default(300),
    session_idle_seconds: wholeNumber(
      { min: 1, max: 10 * year },
      'A session ends when it was not used for so long.',
    ).default(1_209_600),
    session_absolute_seconds: wholeNumber(
      { min: 1, max: 10 * year },
      'A session ends so long after sign-in, used or not.',
    ).default(7_776_000),
    code_seconds: wholeNumber({ min: 1, max: 60 }, 'Life of the one-time code.').default(60),
    refresh_grace_seconds: wholeNumber(
      { min: 1, max: 300 },
      'For so long the previous refresh token still yields the same successor.',
    ).default(30),
  },
  'Lifetimes.',
  'write an object such as { "access_token_seconds": 300 }',
)

const rateStorage = text(
  'Where counters live: "memory" of each process, "postgres", which "storage" names, or a Valkey or Redis by its URL.',
  'use "memory", "postgres", or a URL such as redis://127.0.0.1:6379',
  checkCounters,
)

const perMinute = (fallback: number, description: string) =>
  wholeNumber({ min: 1, max: 1_000_000_000 }, description).default(fallback)

const rateLimits = closed(
  {
    storage: rateStorage.default('memory'),
    authorize_per_minute: perMinute(300, 'Starts per address and client.'),
    callback_per_minute: perMinute(300, 'Callbacks per address and client.'),
    token_per_minute: perMinute(600, 'Token requests per address and client.'),
    account_per_minute: perMinute(60, 'Requests per account.'),
  },
  'Requests a minute.',
  'write an object such as { "token_per_minute": 600 }, or false to switch limits off',
)

const fileDescription = 'The configuration of Latchkey.'
const fileRemedy = 'write one object with at least "issuer" and "secrets"'

const providersOf = <T extends z.ZodType>(one: T) =>
  dictionary(
    providerId,
    one,
    'Where people sign in, by an id of your choice; the id of the catalogue, or "type" says what it is.',
    "write an object: a provider's id, and its settings",
  ).default({})

/** The file's format, every provider written out. Wire names; what a key means is in its description, which editors show. */
export const file = closed(
  {
    $schema: z.string().meta({ description: 'Where editors find this schema.' }).optional(),
    issuer: text(
      'The public URL of this installation: https (http on loopback), with or without a path, no slash at the end.',
      'give the public URL of this installation, such as "https://auth.example.com"',
      checkIssuer,
    ),
    secrets: list(
      text('At least 32 bytes, base64url.', 'write the key as a string', checkServerSecret),
      `Keys of at least 32 bytes, base64url. The first seals, all open. Best by way of the environment: "\${LATCHKEY_SECRET}".`,
      'make one with: node -p "crypto.randomBytes(32).toString(\'base64url\')"',
      16,
    ).min(1),
    storage: text(
      'sqlite:FILE, with ?synchronous=normal for speed over durability; or postgres://user:password@host/database, with ?sslmode=verify-full and ?pool=10.',
      'write sqlite:./latchkey.db',
      checkStorage,
    ).default('sqlite:./latchkey.db'),
    listen: listen('host:port of the public server.').default('127.0.0.1:4000'),
    operations: operations.default({}),
    clients: list(client, 'Apps that sign people in.', 'list clients as objects', 10_000).default([]),
    services: list(
      service,
      'Micro services that ask Latchkey something: about tokens, ended sessions, for a token of their own.',
      'list services as objects',
      10_000,
    ).default([]),
    providers: providersOf(provider),
    webhooks: list(webhook, 'Who hears of events.', 'list webhooks as objects', 16).default([]),
    signup: signup.default('open'),
    linking: linking.default('manual'),
    tokens: tokens.prefault({}),
    admins: list(
      text('provider:subject.', 'write provider:subject', checkAdmin),
      'Who may use the console.',
      'list accounts as "provider:subject"',
      10_000,
    ).default([]),
    rate_limits: z
      .union([z.literal(false), rateLimits], {
        error: () =>
          message('must be an object or false', 'write an object such as { "token_per_minute": 600 }'),
      })
      .meta({ description: 'Limits a minute; false switches them off.' })
      .prefault({}),
    trusted_proxies: list(
      text('An address or CIDR block.', 'write it as a string', checkAddressBlock),
      'Proxies whose X-Forwarded-For is believed.',
      'list addresses or CIDR blocks',
      1_000,
    ).default([]),
    allow_private_network_providers: flag(
      'Providers may be on loopback or private addresses. Implied when the issuer is on loopback.',
    ).default(false),
  },
  fileDescription,
  fileRemedy,
)

/** The file's format as people write it: providers that the catalogue knows may be there by their id. */
export const writtenFile = closed(
  { ...file.shape, providers: providersOf(z.union([provider, knownProvider])) },
  fileDescription,
  fileRemedy,
)

export type File = z.output<typeof file>
/** What a configuration file may say, before defaults. */
export type FileInput = z.input<typeof writtenFile>
