import { expect, test } from 'vitest'
import { createAuth } from './index.ts'

test('on a server the client is made, knows nothing and asks nothing', async () => {
  const fetching = () => Promise.reject(new Error('asked'))
  const auth = createAuth({ issuer: 'https://auth.example.com', clientId: 'web', fetch: fetching })
  expect(await auth.ready).toEqual({ status: 'pending' })
  expect(auth.state).toBe(auth.state)
  await expect(auth.getAccessToken()).rejects.toMatchObject({ code: 'signed_out' })
})

test('a bad option is a mistake at once', () => {
  expect(() => createAuth({ issuer: 'http://auth.example.com', clientId: 'web' })).toThrow(
    expect.objectContaining({ code: 'invalid_options' }),
  )
})
