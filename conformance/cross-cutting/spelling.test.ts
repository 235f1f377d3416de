import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testClock } from '../support/clock.ts'
import { otherSpellings, trimmedInHeaders } from '../support/spellings.ts'
import { type House, openHouse } from './doors.ts'

let provider: FakeProvider
let house: House
const kinds = [
  ...['code', 'refresh_token', 'access_token', 'dpop_nonce', 'dpop_proof', 'journey_cookie', 'state'],
  ...['chooser_journey', 'form_post_stash', 'request_uri', 'browser_binding'],
  ...['id_token_hint', 'departure', 'logout_token', 'code_challenge', 'dpop_jkt'],
]

beforeAll(async () => {
  const clock = testClock()
  provider = await createFakeProvider({ clock })
  provider.autoApprove('user')
  house = await openHouse(provider, clock)
})
afterAll(async () => {
  await house?.server.close()
  await provider?.close()
})

describe('X14 one value has one spelling', () => {
  it('X14 is asked of every kind there is', () => {
    expect(Object.keys(house.doors).sort()).toEqual([...kinds].sort())
  })

  it.each(kinds)('X14 %s', async (kind) => {
    const door = await house.doors[kind]?.()
    if (door === undefined) throw new Error('no such door')
    expect(door.value).not.toBe('')
    for (const [name, spelling] of otherSpellings(door.value)) {
      if (door.inHeader === true && trimmedInHeaders.has(name)) continue
      expect(await door.open(spelling), name).not.toBe('open')
    }
    expect(await door.open(door.value), 'as it is').toBe('open')
  })

  it.each(['access_token', 'dpop_proof', 'refresh_token', 'id_token_hint', 'logout_token'])(
    'X14 every part of %s',
    async (kind) => {
      const door = await house.doors[kind]?.()
      const parts = door?.value.split('.') ?? []
      expect(parts.length).toBeGreaterThan(2)
      for (const index of parts.keys()) {
        for (const [name, spelling] of otherSpellings(parts[index] ?? '')) {
          const outermost = index === 0 || index === parts.length - 1
          if (door?.inHeader === true && outermost && trimmedInHeaders.has(name)) continue
          const whole = parts.with(index, spelling).join('.')
          expect(await door?.open(whole), `part ${index}: ${name}`).not.toBe('open')
        }
      }
      expect(await door?.open(door.value)).toBe('open')
    },
  )
})
