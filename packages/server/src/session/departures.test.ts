import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import type { ClientConfig } from '../config/types.ts'
import { createKeyring, type Purpose } from '../sealing/index.ts'
import { clientWith } from './client.fixture.ts'
import { createDepartures } from './departures.ts'

const home = 'https://app.example/'
const client = (uris: string[]) => clientWith('web', uris)
const web = client(['https://app.example/first', home])
const keyring = createKeyring([randomBytes(32)])
let now = 1_000_000
const clock = { now: () => now }
const at = (clients: Map<string, ClientConfig>, purpose: Purpose = 'departure') =>
  createDepartures({ clock, clients, sealer: keyring.sealer(purpose) })
const departures = at(new Map([['web', web]]))

it.each([
  ['an address with state', { uri: home, state: 'é&=', unregistered: false }],
  ['an address', { uri: home, unregistered: false }],
  ['none', { unregistered: false }],
  ['one that was not registered', { unregistered: true }],
])('A40 comes back as it left: %s', (_, way) => {
  const departure = { client: web, way }
  expect(departures.open(departures.seal(departure, 'acme'), 'acme')).toEqual(departure)
})

it('A40 for ten minutes', () => {
  const sealed = departures.seal({ client: web, way: { unregistered: false } }, 'acme')
  now += 599_999
  expect(departures.open(sealed, 'acme')).toBeDefined()
  now += 1
  expect(departures.open(sealed, 'acme')).toBeUndefined()
})

it('A40 is short enough for the URL of any provider, and shows nothing', () => {
  const way = { uri: home, state: 's'.repeat(512), unregistered: false }
  const sealed = departures.seal({ client: web, way }, 'acme')
  expect(sealed.length).toBeLessThan(900)
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('ssss')
})

it('A40 leads nowhere when it is another’s, or what it names is gone', () => {
  const sealed = departures.seal({ client: web, way: { uri: home, unregistered: false } }, 'acme')
  expect(departures.open(sealed, 'other')).toBeUndefined()
  expect(departures.open(`${sealed}A`, 'acme')).toBeUndefined()
  expect(departures.open('', 'acme')).toBeUndefined()
  expect(at(new Map([['web', client(['https://app.example/first'])]])).open(sealed, 'acme')).toBeUndefined()
  expect(at(new Map()).open(sealed, 'acme')).toBeUndefined()
  expect(at(new Map([['web', web]]), 'chooser').open(sealed, 'acme')).toBeUndefined()
})
