import type { FakeProvider } from '@latchkey/testing'
import { expect } from 'vitest'
import type { Room } from './room.ts'

const secretFields = [
  'code',
  'code_verifier',
  'client_secret',
  'client_assertion',
  'refresh_token',
  'access_token',
]

/** Adds what a provider was sent and no log may hold: codes, verifiers, credentials, tokens. */
export function collectSecrets(provider: FakeProvider, into: Set<string>): void {
  for (const { form, headers } of provider.requests) {
    for (const name of secretFields) for (const value of form.getAll(name)) into.add(value)
    const [, credentials] = /^\S+ +(.+)$/.exec(headers.authorization ?? '') ?? []
    if (credentials !== undefined) into.add(credentials)
  }
  for (const { client_secret: secret } of provider.clients) if (secret !== undefined) into.add(secret)
}

/** Nothing that is logged on purpose is a JWT, or 40 characters of base64url in a row (but for one, repeated). */
const looksSecret = /eyJ[\w-]{10,}\.|([\w-])(?!\1{39})[\w-]{39,}/g

/** X06: no log line holds a known secret, nor anything that looks like one. */
export function expectNoSecretLogged(room: Room): void {
  for (const provider of [room.hostile, room.steady]) collectSecrets(provider, room.secrets)
  const log = room.logs.join('\n')
  expect(log.length, 'something was logged').toBeGreaterThan(0)
  // Short values (a fault's empty code) are found everywhere.
  const known = [...room.secrets].filter((secret) => secret.length >= 16)
  expect(known.length, 'something secret went through').toBeGreaterThan(0)
  expect(known.filter((secret) => log.includes(secret))).toEqual([])
  expect(log.match(looksSecret) ?? []).toEqual([])
}
