export { endEverywhere } from './sign-out.ts'

import type { Client } from './client.ts'
import type { Claims } from './encoding.ts'
import { AuthError, type AuthPhase } from './errors.ts'
import type { AddingJourney } from './journey.ts'
import { bareRequest } from './request.ts'
import { readAnswer } from './token-endpoint.ts'
import type { Connection, Disconnected, Identity, Outcome, SessionInfo } from './types.ts'

/** Where the user is signed in. */
export async function listSessions(client: Client): Promise<SessionInfo[]> {
  return readAll(client, 'sessions', (item) => ({
    id: text(item.id),
    clientId: text(item.client_id),
    provider: text(item.provider),
    ...optional('device', item.device, text),
    createdAt: time(item.created_at),
    lastUsedAt: time(item.last_used_at),
    current: item.current === true,
  }))
}

/** Signs out there; where it is here, in all tabs. */
export async function revokeSession(client: Client, id: string): Promise<void> {
  const { session } = client
  await remove(client, 'sessions', id)
  // The ID token's claim (OpenID Connect Front-Channel Logout 1.0 section 3), which the user's type need not have.
  const current: Claims = { ...session.user() }
  if (current.sid === id) await session.end()
}

/** What signs the user in. */
export async function listIdentities(client: Client): Promise<Identity[]> {
  return readAll(client, 'identities', readIdentity)
}

export async function unlinkIdentity(client: Client, id: string): Promise<void> {
  await remove(client, 'identities', id)
}

/** What services may use in the user's name. */
export async function listConnections(client: Client): Promise<Connection[]> {
  return readAll(client, 'connections', readConnection)
}

export async function disconnect(client: Client, id: string): Promise<Disconnected> {
  const { revoked_at_provider: told } = await remove(client, 'connections', id)
  return { revokedAtProvider: told === 'unsupported' ? told : told === true }
}

/**
 * Finishes a link or a connect in the session that there is now, whose user must be the one who began it: the server
 * asks that again.
 * @throws AuthError `signed_out`, `user_changed`, `identity_in_use`, `account_mismatch`, `invalid_grant`, those of calling
 */
export async function finishAdding(
  client: Client,
  { intent, sub, parameters, credentials }: AddingJourney,
  code: string,
): Promise<Outcome> {
  const user = client.session.user()
  if (user?.sub !== sub) throw new AuthError(user ? 'user_changed' : 'signed_out', 'redeem')
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ code, code_verifier: parameters.code_verifier })
  const list = intent === 'link' ? 'identities' : 'connections'
  const added = await callAccount(client, list, 'redeem', { method: 'POST', headers, body }, credentials)
  return intent === 'link' ? { linked: readIdentity(added) } : { connected: readConnection(added) }
}

/**
 * Calls the user's own API.
 * @throws AuthError those of `getAccessToken`, `network_error`, and what the server says
 */
export async function callAccount(
  { context, send }: Client,
  path: string,
  phase: AuthPhase,
  init: RequestInit = {},
  credentials?: RequestCredentials,
): Promise<Claims> {
  const signal = AbortSignal.timeout(20_000)
  const request = bareRequest(`${context.issuer}/account/${path}`, { ...init, signal }, credentials)
  try {
    return await readAnswer(context, await send(request), phase)
  } catch (cause) {
    // The time was up while the token was renewed.
    throw cause instanceof AuthError ? cause : new AuthError('network_error', phase, undefined, { cause })
  }
}

const remove = (client: Client, list: string, id: string): Promise<Claims> =>
  callAccount(client, `${list}/${encodeURIComponent(id)}`, 'call', { method: 'DELETE' })

/** All pages of a list, at most a hundred. */
async function readAll<Item>(client: Client, name: string, read: (item: Claims) => Item): Promise<Item[]> {
  const items: Item[] = []
  let query = ''
  for (let page = 0; page < 100; page++) {
    const answer = await callAccount(client, name + query, 'call')
    items.push(...list(answer[name]).map((item) => read(members(item))))
    if (typeof answer.next_cursor !== 'string') break
    query = `?${new URLSearchParams({ cursor: answer.next_cursor })}`
  }
  return items
}

const readIdentity = (item: Claims): Identity => ({
  id: text(item.id),
  provider: text(item.provider),
  subject: text(item.subject),
  ...optional('label', item.label, text),
  createdAt: time(item.created_at),
})

function readConnection(item: Claims): Connection {
  const [account, scopes] = [members(item.account), members(item.scopes)]
  const { status } = item
  return {
    id: text(item.id),
    provider: text(item.provider),
    account: { subject: text(account.subject), ...optional('label', account.label, text) },
    scopes: { requested: list(scopes.requested).map(text), granted: list(scopes.granted).map(text) },
    // What a newer server may say beside these is no reason to go on using it.
    status: status === 'active' || status === 'expiring' ? status : 'needs_reconnect',
    ...optional('reason', item.reason, text),
    ...optional('expiresAt', item.expires_at, time),
    connectedAt: time(item.connected_at),
    ...optional('lastUsedAt', item.last_used_at, time),
  }
}

const invalid = () => new AuthError('invalid_response', 'call')

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw invalid()
  return value
}

const members = (value: unknown): Claims => Object.assign({}, value)

function text(value: unknown): string {
  if (typeof value !== 'string') throw invalid()
  return value
}

function time(value: unknown): Date {
  const date = new Date(text(value))
  if (Number.isNaN(+date)) throw invalid()
  return date
}

const optional = <Name extends string, Value>(
  name: Name,
  value: unknown,
  read: (value: unknown) => Value,
): { [Key in Name]?: Value } => (value == null ? {} : ({ [name]: read(value) } as { [Key in Name]?: Value }))
