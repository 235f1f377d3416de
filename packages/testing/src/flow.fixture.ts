import { createHash } from 'node:crypto'
import { createFakeProvider, defaultClient, type FakeProvider, type FakeProviderOptions } from './index.ts'

/** A provider without a socket, at a standing time, with quick keys, answering as the plain user. */
export const quietProvider = (options: FakeProviderOptions = {}): Promise<FakeProvider> =>
  createFakeProvider({
    listen: false,
    algorithm: 'ES256',
    autoApprove: 'user',
    clock: standingClock(),
    ...options,
  })

/** 2026-11-01T12:00:00Z, until it is turned. */
export const standingClock = (start = 1_793_534_400_000) => {
  let time = start
  return {
    now: () => time,
    turn: (seconds: number) => {
      time += seconds * 1000
    },
  }
}

export const verifier = 'a-code-verifier-of-forty-three-characters--'
export const challenge = createHash('sha256').update(verifier).digest('base64url')
export const redirectUri = 'http://localhost:9999/callback'

type Protocol = 'oidc' | 'oauth2'
type Params = Record<string, string | undefined>

const defined = (params: Params): [string, string][] =>
  Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))

const endpointsFor = (provider: FakeProvider, protocol: Protocol) =>
  protocol === 'oidc' ? provider.endpoints : provider.endpoints.oauth2

export const authorizationUrl = (
  provider: FakeProvider,
  params: Params = {},
  protocol: Protocol = 'oidc',
): string => {
  const query = new URLSearchParams(
    defined({
      client_id: defaultClient.client_id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid profile email',
      state: 'a-state',
      nonce: 'a-nonce',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...params,
    }),
  )
  return `${endpointsFor(provider, protocol).authorization}?${query}`
}

/** What the browser would carry back. */
export const callback = async (provider: FakeProvider, params: Params = {}, protocol: Protocol = 'oidc') => {
  const response = await provider.fetch(authorizationUrl(provider, params, protocol))
  return new URL(response.headers.get('location') ?? 'about:blank').searchParams
}

/** A POST as a client that authenticates in the body; members given as undefined are left out. */
export const post = (
  provider: FakeProvider,
  url: string,
  params: Params,
  headers: Record<string, string> = {},
) =>
  provider.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(
      defined({ client_id: defaultClient.client_id, client_secret: defaultClient.client_secret, ...params }),
    ).toString(),
  })

export const redeem = (
  provider: FakeProvider,
  code: string | null,
  params: Params = {},
  protocol: Protocol = 'oidc',
) =>
  post(provider, endpointsFor(provider, protocol).token, {
    grant_type: 'authorization_code',
    code: code ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...params,
  })

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A response's JSON object. */
export const membersOf = async (response: Response): Promise<Record<string, unknown>> => {
  const value: unknown = await response.json()
  if (!isObject(value)) throw new TypeError('not a JSON object')
  return value
}

/** The whole code flow; the token answer's members. */
export const signIn = async (provider: FakeProvider, params: Params = {}, protocol: Protocol = 'oidc') => {
  const code = (await callback(provider, params, protocol)).get('code')
  return membersOf(await redeem(provider, code, {}, protocol))
}

/** Header, claims and signature of a JWT, with no check. */
export const takeApart = (jwt: unknown) => {
  const [header = '', claims = '', signature = ''] = String(jwt).split('.')
  const read = (part: string): Record<string, unknown> => {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return isObject(value) ? value : {}
  }
  return { header: read(header), claims: read(claims), signature }
}
