export { endEverywhere } from './sign-out.ts'

import type { Client } from './client.ts'
import type { Claims } from './encoding.ts'
import { AuthError, type AuthPhase } from './errors.ts'
import { bareRequest } from './request.ts'
import { readAnswer } from './token-endpoint.ts'
import type { Identity, SessionInfo } from './types.ts'

/** Where the user is signed in. */
export async function listSessions(client: Client): Promise<SessionInfo[]> {
  return readAll(client, 'sessions', (item) => ({
    id: text(item.id),
    clientId: text(item.client_id),
    provider: text(item.provider),
    ...optional('device', item.device),
    createdAt: time(item.created_at),
    lastUsedAt: time(item.last_used_at),
    current: item.current === true,
  }))
}

/** Signs out there; where it is here, in all tabs. */
export async function revokeSession(client: Client, id: string): Promise<void> {
  const { session } = client
  await callAccount(client, `sessions/${encodeURIComponent(id)}`, 'call', { method: 'DELETE' })
  // The ID token's claim (OpenID Connect Front-Channel Logout 1.0 section 3), which the user's type need not have.
  const current: Claims = { ...session.user() }
  if (current.sid === id) await session.end()
}

/** What signs the user in. */
export async function listIdentities(client: Client): Promise<Identity[]> {
  return readAll(client, 'identities', (item) => ({
    id: text(item.id),
    provider: text(item.provider),
    subject: text(item.subject),
    ...optional('label', item.label),
    createdAt: time(item.created_at),
  }))
}

export async function unlinkIdentity(client: Client, id: string): Promise<void> {
  await callAccount(client, `identities/${encodeURIComponent(id)}`, 'call', { method: 'DELETE' })
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

/** All pages of a list, at most a hundred. */
async function readAll<Item>(client: Client, name: string, read: (item: Claims) => Item): Promise<Item[]> {
  const items: Item[] = []
  let query = ''
  for (let page = 0; page < 100; page++) {
    const answer = await callAccount(client, name + query, 'call')
    items.push(...list(answer[name]).map(read))
    if (typeof answer.next_cursor !== 'string') break
    query = `?${new URLSearchParams({ cursor: answer.next_cursor })}`
  }
  return items
}

const invalid = () => new AuthError('invalid_response', 'call')

function list(value: unknown): Claims[] {
  if (!Array.isArray(value)) throw invalid()
  return value.map((item) => ({ ...item }))
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw invalid()
  return value
}

function time(value: unknown): Date {
  const date = new Date(text(value))
  if (Number.isNaN(date.getTime())) throw invalid()
  return date
}

const optional = <Name extends string>(name: Name, value: unknown): { [Key in Name]?: string } =>
  typeof value === 'string' ? ({ [name]: value } as { [Key in Name]?: string }) : {}
