// Accounts at providers with ways of their own: what comes beside the tokens, and tokens that renew themselves.
import type { Entry } from '@latchkey/providers'
import type { FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { vaultCaller } from '../vault/caller.ts'
import { connect, openRoom, type Room, type SignedIn, signIn } from './support.ts'

const place = (id: string, path: string) => `https://${id}.example/${path}`
const entryOf = (id: string, more: Partial<Entry>): Entry => ({
  ...{ id, name: id, protocol: 'oauth2', domains: [`${id}.example`] },
  endpoints: {
    ...{ authorization: place(id, 'authorize'), token: place(id, 'token'), userinfo: place(id, 'me') },
    ...more.endpoints,
  },
  identity: { from: 'userinfo', subject: 'id' },
  refresh: { issued: 'yes', rotates: true },
  ...{ localhost: 'allowed', links: {}, verified: { degree: 'sources', on: '2026-11', sources: 0 } },
  ...more,
})

const books = entryOf('books', {
  wire: { keepFromCallback: ['realmId'], keepFromToken: ['instance.url'], tokenParameters: 'json' },
})
const graph = entryOf('graph', {
  endpoints: {
    ...{ authorization: place('graph', 'authorize'), token: place('graph', 'token') },
    ...{
      userinfo: place('graph', 'me'),
      exchange: place('graph', 'exchange'),
      refresh: place('graph', 'renew'),
    },
  },
  wire: {
    exchange: { grantType: 'long', tokenParameter: 'short', sends: ['client_secret'] },
    refreshExchange: { grantType: 'longer', tokenParameter: 'access_token', sends: [] },
  },
  refresh: { issued: 'no', accessTokenSeconds: 5_184_000 },
})

const service = () => vaultCaller('reports', () => room.server.issuer)

/** Everything by hand, as a configuration without the catalogue has it. */
const written = ({ played }: FakeProvider, id: string, ...further: string[]) => {
  const { settings } = played(id)
  const keys = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', ...further] as const
  const [authorization_endpoint = '', token_endpoint = '', userinfo_endpoint = ''] = keys.map((key) =>
    String(settings[key]),
  )
  return {
    ...{ type: 'oauth2' as const, authorization_endpoint, token_endpoint, userinfo_endpoint, subject: 'id' },
    ...Object.fromEntries(further.map((key) => [key, String(settings[key])])),
    ...{ client_id: String(settings.client_id), client_secret: String(settings.client_secret) },
    token_endpoint_auth_method: 'client_secret_post' as const,
    ...{ sign_in: false, connect: true, scopes: ['read'] },
  }
}

let room: Room
let user: SignedIn
beforeAll(async () => {
  const { id, secret } = service()
  room = await openRoom(
    (provider) => ({
      services: [{ id, secret, vault: { books: ['*'], graph: ['*'] } }],
      providers: {
        books: {
          ...written(provider, 'books'),
          wire: {
            ...{ keep_from_callback: ['realmId'], keep_from_token: ['instance.url'] },
            token_parameters: 'json',
          },
        },
        graph: {
          ...written(provider, 'graph', 'exchange_endpoint', 'refresh_endpoint'),
          wire: {
            exchange: { grant_type: 'long', token_parameter: 'short', sends: ['client_secret'] },
            refresh_exchange: { grant_type: 'longer', token_parameter: 'access_token', sends: [] },
          },
        },
      },
    }),
    { plays: [books, graph] },
  )
})
beforeEach(async () => {
  user = await signIn(room.server, { provider: 'oidc' })
})
afterAll(() => room?.close())

/** What the service gets now; its own token may be over. */
async function handedOut(id: string) {
  const { status, body } = await service().token(id)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

describe('V14 what a provider says beside its tokens', () => {
  it('comes to the service with them, before and after a renewal, and to nobody else', async () => {
    const { id, ...shown } = await connect(room.server, user, { provider: 'books' })
    const first = await handedOut(id)
    expect(first.provider_data).toEqual({ realmId: 'kept-realmid', 'instance.url': 'kept-instance.url' })
    room.server.clock.advance(3_600_000)
    const second = await handedOut(id)
    expect(second.access_token).not.toBe(first.access_token)
    expect(second.provider_data).toEqual(first.provider_data)
    expect(JSON.stringify([shown, room.server.events, room.server.logs])).not.toContain('kept-')
  })
})

describe('V15 no-refresh-token-exchange-instead', () => {
  it('an access token that renews itself is renewed before it ends, again and again', async () => {
    const { id } = await connect(room.server, user, { provider: 'graph' })
    const seen = new Set<unknown>()
    for (let times = 0; times < 3; times++) {
      const { access_token, provider_data } = await handedOut(id)
      expect(provider_data).toBeUndefined()
      seen.add(access_token)
      room.server.clock.advance((60 * 86_400 - 30) * 1000)
    }
    expect(seen.size).toBe(3)
    expect(JSON.stringify(room.server.logs)).not.toMatch(new RegExp([...seen].join('|')))
  })

  it('and is renewed before its end though nobody uses it', async () => {
    const { id } = await connect(room.server, user, { provider: 'graph' })
    const { access_token } = await handedOut(id)
    const renewals = () => room.provider.played('graph').grants().at(-1)?.refreshes
    /** Days go by, and then the upkeep comes round. */
    const pass = async (days: number) => {
      room.server.clock.advance(days * 86_400_000)
      await room.timers.pass(120_000)
      return renewals()
    }
    expect(await pass(44)).toBe(0)
    expect(await pass(9)).toBe(1)
    expect(await pass(44)).toBe(1)
    expect(await pass(9)).toBe(2)
    // Long after the end of the first.
    expect((await handedOut(id)).access_token).not.toBe(access_token)
    expect(renewals()).toBe(2)
  })
})
