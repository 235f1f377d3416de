import { expect, test } from 'vitest'
import { lastJourney } from './journey.ts'
import type { Entry } from './record.ts'

const left: Entry = { at: 1, kind: 'left' }
const returned = (error?: string): Entry => ({ at: 2, kind: 'returned', ...(error && { error }) })
const redeemed = (status?: number): Entry => ({
  at: 3,
  kind: 'request',
  method: 'POST',
  url: 'https://auth.example/token',
  grantType: 'authorization_code',
  dpop: true,
  milliseconds: 5,
  ...(status && { status }),
})
const [p, s, t, a] = ['passed', 'stopped', 'there', 'ahead'] as const

test.each<[string, Entry[], unknown]>([
  ['nothing', [], undefined],
  ['left and not come back', [left], [p, t, a, a, a]],
  ['come back', [left, returned()], [p, p, p, p, t]],
  ['redeemed', [left, returned(), redeemed(200)], [p, p, p, p, p]],
  ['asked for a nonce first', [left, returned(), redeemed(400), redeemed(200)], [p, p, p, p, p]],
  ['not redeemed', [left, returned(), redeemed(400)], [p, p, p, p, s]],
  ['no answer', [left, returned(), redeemed()], [p, p, p, p, s]],
  ['refused at the provider', [left, returned('access_denied')], [p, p, s, a, a]],
  ['refused by Latchkey', [left, returned('account_exists')], [p, p, p, s, a]],
  ['one after another', [left, returned(), redeemed(200), left], [p, t, a, a, a]],
  ['in a popup, where leaving is not seen', [redeemed(200)], [p, p, p, p, p]],
])('the stations of a journey: %s', (_, entries, expected) => expect(lastJourney(entries)).toEqual(expected))
