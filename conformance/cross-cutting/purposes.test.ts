import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { testClock } from '../support/clock.ts'
import { type Spa, travel } from '../support/spa.ts'
import { type House, openHouse, unsendable } from './doors.ts'

let provider: FakeProvider
let house: House
/** What a person or an attacker may hold that has no door of its own, or has it elsewhere. */
let foreign: Record<string, string>

beforeAll(async () => {
  const clock = testClock()
  provider = await createFakeProvider({ clock })
  provider.autoApprove('user')
  house = await openHouse(provider, clock)
  const plain: Spa = { ...house.server.spa, clientId: 'plain' }
  const trip = await travel(plain, createBrowser(clock), { provider: 'oidc' })
  foreign = {
    verifier: trip.verifier,
    'upstream code': provider.requests.last('token')?.form.get('code') ?? '',
    'upstream verifier': provider.requests.last('token')?.form.get('code_verifier') ?? '',
    'app state': trip.state,
    'client id': 'plain',
    'unsigned token': `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`,
  }
})
afterAll(async () => {
  await house?.server.close()
  await provider?.close()
})

const kinds = [
  ...['code', 'refresh_token', 'access_token', 'dpop_nonce', 'dpop_proof', 'journey_cookie', 'state'],
  ...['chooser_journey', 'form_post_stash', 'request_uri', 'browser_binding'],
  ...['id_token_hint', 'departure', 'logout_token'],
]

const refusals: Record<string, string[]> = {
  code: ['invalid_grant'],
  refresh_token: ['invalid_grant'],
  access_token: ['invalid_token'],
  dpop_nonce: ['use_dpop_nonce'],
  // 4,096 characters and more of a proof are as wrong as a malformed one
  dpop_proof: ['invalid_dpop_proof'],
  journey_cookie: ['wrong_browser'],
  state: ['invalid_callback', 'wrong_browser'],
  chooser_journey: ['invalid_request'],
  form_post_stash: ['invalid_callback'],
  request_uri: ['invalid_request'],
  browser_binding: ['wrong_browser'],
  id_token_hint: ['invalid_id_token_hint'],
  departure: ['a page'],
  logout_token: ['invalid_request'],
}

describe('48 S02 what was made for one purpose opens nothing else', () => {
  it.each(kinds)('48 S02 the door of %s', async (kind) => {
    const door = await house.doors[kind]?.()
    if (door === undefined) throw new Error('no such door')
    const others = Object.entries(house.doors).filter(([name]) => name !== kind)
    const values = new Map(Object.entries(foreign))
    for (const [name, make] of others) values.set(name, (await make()).value)
    for (const [name, value] of values) {
      expect(value, name).not.toBe('')
      const outcome = await door.open(value)
      expect(outcome === unsendable || refusals[kind]?.includes(outcome), `${name}: ${outcome}`).toBe(true)
    }
    expect(await door.open(door.value), 'its own').toBe('open')
  })

  it.each(['code', 'journey_cookie', 'chooser_journey', 'form_post_stash', 'browser_binding'])(
    '48 R03 %s of one journey is not taken in the place of another’s',
    async (kind) => {
      const [one, two] = [await house.doors[kind]?.(), await house.doors[kind]?.()]
      if (one === undefined || two === undefined) throw new Error('no such door')
      // The chooser's is bearer: it holds nothing but what an app asked for, and any page of ours may send it.
      const expected = kind === 'chooser_journey' ? 'open' : refusals[kind]?.[0]
      expect(await one.open(two.value)).toBe(expected)
    },
  )
})
