import type { Finding } from '../findings.ts'
import { classifyHost } from '../hosts.ts'
import { formatPath, type Path } from '../path.ts'
import type { Salvaged } from '../salvage.ts'
import { checkEndpoint } from '../uris.ts'
import { consumer, identity } from './identity.ts'
import type { SoundOAuth2Like, SoundOidcProvider, SoundProvider } from './sound.ts'
import { believesNoAddress, revokesWithSecret, signsItsSecret, wireNeeds } from './wire.ts'

/** What a provider's settings say about each other, and about the installation. */
export function providerFindings(config: Salvaged): Finding[] {
  const inner = privateProvidersAllowed(config)
  const each = [...config.providers].flatMap(([id, provider]): Finding[] => {
    if (provider === undefined) return []
    const path = ['providers', id]
    return [
      ...purpose(provider, path),
      ...(provider.type === 'oauth1' || provider.type === 'oauth2' ? identity(provider, path) : []),
      ...(provider.type === 'oauth1' ? consumer(provider, path) : []),
      ...(provider.type === 'oauth2' || provider.type === 'oidc' ? oauth2(provider, path) : []),
      ...endings(provider, path),
      ...(provider.type === 'oidc' ? openid(provider, path, config.issuer) : []),
      ...addressesOf(provider, path).flatMap((address) => reachable(address, inner)),
    ]
  })
  return [...each, ...sharedRedirectUris(config)]
}

/** Whether providers may be on loopback and private hosts; undefined while that cannot be told. */
function privateProvidersAllowed(config: Salvaged): boolean | undefined {
  const { issuer, allow_private_network_providers: allowed } = config
  if (allowed === true) return true
  const host = issuer === undefined ? undefined : URL.parse(issuer)?.hostname
  if (host === undefined || allowed === undefined) return undefined
  return classifyHost(host) === 'loopback'
}

const oauth2 = (provider: SoundOAuth2Like, path: Path): Finding[] => [
  ...wireNeeds(provider, path),
  ...authentication(provider, path),
  ...restriction(provider, path),
  ...revocation(provider, path),
]

function purpose({ sign_in, connect }: SoundProvider, path: Path): Finding[] {
  if (sign_in !== false || connect !== false) return []
  return [
    {
      path: [...path, 'sign_in'],
      problem: 'and "connect" are both off, so that the provider serves nothing',
      remedy: 'switch one on, or take the provider out',
    },
  ]
}

/** Nobody would ever come in. */
function restriction(provider: SoundOAuth2Like, path: Path): Finding[] {
  if (provider.allowed_email_domains === undefined || !believesNoAddress(provider)) return []
  return [
    {
      path: [...path, 'allowed_email_domains'],
      problem: 'needs verified addresses, and this provider\'s are not believed ("email-not-verified")',
      remedy: 'take it out; "require_claims" may do instead',
    },
  ]
}

function endings(provider: SoundProvider, path: Path): Finding[] {
  const { refresh } = provider
  const findings: Finding[] = []
  const { ends_after_days: hard, ends_unused_after_days: unused } = refresh ?? {}
  if (hard !== undefined && unused !== undefined && unused > hard) {
    findings.push({
      path: [...path, 'refresh', 'ends_unused_after_days'],
      problem: 'is more than ends_after_days, which ends a connection anyway',
      remedy: 'make it at most ends_after_days, or take it out',
    })
  }
  return findings
}

function revocation(provider: SoundOAuth2Like, path: Path): Finding[] {
  const { revocation_ends_account: endsAccount } = provider
  const findings: Finding[] = []
  const nowhere = 'revocation_endpoint' in provider && provider.revocation_endpoint === undefined
  if (endsAccount === true && provider.type === 'oauth2' && nowhere) {
    findings.push({
      path: [...path, 'revocation_ends_account'],
      problem: 'is on, and there is no "revocation_endpoint"',
      remedy: 'add the endpoint, or take this out',
    })
  }
  return findings
}

function authentication(provider: SoundOAuth2Like, path: Path): Finding[] {
  const at = (key: string): Path => [...path, key]
  const method = provider.token_endpoint_auth_method
  // judged above: there is a key and no secret
  if (signsItsSecret(provider)) return []
  const lacks = (key: 'client_secret' | 'private_key') => key in provider && provider[key] === undefined
  if ((method === 'client_secret_basic' || method === 'client_secret_post') && lacks('client_secret')) {
    return [
      {
        path: at('client_secret'),
        problem: `is missing, and ${method} needs it`,
        remedy: 'copy it from the registration at the provider',
      },
    ]
  }
  if (method === 'private_key_jwt' && lacks('private_key')) {
    return [
      {
        path: at('private_key'),
        problem: 'is missing, and private_key_jwt needs it',
        remedy: 'give the private key as a JWK',
      },
    ]
  }
  const idle =
    provider.client_secret !== undefined && !secretInHeader(provider) && !revokesWithSecret(provider)
  if (method === 'none' && (idle || provider.private_key !== undefined)) {
    return [
      {
        path: at('token_endpoint_auth_method'),
        problem: 'leaves the given secret or key unused',
        remedy: 'leave it out, or take out the secret',
      },
    ]
  }
  if (provider.client_secret !== undefined && provider.private_key !== undefined && method === undefined) {
    return [
      {
        path: at('token_endpoint_auth_method'),
        problem: 'is missing, and there is both a secret and a key',
        remedy: 'say which one the provider wants',
      },
    ]
  }
  return []
}

