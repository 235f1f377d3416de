import { describe, expect, test } from 'vitest'
import {
  allowsRedirect,
  authenticationMethods,
  type Client,
  createClients,
  defaultClient,
} from './clients.ts'

describe('the default client redirects anywhere on loopback, and nowhere else', () => {
  test.each([
    ['http://localhost:3000/cb', true],
    ['http://127.0.0.1/cb?x=1', true],
    ['https://[::1]:1/', true],
    ['http://localhost.evil.example/cb', false],
    ['http://evil.example/localhost', false],
    ['http://localhost:3000/cb#', false],
    ['javascript://localhost/%0aalert(1)', false],
    ['not a url', false],
  ])('%s: %s', (uri, allowed) => {
    expect(allowsRedirect(defaultClient, uri)).toBe(allowed)
  })
})

describe('registered redirect URIs are compared character by character', () => {
  const client: Client = { client_id: 'c', redirect_uris: ['https://app.example/cb'] }
  test.each([
    ['https://app.example/cb', true],
    ['https://app.example/cb/', false],
    ['https://APP.example/cb', false],
    ['https://app.example:443/cb', false],
    ['https://app.example/cb?x', false],
    ['http://localhost/cb', false],
  ])('%s: %s', (uri, allowed) => {
    expect(allowsRedirect(client, uri)).toBe(allowed)
  })
})

test('what a client authenticates with follows from what it has', () => {
  const keys = { keys: [] }
  expect(authenticationMethods(defaultClient)).toEqual(['client_secret_basic', 'client_secret_post'])
  expect(authenticationMethods({ client_id: 'c', jwks: keys })).toEqual(['private_key_jwt'])
  expect(authenticationMethods({ client_id: 'c' })).toEqual(['none'])
  expect(
    authenticationMethods({
      client_id: 'c',
      client_secret: 's',
      token_endpoint_auth_method: 'client_secret_post',
    }),
  ).toEqual(['client_secret_post'])
})

test('no client is found under a missing id', () => {
  const clients = createClients()
  expect(clients.find(null)).toBeUndefined()
  expect(clients.find('__proto__')).toBeUndefined()
  expect(clients.find(defaultClient.client_id)).toBe(defaultClient)
})
