// OAuth 1.0a over real sockets: a signed-in user, a provider that speaks it, and services that use what is connected.
import type { FakeProvider, FakeProviderOptions } from '@latchkey/testing'
import { onAnswer } from '@latchkey/testing'
import { openRoom, type Room } from '../connect/support.ts'
import { type VaultCaller, vaultCaller } from '../vault/caller.ts'

export interface SignedRoom extends Room {
  /** May use whatever is connected at `old`, `plaintext` and `calendar`. */
  reports: VaultCaller
  /** May use nothing that is connected here. */
  mailer: VaultCaller
  /** Every secret that the provider gave, and the client's own. */
  secrets: string[]
}

/** What the fake provider gives for `providers`, with the API that it serves. */
const oldEntry = (provider: FakeProvider) => ({
  ...provider.oauth1,
  ...{ connect: true, api_hosts: [new URL(provider.origin).host], profile: { label: 'login' } },
})

/**
 * `old` signs in and connects by OAuth 1.0a, with HMAC-SHA1; `plaintext` connects with PLAINTEXT; `oidc` and `calendar` are as in
 * any room.
 */
export async function openSignedRoom(options: FakeProviderOptions = {}): Promise<SignedRoom> {
  let room: Room | undefined
  const issuer = () => room?.server.issuer ?? ''
  const reports = vaultCaller('reports', issuer)
  const mailer = vaultCaller('mailer', issuer)
  room = await openRoom(
    (provider) => ({
      tokens: { access_token_seconds: 3600 },
      providers: {
        old: oldEntry(provider),
        plaintext: { ...oldEntry(provider), sign_in: false, signature_method: 'PLAINTEXT' },
      },
      services: [
        {
          ...{ id: reports.id, secret: reports.secret },
          vault: { old: ['*'], plaintext: ['*'], calendar: ['*'] },
        },
        { id: mailer.id, secret: mailer.secret, vault: { calendar: ['*'] } },
      ],
    }),
    options,
  )
  const { provider } = room
  const secrets = [String(provider.oauth1.consumer_secret)]
  const notice = onAnswer((answer) => {
    const secret = answer.members.oauth_token_secret
    if (typeof secret === 'string') secrets.push(secret)
    return answer
  })
  provider.faults.always('request_token', notice)
  provider.faults.always('access_token', notice)
  return { ...room, reports, mailer, secrets }
}

/** The API that the provider serves. */
export const apiOf = ({ provider }: Pick<Room, 'provider'>, path = ''): string =>
  `${provider.endpoints.api}${path}`

/** A call by way of the proxy. */
export async function proxied(
  { server, provider, reports }: SignedRoom,
  id: string,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const { host } = new URL(provider.origin)
  const headers = { ...init.headers, Authorization: `Bearer ${await reports.ownToken()}` }
  return fetch(`${server.issuer}/vault/connections/${id}/proxy/${host}${path}`, { ...init, headers })
}

/** A request for a signature. */
export async function signed(
  { server }: Pick<Room, 'server'>,
  caller: VaultCaller,
  id: string,
  body: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${server.issuer}/vault/connections/${id}/sign`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await caller.ownToken()}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}
