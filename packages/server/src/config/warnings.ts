import { fromBase64url } from '../sealing/index.ts'
import type { KnownProvider } from './catalogue/look-up.ts'
import { isLoopbackHost } from './hosts.ts'
import { formatPath, type Path } from './path.ts'
import { isOpenToTheNetwork } from './postgres-url.ts'
import { providerWarnings } from './provider-warnings.ts'
import type { Client } from './schema/client.ts'
import type { File } from './schema/file.ts'
import { parseStorage } from './storage-url.ts'
import type { Hooks } from './types.ts'

/**
 * Settings that are taken but weaken something, or that serve nobody: one sentence each, led by the path.
 * Logged at every start, so that a weakening never stays unseen.
 */
export function warningsOf(config: File, hooks: Hooks, known: ReadonlyMap<string, KnownProvider>): string[] {
  const warnings: string[] = []
  const warn = (path: Path, text: string) => warnings.push(`${formatPath(path)}: ${text}`)

  config.secrets.forEach((secret, index) => {
    if (new Set(fromBase64url(secret)).size < 8)
      warn(['secrets', index], 'looks like a placeholder; use random bytes')
  })
  const parsed = parseStorage(config.storage)
  if ('storage' in parsed && parsed.storage.engine === 'postgres' && isOpenToTheNetwork(parsed.storage)) {
    warn(['storage'], 'goes over the network without TLS: whoever listens can read and change everything')
  }
  if (config.clients.length === 0) warn(['clients'], 'there are none, so nobody can sign in')
  if (!Object.values(config.providers).some((provider) => provider.sign_in)) {
    warn(['providers'], 'none signs people in')
  }
  config.clients.forEach((client, index) => {
    for (const [key, text] of clientWarnings(client)) warn(['clients', index, key], text)
  })
  config.services.forEach(({ secret }, index) => {
    if (isGuessable(secret)) warn(['services', index, 'secret'], guessable)
  })
  for (const [id, provider] of Object.entries(config.providers)) {
    for (const [path, text] of providerWarnings(provider, known.get(id)))
      warn(['providers', id, ...path], text)
  }
  const { signup, linking } = config
  if (typeof linking === 'object') {
    warn(
      ['linking'],
      'whoever has an address at one of these providers is taken for the user who has it at another',
    )
  }
  if (hooks.resolveUser !== undefined) {
    const unused = 'has no effect beside the hook resolveUser, which decides'
    if (signup !== 'open') warn(['signup'], unused)
    if (linking !== 'manual') warn(['linking'], unused)
  }
  if (isGuessable(config.operations.metrics_token)) warn(['operations', 'metrics_token'], guessable)
  if (config.admins.length > 0) warn(['admins'], idleText)
  if (config.rate_limits === false) warn(['rate_limits'], 'nobody who asks too often has to wait')
  else if (isOpenRedis(config.rate_limits.storage)) {
    warn(['rate_limits', 'storage'], 'goes over the network in the clear; use rediss://')
  }
  config.trusted_proxies.forEach((block, index) => {
    if (block.endsWith('/0')) warn(['trusted_proxies', index], 'everybody may say who they are')
  })
  const inner = config.allow_private_network_providers
  if (inner && !isLoopbackHost(new URL(config.issuer).hostname)) {
    warn(['allow_private_network_providers'], 'calls to providers may reach the private network')
  }
  return warnings
}

const isOpenRedis = (counters: string): boolean =>
  counters.startsWith('redis:') && !isLoopbackHost(new URL(counters).hostname)

const idleText = 'is taken and has no effect in this version'
const guessable = 'is short; use at least 32 random characters'

/** Less than 128 bits even if every character were random base64url. */
const isGuessable = (secret: string | undefined): boolean => secret !== undefined && secret.length < 22

function clientWarnings(client: Client): [key: string, text: string][] {
  const found: [string, string][] = []
  if (client.secret !== undefined) {
    if (isGuessable(client.secret)) found.push(['secret', guessable])
    if (!client.response_modes.includes('query')) {
      found.push(['response_modes', 'lacks "query": a server never sees a fragment'])
    }
    return found
  }
  if (client.allow_get_authorize) {
    found.push(['allow_get_authorize', 'a link on any page can start a sign-in of this client'])
  }
  if (client.dpop === 'off' || client.dpop === 'optional') {
    found.push(['dpop', 'a copied token works without the key of the browser'])
  }
  const foreign = client.redirect_uris.filter((uri) => !client.origins.includes(new URL(uri).origin))
  if (foreign.length > 0 && !client.allow_get_authorize) {
    found.push(['origins', `lack the origin of ${foreign.join(', ')}, where the code could not be redeemed`])
  }
  return found
}
