// Providers that do not give `state` back: it travels in the redirect URI, and is what it always was.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { callBack, openRoom, type Room, reachCallback, takeTrip } from './room.ts'

let provider: FakeProvider
let room: Room
beforeAll(async () => {
  provider = await createFakeProvider({
    host: 'localhost',
    autoApprove: 'user',
    plays: [
      {
        ...{ id: 'stateless', name: 'Stateless', protocol: 'oauth2', domains: ['stateless.example'] },
        endpoints: {
          authorization: 'https://stateless.example/authorize',
          token: 'https://stateless.example/token',
          userinfo: 'https://stateless.example/me',
        },
        quirks: ['state-unsupported'],
        // So that the redirect URI alone binds a code to its journey.
        pkce: 'none',
        identity: { from: 'userinfo', subject: 'id' },
        refresh: { issued: 'no' },
        ...{ localhost: 'allowed', links: {}, verified: { degree: 'sources', on: '2026-11', sources: 0 } },
      },
    ],
  })
  const { authorization_endpoint, token_endpoint, userinfo_endpoint, client_id, client_secret } =
    provider.played('stateless').settings
  room = await openRoom({
    configure: () => ({
      providers: {
        stateless: {
          type: 'oauth2',
          authorization_endpoint: String(authorization_endpoint),
          token_endpoint: String(token_endpoint),
          userinfo_endpoint: String(userinfo_endpoint),
          client_id: String(client_id),
          client_secret: String(client_secret),
          token_endpoint_auth_method: 'client_secret_post',
          subject: 'id',
          pkce: 'none',
          quirks: ['state-unsupported'],
        },
      },
    }),
  })
})
afterAll(async () => {
  await room?.close()
  await provider?.close()
})

describe('R01 state-unsupported', () => {
  it('a journey ends with a code', async () => {
    expect((await takeTrip(room, 'stateless')).ending).toBe('code')
  })

  it('the answer has state because our own redirect URI has it', async () => {
    const { callback } = await reachCallback(room, 'stateless')
    expect([...callback.searchParams.keys()].filter((name) => name === 'state')).toEqual(['state'])
  })

  it.each([
    ['without it', (callback: URL) => callback.searchParams.delete('state'), '400 invalid_callback'],
    ['with it twice', (callback: URL) => callback.searchParams.append('state', 'x'), '400 invalid_callback'],
    [
      'with one letter changed',
      (callback: URL) => {
        const [first, ...rest] = callback.searchParams.get('state') ?? ''
        callback.searchParams.set('state', `${first === 'A' ? 'B' : 'A'}${rest.join('')}`)
      },
      '403 wrong_browser',
    ],
  ])('%s there is no way in', async (_what, change, ending) => {
    const arrival = await reachCallback(room, 'stateless')
    const { href } = arrival.callback
    change(arrival.callback)
    expect(arrival.callback.href).not.toBe(href)
    expect((await callBack(room, arrival)).ending).toBe(ending)
  })

  it('in another browser there is no way in', async () => {
    const { callback } = await reachCallback(room, 'stateless')
    const browser = createBrowser(room.clock)
    expect((await callBack(room, { browser, callback })).ending).toBe('403 wrong_browser')
  })

  it('R04 a code with the state of another journey is for another redirect URI: the provider takes it not', async () => {
    const stolen = await reachCallback(room, 'stateless')
    const arrival = await reachCallback(room, 'stateless')
    arrival.callback.searchParams.set('code', stolen.callback.searchParams.get('code') ?? '')
    expect((await callBack(room, arrival)).ending).toBe('provider_error')
  })
})