function openid(provider: SoundOidcProvider, path: Path, own: string | undefined): Finding[] {
  const findings: Finding[] = []
  if (provider.pkce === 'none' && provider.quirks?.includes('nonce-not-echoed')) {
    findings.push({
      path: [...path, 'pkce'],
      problem: 'is off and the nonce is not echoed, so that nothing ties the code to the journey',
      remedy: 'use PKCE, or take the quirk out',
    })
  }
  const { issuer, metadata } = provider
  if (issuer !== undefined && metadata?.issuer !== undefined && metadata.issuer !== issuer) {
    findings.push({
      path: [...path, 'metadata', 'issuer'],
      problem: 'is not the provider\'s "issuer"',
      remedy: 'write both exactly as the provider does',
    })
  }
  if (issuer !== undefined && issuer === own) {
    findings.push({
      path: [...path, 'issuer'],
      problem: 'is this installation itself',
      remedy: "give the provider's issuer",
    })
  }
  if (provider.sign_out === true && metadata !== undefined && metadata.end_session_endpoint === undefined) {
    findings.push({
      path: [...path, 'sign_out'],
      problem: 'is on, and the given metadata has no "end_session_endpoint"',
      remedy: 'add it to "metadata", or take "sign_out" out',
    })
  }
  for (const address of addressesOf(provider, path)) {
    if (!address.path.includes('metadata')) continue
    findings.push(...checkEndpoint(address.value).map((complaint) => ({ ...complaint, path: address.path })))
  }
  return findings
}

/** Beside the token endpoint's own way: in a header of every request (Etsy). */
const secretInHeader = ({ wire }: SoundOAuth2Like): boolean =>
  Object.values(wire?.headers ?? {}).some((value) => value.includes('{client_secret}'))

interface Address {
  path: Path
  value: string
}

const endpointKeys = [
  ...['issuer', 'authorization_endpoint', 'token_endpoint', 'userinfo_endpoint'],
  ...['revocation_endpoint', 'introspection_endpoint', 'refresh_endpoint', 'exchange_endpoint'],
  ...['emails_endpoint', 'discovery_url', 'request_token_endpoint', 'access_token_endpoint'],
]

/** Every URL of a provider that Latchkey calls or sends people to. */
function addressesOf(provider: SoundProvider, path: Path): Address[] {
  const named = endpointKeys.map((key) => ({
    path: [...path, key],
    value: Reflect.get(provider, key) as unknown,
  }))
  const metadata = provider.type === 'oidc' ? Object.entries(provider.metadata ?? {}) : []
  const given = metadata
    .filter(([key]) => key === 'jwks_uri' || key.endsWith('_endpoint'))
    .map(([key, value]) => ({ path: [...path, 'metadata', key], value }))
  const hosts = (provider.api_hosts ?? []).map((host, index) => ({
    path: [...path, 'api_hosts', index],
    value: typeof host === 'string' ? `https://${host}` : undefined,
  }))
  const tokenHosts = (('wire' in provider ? provider.wire : undefined)?.token_host?.hosts ?? []).map(
    (host, index) => ({
      path: [...path, 'wire', 'token_host', 'hosts', index],
      value: `https://${host}`,
    }),
  )
  return [...named, ...given, ...hosts, ...tokenHosts].flatMap((one) =>
    typeof one.value === 'string' ? [{ path: one.path, value: one.value }] : [],
  )
}

/** A call there would be refused when it comes; better said at the start. Names are judged when they resolve. */
function reachable({ path, value }: Address, inner: boolean | undefined): Finding[] {
  const host = URL.parse(value)?.hostname
  const kind = host === undefined ? 'name' : classifyHost(host)
  if (kind === 'refused') {
    return [
      { path, problem: 'is at an address that is never called', remedy: "use the provider's public name" },
    ]
  }
  if (inner !== false || (kind !== 'loopback' && kind !== 'private')) return []
  return [
    {
      path,
      problem: `is on a ${kind} address`,
      remedy: 'set "allow_private_network_providers": true if that is meant',
    },
  ]
}

/** Two providers behind one address could be mixed up (RFC 9700 section 4.4). */
function sharedRedirectUris(config: Salvaged): Finding[] {
  const owners = new Map<string, string>()
  for (const id of config.providers.keys()) {
    if (config.issuer !== undefined) owners.set(`${config.issuer}/callback/${id}`, id)
  }
  return [...config.providers].flatMap(([id, provider]): Finding[] => {
    const uri = provider?.redirect_uri
    if (uri === undefined) return []
    const owner = owners.get(uri)
    owners.set(uri, owner ?? id)
    if (owner === undefined || owner === id) return []
    const other = formatPath(['providers', owner])
    return [
      {
        path: ['providers', id, 'redirect_uri'],
        problem: `is where ${other} answers`,
        remedy: 'register an address of its own for each provider',
      },
    ]
  })
}
