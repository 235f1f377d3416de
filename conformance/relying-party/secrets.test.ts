import { json } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDpopKey } from '../support/dpop.ts'
import { postToken, provedToken, redemptionOf } from '../support/spa.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { callBack, openRoom, type Room, reachCallback, takeTrip } from './room.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom({ hostile: { refreshTokens: { issue: 'always' } } })
})
afterAll(() => room?.close())

const told = (room: Room) => room.logs.join('\n')

describe('a log at its most talkative', () => {
  it('X06 holds none of what makes a whole session, nor of what fails on the way', async () => {
    for (const kind of ['oidc', 'posted', 'plain']) {
      const trip = await takeTrip(room, kind)
      const key = await createDpopKey(room.clock.now)
      const { body } = await provedToken(room.spa, key, redemptionOf(room.spa, trip))
      const refresh = {
        grant_type: 'refresh_token',
        client_id: 'web',
        refresh_token: String(body.refresh_token),
      }
      const renewed = await provedToken(room.spa, key, refresh)
      expect(renewed.status).toBe(200)
      const url = `${room.issuer}/userinfo`
      const accessToken = String(renewed.body.access_token)
      const proof = await key.proof({ htm: 'GET', htu: url, accessToken })
      await fetch(url, { headers: { Authorization: `DPoP ${accessToken}`, DPoP: proof } })
      await fetch(url, { headers: { Authorization: `Bearer ${accessToken}` } })
      await fetch(`${url}?access_token=${accessToken}`)
      // Refused: burned code, foreign key, garbage.
      await provedToken(room.spa, key, redemptionOf(room.spa, trip))
      await provedToken(room.spa, await createDpopKey(room.clock.now), refresh)
      await postToken(room.spa, { ...refresh, refresh_token: `${refresh.refresh_token}x` }, { DPoP: proof })
      for (const { body: answer } of [{ body }, renewed]) {
        for (const name of ['access_token', 'refresh_token', 'id_token'])
          room.secrets.add(String(answer[name]))
      }
      room.secrets.add(proof)
    }
    expectNoSecretLogged(room)
  })

  it('X06 does not repeat what the provider repeats of our own secrets', async () => {
    const { hostile } = room
    hostile.faults.always('token', () => {
      const { form, headers } = hostile.requests.last('token') ?? {}
      const echoed = [
        form?.get('code'),
        form?.get('code_verifier'),
        'test-secret-that-is-no-secret',
        headers?.authorization,
      ]
      return json({ error: 'invalid_request', error_description: `You sent ${echoed.join(' and ')}` }, 400)
    })
    for (const kind of ['oidc', 'plain']) expect((await takeTrip(room, kind)).ending).toBe('provider_error')
    room.fresh()
    expectNoSecretLogged(room)
  })

  it('X06 does not repeat what the provider’s answer in the address holds', async () => {
    for (const name of ['error', 'error_description', 'error_uri']) {
      const { browser, callback } = await reachCallback(room, 'oidc')
      const code = callback.searchParams.get('code') ?? ''
      const [cookie] = browser.cookies()
      callback.searchParams.set('error', 'server_error')
      callback.searchParams.set(
        name,
        `code=${code}&state=x; latchkey-j-x=${cookie?.value} access_token=${code}`,
      )
      await callBack(room, { browser, callback })
      room.secrets.add(code)
    }
    expectNoSecretLogged(room)
  })

  it('X06 does not repeat an ID token that was refused, nor the access token beside it', async () => {
    let tokens: string[] = []
    room.hostile.faults.always('token', async (answer) => {
      const whole = await answer()
      tokens = ['id_token', 'access_token', 'refresh_token'].map((name) => String(whole.members[name]))
      return whole
    })
    room.hostile.faults.always('id_token', 'wrong-aud')
    expect((await takeTrip(room, 'oidc')).ending).toBe('provider_error')
    for (const token of tokens) {
      expect(token.length).toBeGreaterThan(20)
      expect(told(room)).not.toContain(token)
    }
    room.fresh()
    expectNoSecretLogged(room)
  })

  it('X06 X08 tells each person’s request id, by which the rest is found', async () => {
    room.hostile.faults.always('token', 'invalid-grant')
    const trip = await takeTrip(room, 'oidc')
    room.fresh()
    expect(trip.requestId).toMatch(/^req_/)
    expect(room.logs.filter((line) => line.includes(trip.requestId)).length).toBeGreaterThan(0)
  })
})
