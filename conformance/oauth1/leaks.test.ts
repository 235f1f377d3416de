// Whatever is secret in OAuth 1.0a is searched for where it has no business: logs, events, addresses, answers, the file.
import { createVault } from '@latchkey/verify/vault'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, finish, type SignedIn, signIn, travelConnect } from '../connect/support.ts'
import { createBrowser } from '../support/browser.ts'
import { travel } from '../support/spa.ts'
import { apiOf, openSignedRoom, proxied, type SignedRoom, signed } from './support.ts'

let room: SignedRoom
/** Whatever the server said to anybody but the provider, and every address that a browser was sent to. */
const said: string[] = []
const points = ['request_token', 'access_token', 'oauth1_callback', 'userinfo'] as const
/** Numbers in [0, below), the same in every run. */
const dice = (() => {
  let state = 5849
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
})()
const oneOf = <T>(list: readonly [T, ...T[]]): T => list[dice(list.length)] ?? list[0]

beforeAll(async () => {
  room = await openSignedRoom()
  const { server, provider, reports } = room
  const ada = await signIn(server, { provider: 'oidc' })
  watch(ada)
  const vault = createVault({
    ...{ issuer: server.issuer, id: reports.id, secret: reports.secret, clock: server.clock },
  })
  for (let run = 0; run < 40; run++) {
    provider.autoApprove(oneOf(['user', 'admin', 'denies']))
    if (dice(3) === 0) {
      const point = oneOf(points)
      const fault = {
        request_token: oneOf([
          'http-500',
          'problem-with-200',
          'missing-secret',
          'callback-not-confirmed',
        ] as const),
        access_token: oneOf(['html', 'other-secret', 'repeated-token', 'reset'] as const),
        oauth1_callback: oneOf(['wrong-verifier', 'other-token', 'unknown-problem'] as const),
        userinfo: oneOf(['http-401', 'missing-subject'] as const),
      }
      if (point === 'request_token') provider.faults.next(point, fault[point])
      else if (point === 'access_token') provider.faults.next(point, fault[point])
      else if (point === 'userinfo') provider.faults.next(point, fault[point])
      else provider.faults.next(point, fault[point])
    }
    const id = oneOf(['old', 'plaintext'])
    const browser = createBrowser(server.clock)
    if (id === 'old' && dice(2) === 0) {
      const trip = await travel(server.spa, browser, { provider: id })
      said.push(trip.last.body, trip.last.next?.href ?? '', trip.last.url.href)
    } else {
      const trip = await travelConnect(server, ada, { provider: id }, browser)
      said.push(trip.last?.body ?? '', trip.last?.next?.href ?? '', trip.last?.url.href ?? '')
      await finish(ada, trip)
    }
    for (const { value } of browser.cookies()) said.push(value)
  }
  provider.faults.clear('oauth1_callback')
  provider.autoApprove('user')
  for (const id of ['old', 'plaintext']) {
    const { id: connectionId } = await connect(server, ada, { provider: id })
    const answers = [
      await proxied(room, connectionId, '/api/x', { method: 'POST', body: new URLSearchParams({ a: 'b' }) }),
      await vault.fetch({ connectionId }, apiOf(room)),
    ]
    for (const answer of answers) said.push(await answer.text(), JSON.stringify([...answer.headers]))
    const request = { method: 'GET', url: apiOf(room) }
    said.push(JSON.stringify((await signed(room, reports, connectionId, request)).body))
    said.push(JSON.stringify((await reports.token(connectionId)).body))
    said.push(JSON.stringify((await reports.list()).body))
    await ada.call('DELETE', `/account/connections/${connectionId}`)
  }
})
afterAll(() => room?.close())

function watch(user: SignedIn): void {
  const { call } = user
  user.call = async (...given) => {
    const answer = await call(...given)
    said.push(JSON.stringify([answer.body, [...answer.headers]]))
    return answer
  }
}

describe('V12 X06 a secret of OAuth 1.0a', () => {
  it('was there to be leaked', () => {
    expect(new Set(room.secrets).size).toBeGreaterThan(40)
    expect(said.length).toBeGreaterThan(100)
    expect(room.server.events.some(({ type }) => type === 'connection.created')).toBe(true)
    expect(room.server.logs.join('\n')).toMatch(/access_token_refused|callback_token|userinfo_status/)
  })

  it.each<[where: string, text: () => string | Promise<string>]>([
    ['log', () => room.server.logs.join('\n')],
    ['event', () => JSON.stringify(room.server.events)],
    ['answer, cookie or address', () => said.join('\n')],
    ['address that the provider saw', () => room.provider.requests.all.map(({ url }) => url).join('\n')],
    ['database', () => room.server.storage.contents()],
  ])('is in no %s', async (_, text) => {
    const where = await text()
    const forms = room.secrets.flatMap((secret) => [secret, encodeURIComponent(secret)])
    expect(forms.filter((secret) => secret.length > 8 && where.includes(secret))).toEqual([])
  })
})
