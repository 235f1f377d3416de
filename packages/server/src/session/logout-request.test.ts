import { describe, expect, it } from 'vitest'
import { clientWith } from './client.fixture.ts'
import { decideLogout } from './logout-request.ts'

const home = 'https://app.example/'
const bye = 'https://app.example/bye?from=auth'
const web = clientWith('web', [home, bye])
const other = clientWith('other', ['https://other.example/'])
const clients = new Map([
  ['web', web],
  ['other', other],
])
const hint = { sessionId: 'ses_1', userId: 'usr_1', clientId: 'web' }
const decide = (params: Record<string, string>, given: Parameters<typeof decideLogout>[1]) =>
  decideLogout(new URLSearchParams(params), given, clients)
const to = (uri: string, more: Record<string, string> = {}) => ({ post_logout_redirect_uri: uri, ...more })

describe('A40 with a hint that is good, the session ends', () => {
  it.each<[string, Record<string, string>, object]>([
    ['no address', {}, { unregistered: false }],
    ['no address, a state', { state: 's' }, { unregistered: false }],
    ['an empty address', to(''), { unregistered: false }],
    ['a registered address', to(home), { unregistered: false, uri: home }],
    ['with state', to(home, { state: 'a b&c' }), { unregistered: false, uri: home, state: 'a b&c' }],
    ['an empty state', to(home, { state: '' }), { unregistered: false, uri: home }],
    [
      '512 bytes of state',
      to(home, { state: 'é'.repeat(256) }),
      { unregistered: false, uri: home, state: 'é'.repeat(256) },
    ],
    ['a registered query', to(bye), { unregistered: false, uri: bye }],
    ['its client named', to(home, { client_id: 'web' }), { unregistered: false, uri: home }],
    ['an empty client', to(home, { client_id: '' }), { unregistered: false, uri: home }],
    ['a query added', to(`${home}?x=1`, { state: 's' }), { unregistered: true }],
    ['a query left out', to('https://app.example/bye'), { unregistered: true }],
    ['a fragment', to(`${home}#x`), { unregistered: true }],
    ['without the slash', to('https://app.example'), { unregistered: true }],
    ['another case', to('https://APP.example/'), { unregistered: true }],
    ['another path', to('https://app.example/evil'), { unregistered: true }],
    ['a user', to('https://app.example@evil.example/'), { unregistered: true }],
    ['script', to('javascript:alert(1)'), { unregistered: true }],
    ['another client’s address', to('https://other.example/'), { unregistered: true }],
  ])('%s', (_, params, way) => {
    expect(decide(params, hint)).toEqual({ kind: 'end', hint, client: web, way })
  })
})

describe('A40 a request that contradicts itself does nothing', () => {
  it.each<[string, Record<string, string>]>([
    ['another client than the hint’s', to(home, { client_id: 'other' })],
    ['an unknown client beside a hint', to(home, { client_id: 'nobody' })],
    ['513 bytes of state', to(home, { state: 's'.repeat(513) })],
  ])('%s', (_, params) => {
    expect(decide(params, hint)).toMatchObject({ kind: 'refuse' })
  })
})

describe.each(['missing', 'invalid'] as const)('A40 with a hint that is %s, nothing ends', (given) => {
  it.each<[string, Record<string, string>, object]>([
    ['nothing at all', {}, {}],
    ['an unknown client', to(home, { client_id: 'nobody' }), {}],
    ['a name of every object', to(home, { client_id: '__proto__' }), {}],
    ['an address without a client', to(home), {}],
    ['a client without an address', { client_id: 'web' }, { client: web }],
    [
      'an address that is not the client’s',
      to('https://other.example/', { client_id: 'web' }),
      { client: web },
    ],
    [
      'a registered address, without its state',
      to(home, { client_id: 'web', state: 's' }),
      { client: web, back: home },
    ],
  ])('%s', (_, params, more) => {
    expect(decide(params, given)).toEqual({ kind: 'ask', hint: given, ...more })
  })
})
