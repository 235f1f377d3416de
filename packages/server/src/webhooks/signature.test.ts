import { expect, test } from 'vitest'
import { signedHeaders } from './signature.ts'

const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', seconds: 1614265330, body: '{"test": 2432232314}' }
const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
/** What other implementations of Standard Webhooks make of the same message and secret. */
const known = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='

test('A message is signed as others sign it', () => {
  expect(signedHeaders(message, [secret])).toEqual({
    'webhook-id': message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': known,
  })
})

test('Each secret signs', () => {
  const { 'webhook-signature': signatures = '' } = signedHeaders(message, [Buffer.alloc(32), secret])
  expect(signatures.split(' ')).toEqual([expect.stringMatching(/^v1,/), known])
})

test.each([{ id: 'msg_2' }, { seconds: 1614265331 }, { body: '{"test": 2432232315}' }])(
  '%j is signed',
  (other) => {
    expect(signedHeaders({ ...message, ...other }, [secret])['webhook-signature']).not.toBe(known)
  },
)
