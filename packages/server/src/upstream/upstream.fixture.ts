import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { OAuth2ProviderConfig, OidcProviderConfig } from '../config/types.ts'
import { type JourneyProof, UpstreamError, type UpstreamRequest } from './contract.ts'
import type { GuardedFetch, GuardedFetchInit } from './net/guarded-fetch.ts'

/** A clock that stands still until it is told. */
export function handClock(start = Date.UTC(2026, 10, 22)): Clock & { forward(ms: number): void } {
  let at = start
  return {
    now: () => at,
    forward(ms) {
      at += ms
    },
  }
}

export const issuer = 'https://op.example'

export const oidcProvider: OidcProviderConfig = {
  id: 'acme',
  type: 'oidc',
  name: 'Acme',
  issuer,
  clientId: 'latchkey',
  clientSecret: 'a secret',
  tokenEndpointAuthMethod: 'client_secret_basic',
  signIn: true,
  connect: false,
  scopes: ['openid', 'profile', 'email'],
  scopeSeparator: ' ',
  connectScopes: [],
  authorizeParams: {},
  connectAuthorizeParams: {},
  revocationEndsAccount: false,
  apiHosts: [],
  refresh: { narrowsScopes: false },
  requireClaims: {},
  responseMode: 'query',
  redirectUri: 'https://auth.example/callback/acme',
  pkce: 'S256',
  quirks: [],
  wire: {},
  idTokenAlgorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  signOut: false,
}

const { issuer: _issuer, idTokenAlgorithms: _algorithms, signOut: _signOut, ...common } = oidcProvider

export const oauth2Provider: OAuth2ProviderConfig & { userinfoEndpoint: string } = {
  ...common,
  type: 'oauth2',
  id: 'legacy',
  name: 'Legacy',
  scopes: ['read', 'write'],
  redirectUri: 'https://auth.example/callback/legacy',
  authorizationEndpoint: 'https://legacy.example/oauth/authorize',
  tokenEndpoint: 'https://legacy.example/oauth/token',
  userinfoEndpoint: 'https://legacy.example/me',
  identityFrom: 'userinfo',
  sharedAccount: false,
  subject: ['id'],
  profile: {},
}

export const metadataDocument = {
  issuer,
  authorization_endpoint: 'https://op.example/authorize',
  token_endpoint: 'https://op.example/token',
  userinfo_endpoint: 'https://op.example/userinfo',
  jwks_uri: 'https://op.example/jwks',
}

export const proof: JourneyProof & UpstreamRequest = {
  state: 'the-journey',
  redirectUri: oidcProvider.redirectUri,
  codeVerifier: 'verifier'.repeat(8),
  nonce: 'the-nonce',
}

export interface SigningKey {
  kid: string
  privateKey: KeyObject
  publicJwk: Record<string, unknown>
  sign(header: object, payload: object): string
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Header and payload as given, whatever they say. */
export const unsigned = (header: object, payload: object): string => `${encode(header)}.${encode(payload)}`

export function rsaKey(kid: string, modulusLength = 2048): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength })
  return {
    kid,
    privateKey,
    publicJwk: { ...publicKey.export({ format: 'jwk' }), kid },
    sign(header, payload) {
      const input = unsigned(header, payload)
      return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
    },
  }
}

/** Claims that pass, at the clock's time. */
export function goodClaims(clock: Clock, more: object = {}): Record<string, unknown> {
  const now = Math.floor(clock.now() / 1000)
  return {
    iss: issuer,
    aud: 'latchkey',
    sub: 'u-1',
    iat: now,
    exp: now + 300,
    nonce: proof.nonce,
    name: 'Ann Example',
    email: 'ann@example.com',
    email_verified: true,
    ...more,
  }
}

export const json = (body: unknown, status = 200): Response => Response.json(body, { status })

export interface Call {
  url: string
  method: string
  headers: Record<string, string>
  form: URLSearchParams
  /** As it was sent; '' for none. */
  body: string
}

type Answer = Response | Error | ((call: Call) => Response | Promise<Response>)

/** A provider in memory: answers by URL without query, keeps what it was asked. Answers may be replaced. */
export function scriptedFetch(answers: Record<string, Answer>) {
  const calls: Call[] = []
  const fetch: GuardedFetch = async (input, init: GuardedFetchInit = {}) => {
    const url = String(input)
    const call: Call = {
      url,
      method: init.method ?? 'GET',
      headers: init.headers ?? {},
      form: new URLSearchParams(init.body instanceof URLSearchParams ? init.body.toString() : ''),
      body: init.body instanceof Uint8Array ? '' : String(init.body ?? ''),
    }
    calls.push(call)
    const answer = answers[url.split('?')[0] ?? '']
    if (answer === undefined) return new Response('no such page', { status: 404 })
    if (answer instanceof Error) throw answer
    return answer instanceof Response ? answer.clone() : answer(call)
  }
  return { fetch, calls, answers, asked: (url: string) => calls.filter((call) => call.url === url).length }
}

/** What went wrong, as `failure reason`; `none` when nothing did. For comparing with a table. */
export async function outcomeOf(work: () => unknown): Promise<string> {
  try {
    await work()
    return 'none'
  } catch (error) {
    if (error instanceof UpstreamError) return `${error.failure} ${error.reason}`
    throw error
  }
}

/** Lets everything run that is already under way. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
