import type { Clock } from '../clock.ts'
import { createCached } from './cached.ts'
import type { UpstreamError } from './contract.ts'
import { fault } from './failures.ts'
import type { JsonObject } from './json.ts'
import type { GuardedFetch } from './net/guarded-fetch.ts'
import { checkedUrl } from './net/url.ts'
import { jsonBody } from './response.ts'
import type { TenantIssuers } from './tenant-issuers.ts'
import { forLogs } from './text.ts'

/** What is used of an issuer's metadata (RFC 8414, OpenID Connect Discovery 1.0), each endpoint checked. */
export interface IssuerMetadata {
  issuer: string
  /** The one tenant that it speaks for, of a provider that has an issuer for each. */
  tenant?: string
  authorizationEndpoint: string
  tokenEndpoint: string
  jwksUri: string
  userinfoEndpoint?: string
  // As they stand there: judged when they are used, so that a bad one keeps nobody from signing in.
  endSessionEndpoint?: string
  revocationEndpoint?: string
  introspectionEndpoint?: string
  /** RFC 9207 section 3: the callback must carry `iss`. */
  issRequired: boolean
}

/**
 * @param expectedIssuer as configured; compared exactly (RFC 8414 section 3.3)
 * @param tenants where the provider has an issuer for each tenant: then they judge it
 * @throws UpstreamError `provider_error`: `metadata_issuer`, `metadata_incomplete` and what `checkedUrl` throws
 */
export function readMetadata(
  document: JsonObject,
  expectedIssuer: string,
  allowPrivate: boolean,
  tenants?: TenantIssuers,
): IssuerMetadata {
  const named =
    tenants === undefined ? exactly(document.issuer, expectedIssuer) : tenants.speaksFor(document.issuer)
  if (named === undefined) {
    throw fault('metadata_issuer', { detail: forLogs([document.issuer]) })
  }
  const optional = (name: string): string | undefined => {
    const value = document[name]
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'string') throw fault('metadata_incomplete', { detail: name })
    const url = checkedUrl(value, allowPrivate)
    if (url.hash !== '') throw fault('invalid_url', { detail: name })
    return value
  }
  const required = (name: string): string => {
    const value = optional(name)
    if (value === undefined) throw fault('metadata_incomplete', { detail: name })
    return value
  }
  const userinfoEndpoint = optional('userinfo_endpoint')
  const {
    end_session_endpoint: endSessionEndpoint,
    revocation_endpoint: revocationEndpoint,
    introspection_endpoint: introspectionEndpoint,
  } = document
  return {
    ...named,
    authorizationEndpoint: required('authorization_endpoint'),
    tokenEndpoint: required('token_endpoint'),
    jwksUri: required('jwks_uri'),
    ...(userinfoEndpoint !== undefined && { userinfoEndpoint }),
    ...(typeof endSessionEndpoint === 'string' && { endSessionEndpoint }),
    ...(typeof revocationEndpoint === 'string' && { revocationEndpoint }),
    ...(typeof introspectionEndpoint === 'string' && { introspectionEndpoint }),
    issRequired: document.authorization_response_iss_parameter_supported === true,
  }
}

const exactly = (issuer: unknown, expected: string) =>
  issuer === expected ? { issuer: expected } : undefined

/**
 * Where an issuer's metadata may be, in the order of asking: appended to the issuer (OpenID Connect Discovery
 * section 4.1), then inserted before its path (RFC 8414 section 3.1).
 */
export function metadataLocations(issuer: string): string[] {
  const url = URL.parse(issuer)
  if (url === null) return []
  const path = url.pathname.replace(/\/$/, '')
  return [
    `${url.origin}${path}/.well-known/openid-configuration`,
    `${url.origin}/.well-known/oauth-authorization-server${path}`,
  ]
}

export interface MetadataSourceOptions {
  issuer: string
  tenants?: TenantIssuers | undefined
  /** The one place of the document, instead of the standard ones. */
  discoveryUrl?: string | undefined
  fetch: GuardedFetch
  clock: Clock
  allowPrivate: boolean
  /** Given instead of discovery. */
  metadata?: JsonObject
  onBackgroundFailure?: (error: unknown) => void
}

const hour = 3_600_000

/** The issuer's metadata: given, or discovered when first needed and renewed behind the scenes after an hour. */
export function createMetadataSource(options: MetadataSourceOptions): () => Promise<IssuerMetadata> {
  const { issuer, tenants, discoveryUrl, fetch, clock, allowPrivate, metadata, onBackgroundFailure } = options
  const locations = discoveryUrl === undefined ? metadataLocations(issuer) : [discoveryUrl]
  if (metadata !== undefined) {
    let read: IssuerMetadata | undefined
    return async () => {
      read ??= readMetadata(metadata, issuer, allowPrivate, tenants)
      return read
    }
  }
  const discovered = createCached({
    load: async () => readMetadata(await discover(locations, fetch), issuer, allowPrivate, tenants),
    clock,
    freshMs: hour,
    staleMs: 24 * hour,
    coolDownMs: 1_000,
    ...(onBackgroundFailure && { onBackgroundFailure }),
  })
  return discovered.get
}

/** A location that answers 4xx has no such document, and the next is asked; any other failure ends it. */
async function discover(locations: string[], fetch: GuardedFetch): Promise<JsonObject> {
  let absent: UpstreamError | undefined
  for (const location of locations) {
    const response = await fetch(location, { headers: { accept: 'application/json' } })
    if (response.status < 400 || response.status >= 500) return jsonBody(response, 'metadata')
    absent = fault('metadata_absent', { detail: `${location} answered ${response.status}` })
  }
  throw absent ?? fault('invalid_url')
}
