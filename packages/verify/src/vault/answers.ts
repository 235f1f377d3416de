import { isJsonObject, type JsonObject } from '../jws/compact.ts'
import { VaultError } from './error.ts'

/** A provider's access token, for calling the provider's API in a user's name. A secret: never log or pass it on. */
export type VaultToken = {
  readonly accessToken: string
  /** The scheme for the Authorization header, `Bearer` nearly always. */
  readonly tokenType: string
  /** Milliseconds; absent where the provider does not say. */
  readonly expiresAt?: number
  /** What the provider granted. */
  readonly scopes: readonly string[]
  readonly connectionId: string
  /**
   * What the provider said beside it that its API asks for: `realmId`, `instance_url`, `team.id`. Absent when there is nothing.
   * It comes from the provider: judge a host in it before anything is sent there.
   */
  readonly providerData?: { readonly [name: string]: string }
}

/** A connection as a service sees it. */
export type VaultConnection = {
  readonly id: string
  readonly provider: string
  readonly account: { readonly subject: string; readonly label?: string }
  readonly scopes: readonly string[]
  readonly status: 'active' | 'expiring' | 'needs_reconnect'
  /** With `needs_reconnect`. */
  readonly reason?: string
}

/** The value of the Authorization header for one request, to be sent at once and once. */
export type VaultSignature = {
  readonly authorization: string
  /** Milliseconds. */
  readonly expiresAt: number
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string')

const isTextMap = (value: unknown): value is { [name: string]: string } =>
  isJsonObject(value) && isTexts(Object.values(value))

/** @throws VaultError `unexpected_answer` */
export function readToken(body: JsonObject, connectionId: string): VaultToken {
  const { access_token: accessToken, token_type: tokenType, expires_at: end, scopes } = body
  const providerData = body.provider_data
  const expiresAt = typeof end === 'string' ? Date.parse(end) : undefined
  if (
    typeof accessToken !== 'string' ||
    // One header line, whatever the provider issued.
    !/^[\x20-\x7e]+$/.test(accessToken) ||
    typeof tokenType !== 'string' ||
    !isTexts(scopes) ||
    Number.isNaN(expiresAt) ||
    (providerData !== undefined && !isTextMap(providerData))
  ) {
    throw new VaultError('unexpected_answer')
  }
  return {
    ...{ accessToken, tokenType, scopes, connectionId },
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(providerData === undefined ? {} : { providerData }),
  }
}

/** @throws VaultError `unexpected_answer` */
export function readSignature({ authorization, expires_at: end }: JsonObject): VaultSignature {
  const expiresAt = typeof end === 'string' ? Date.parse(end) : Number.NaN
  if (typeof authorization !== 'string' || !/^[\x20-\x7e]+$/.test(authorization) || Number.isNaN(expiresAt)) {
    throw new VaultError('unexpected_answer')
  }
  return { authorization, expiresAt }
}

/** @throws VaultError `unexpected_answer` */
export function readConnections(body: JsonObject): { page: VaultConnection[]; cursor?: string } {
  const { connections, next_cursor: cursor } = body
  if (!Array.isArray(connections)) throw new VaultError('unexpected_answer')
  return {
    page: connections.map(readConnection),
    ...(typeof cursor === 'string' ? { cursor } : {}),
  }
}

function readConnection(value: unknown): VaultConnection {
  if (!isJsonObject(value)) throw new VaultError('unexpected_answer')
  const { id, provider, account, scopes, status, reason } = value
  const granted = isJsonObject(scopes) ? scopes.granted : undefined
  const { subject, label } = isJsonObject(account) ? account : {}
  if (
    typeof id !== 'string' ||
    typeof provider !== 'string' ||
    typeof subject !== 'string' ||
    !isTexts(granted) ||
    (status !== 'active' && status !== 'expiring' && status !== 'needs_reconnect')
  ) {
    throw new VaultError('unexpected_answer')
  }
  return {
    ...{ id, provider, status, scopes: granted },
    account: { subject, ...(typeof label === 'string' ? { label } : {}) },
    ...(typeof reason === 'string' ? { reason } : {}),
  }
}
