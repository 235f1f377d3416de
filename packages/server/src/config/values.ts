import { isIP } from 'node:net'
import { type EventType, eventTypes } from '../events.ts'
import { fromBase64url } from '../sealing/index.ts'
import { type Check, complainIf } from './complaint.ts'
import type { ListenConfig } from './types.ts'

const freshSecret = 'make one with: node -p "crypto.randomBytes(32).toString(\'base64url\')"'

/** A key of this server: at least 256 bits, in the one spelling that base64url has for them. */
export const checkServerSecret: Check<string> = (value) => {
  const bytes = fromBase64url(value)
  if (bytes === undefined)
    return complainIf(true, 'is not base64url (A-Z, a-z, 0-9, "-", "_", without padding)', freshSecret)
  return complainIf(bytes.length < 32, `holds ${bytes.length} bytes; at least 32 are needed`, freshSecret)
}

const userIdPrefix = 'usr_'

/** RFC 6749 appendix A.1, a little narrower; and never what a user's id looks like (RFC 9700 section 4.15). */
export const checkClientId: Check<string> = (value) => [
  ...complainIf(
    !/^[A-Za-z0-9._~:/@-]{1,128}$/.test(value),
    'is not an id: 1 to 128 letters, digits and ". _ ~ : / @ -"',
    'choose a short name, such as "web"',
  ),
  ...complainIf(
    value.startsWith(userIdPrefix),
    `begins with "${userIdPrefix}", as ids of users do`,
    'choose another id: a token of a client must not be taken for one of a user',
  ),
]

/** RFC 6749 section 3.3: one scope token. */
export const checkScope: Check<string> = (value) =>
  complainIf(
    !/^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/.test(value),
    'is not a scope: printable ASCII without space, double quote and backslash',
    'list each scope as a string of its own',
  )

export function parseListen(value: string): ListenConfig | undefined {
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(value)
  if (found === null) return undefined
  const [, v6, name, digits] = found
  const port = Number(digits)
  if (port > 65_535 || (v6 !== undefined && isIP(v6) !== 6)) return undefined
  return { host: v6 ?? name ?? '', port }
}

export const checkListen: Check<string> = (value) =>
  complainIf(
    parseListen(value) === undefined,
    'is not host:port',
    'write an address and a port, such as 127.0.0.1:4000, 0.0.0.0:4000 or [::1]:4000',
  )

/** Where the counters of rate limits live. */
export const checkCounters: Check<string> = (value) => {
  if (value === 'memory' || value === 'postgres') return []
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isRedis = url !== undefined && /^rediss?:$/.test(url.protocol) && url.hostname !== ''
  return complainIf(
    !isRedis,
    'is no place for counters',
    'use "memory", "postgres", or a URL such as redis://127.0.0.1:6379 (rediss:// with TLS)',
  )
}

/** An address, or a block in CIDR notation. */
export const checkAddressBlock: Check<string> = (value) => {
  const [address = '', prefix, ...rest] = value.split('/')
  const version = isIP(address)
  const bits = prefix === undefined ? 0 : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
  const fits = rest.length === 0 && version !== 0 && bits <= (version === 6 ? 128 : 32)
  return complainIf(
    !fits,
    'is not an IP address or CIDR block',
    'write it like 10.0.0.7, 10.0.0.0/8 or fd00::/8',
  )
}

/** `provider:account`, the account as the provider names it. */
export const checkAdmin: Check<string> = (value) =>
  complainIf(
    !/^[a-z0-9-]{1,64}:[^\s]{1,255}$/.test(value),
    'is not provider:subject',
    "write the id of a provider, a colon and the account's id there, such as google:1098",
  )

const webhookSecretRemedy = "make one with: node -p \"'whsec_' + crypto.randomBytes(32).toString('base64')\""

/** `whsec_` and base64, as Standard Webhooks writes it. */
export function parseWebhookSecret(value: string): Uint8Array | undefined {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value)?.[1]
  if (encoded === undefined) return undefined
  const bytes = Buffer.from(encoded, 'base64')
  return bytes.toString('base64') === encoded ? bytes : undefined
}

/** 24 to 64 bytes, as Standard Webhooks has it. */
export const checkWebhookSecret: Check<string> = (value) => {
  const bytes = parseWebhookSecret(value)
  if (bytes === undefined) return complainIf(true, 'is not "whsec_" and base64', webhookSecretRemedy)
  const fits = bytes.length >= 24 && bytes.length <= 64
  return complainIf(!fits, `holds ${bytes.length} bytes; 24 to 64 are taken`, webhookSecretRemedy)
}

/** The types that a pattern stands for: a type, `connection.*`, or `*`. */
export const eventsLike = (pattern: string): EventType[] =>
  eventTypes.filter((type) =>
    pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern,
  )

export const checkEventPattern: Check<string> = (value) =>
  complainIf(
    !/^(?:\*|[a-z_]+\.(?:\*|[a-z_]+))$/.test(value) || eventsLike(value).length === 0,
    'is no event',
    `name one, such as ${eventTypes[0]}, or all of a kind, such as connection.*`,
  )
