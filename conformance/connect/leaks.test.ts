// What the provider gave for an account is searched for where it has no business: logs, events, URLs, answers, the file.
import { onAnswer } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import {
  connect,
  finish,
  openRoom,
  type Room,
  type SignedIn,
  signIn,
  signInAs,
  travelConnect,
} from './support.ts'

let room: Room
let user: SignedIn
/** Whatever is of use at the provider. */
const tokens: string[] = []
/** Whatever the server said to anybody but the provider. */
const answers: string[] = []

beforeAll(async () => {
  room = await openRoom((provider) => ({
    providers: { ...{ oidc: provider.oidc }, gone: { ...provider.oauth2, connect: true, sign_in: false } },
  }))
  const notice = onAnswer((answer) => {
    for (const name of ['access_token', 'refresh_token', 'id_token']) {
      const token = answer.members[name]
      if (typeof token === 'string') tokens.push(token)
    }
    return answer
  })
  const watched = () => room.provider.faults.next('token', notice)
  user = await signIn(room.server, { provider: 'oidc' })
  const call = user.call
  user.call = async (...given) => {
    const answer = await call(...given)
    answers.push(JSON.stringify([answer.body, [...answer.headers]]))
    return answer
  }
  const travel = async (changes: Record<string, string> = {}, browser = user.browser) => {
    watched()
    const trip = await travelConnect(room.server, user, changes, browser)
    answers.push(JSON.stringify(trip.pushed), trip.last?.next?.href ?? '', trip.last?.body ?? '')
    for (const { value } of browser.cookies()) answers.push(value)
    return trip
  }

  await finish(user, await travel())
  const [{ id } = { id: '' }] = await listed()
  await finish(user, await travel({ connection_id: id }))
  room.provider.autoApprove('admin')
  await finish(user, await travel({ connection_id: id }))
  await finish(user, { ...(await travel()), code_verifier: 'v'.repeat(43) })
  await finish(user, await travel({ provider: 'gone' }))
  await travel({}, createBrowser(room.server.clock))
  const other = await signInAs(room, 'no-email')
  await finish(other, await travel({ provider: 'plain' }))
  watched()
  await connect(room.server, user, { provider: 'both' })
  for (const one of await listed()) await user.call('DELETE', `/account/connections/${one.id}`)
  await room.timers.pass(200_000)
})
afterAll(() => room?.close())

async function listed(): Promise<{ id: string }[]> {
  const { body } = await user.call('GET', '/account/connections')
  const { connections }: { connections?: { id: string }[] } = body
  return connections ?? []
}

describe('V11 X06 a token of a provider’s', () => {
  it('was there to be leaked', () => {
    expect(new Set(tokens).size).toBeGreaterThan(14)
    expect(answers.length).toBeGreaterThan(14)
    expect(room.server.events.length).toBeGreaterThan(8)
  })
  it.each<[where: string, text: () => string | Promise<string>]>([
    ['log', () => room.server.logs.join('\n')],
    ['event', () => JSON.stringify(room.server.events)],
    ['answer, cookie or address', () => answers.join('\n')],
    ['database', () => room.server.storage.contents()],
  ])('is in no %s', async (_, text) => {
    const where = await text()
    expect(tokens.filter((token) => where.includes(token))).toEqual([])
  })
})
