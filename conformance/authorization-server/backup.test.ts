// The database as it was ten minutes ago takes the place of the present one: who goes on, and who does not.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLatchkey, type Latchkey, listen, silentLogger } from '@latchkey/server'
import { backUpSqlite, restoreSqlite } from '@latchkey/server/storage'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { postToken, redemptionOf, type Spa, travel } from '../support/spa.ts'

const minute = 60_000
const patient = { timeout: 240_000 }
const secrets = [randomBytes(32).toString('base64url')]

let clock: TestClock
let folder: string
let file: string
let provider: FakeProvider
let latchkey: Latchkey
let closeSocket: () => Promise<void>
let spa: Spa

beforeEach(async () => {
  clock = testClock()
  folder = mkdtempSync(join(tmpdir(), 'latchkey-backup-'))
  file = join(folder, 'latchkey.db')
  provider = await createFakeProvider({ clock })
  provider.autoApprove('user')
  const socket = await listen({ fetch: (request) => latchkey.fetch(request) }, { host: '127.0.0.1', port: 0 })
  closeSocket = () => socket.close(500)
  spa = {
    ...{ issuer: `http://127.0.0.1:${socket.port}`, clientId: 'plain' },
    ...{ redirectUri: spaRedirectUri, origin: spaOrigin },
  }
  await open()
})
afterEach(async () => {
  await closeSocket()
  await latchkey.close()
  await provider.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(): Promise<void> {
  latchkey = await createLatchkey(
    {
      issuer: spa.issuer,
      secrets,
      storage: `sqlite:${file}`,
      clients: [{ id: 'plain', redirect_uris: [spaRedirectUri], origins: [spaOrigin], dpop: 'off' }],
      providers: { oidc: provider.oidc },
    },
    { clock, logger: silentLogger },
  )
}

/** As `latchkey backup` does it, beside a server that goes on. */
const backUp = (to: string) => backUpSqlite(file, to)

/** As the documentation says: the server stops, `latchkey restore` puts the copy in place, the server starts. */
async function restore(from: string): Promise<void> {
  await latchkey.close()
  await restoreSqlite(from, file, { aside: `${clock.now()}` })
  await open()
}

/** Every token that the session had, the live one last. */
interface Person {
  tokens: string[]
  signedOut: boolean
}

async function signIn(): Promise<Person> {
  const trip = await travel(spa, createBrowser(clock), { provider: 'oidc' })
  const { status, body } = await postToken(spa, redemptionOf(spa, trip))
  expect(status).toBe(200)
  return { tokens: [String(body.refresh_token)], signedOut: false }
}

const present = (token: string | undefined) =>
  postToken(spa, { grant_type: 'refresh_token', client_id: 'plain', refresh_token: token ?? '' })

async function refresh({ tokens }: Person): Promise<void> {
  const { status, body } = await present(tokens.at(-1))
  expect(status).toBe(200)
  tokens.push(String(body.refresh_token))
}

async function signOut(person: Person): Promise<void> {
  const body = new URLSearchParams({ client_id: 'plain', token: person.tokens.at(-1) ?? '' })
  expect((await fetch(`${spa.issuer}/revoke`, { method: 'POST', body })).status).toBe(200)
  person.signedOut = true
}

const many = (count: number) => Promise.all(Array.from({ length: count }, signIn))

it(
  'reliability R10: a copy made under load and put back ten minutes later signs nobody out',
  patient,
  async () => {
    const copy = join(folder, 'copy.db')
    const people = await many(200)
    const gone = people.splice(0, 10)
    await Promise.all(gone.map(signOut))

    // Under load: the copy is of some moment while everybody refreshes.
    const refreshes = people.map(async (person) => {
      for (let turn = 0; turn < 3; turn++) await refresh(person)
    })
    await refreshes[0]
    await backUp(copy)
    await Promise.all(refreshes)

    const late: Person[] = []
    const leaving = people.slice(0, 10)
    for (let passed = 1; passed <= 10; passed++) {
      clock.advance(minute)
      // Some stand still, some are one generation ahead of the copy in the end, some ten.
      const active = people.filter(
        (person, index) => !person.signedOut && (index % 3 === 0 || passed * 20 === index),
      )
      await Promise.all(active.map(refresh))
      late.push(...(await many(2)))
      const next = leaving[passed - 1]
      if (next !== undefined) await signOut(next)
    }

    await restore(copy)
    const staying = people.filter(({ signedOut }) => !signedOut)
    expect(staying).toHaveLength(180)
    await Promise.all(staying.map(refresh))
    clock.advance(minute)
    await Promise.all(staying.map(refresh))

    const ends = async (token: string | undefined) => (await present(token)).body.error
    for (const { tokens } of gone)
      expect(await ends(tokens.at(-1)), 'signed out before the copy').toBe('invalid_grant')
    for (const { tokens } of late)
      expect(await ends(tokens.at(-1)), 'signed in after it').toBe('invalid_grant')
    // What was ended after the copy has not been ended as far as the copy knows: docs/deployment.md says what to do.
    const back = await Promise.all(leaving.map(({ tokens }) => present(tokens.at(-1))))
    expect(back.map(({ status }) => status)).toEqual(leaving.map(() => 200))
  },
)

it(
  'A34 an old token that a restored copy takes for new ends the session once the browser has come back',
  patient,
  async () => {
    const copy = join(folder, 'copy.db')
    const [person] = await many(1)
    if (person === undefined) throw new Error('nobody')
    await backUp(copy)
    for (let turn = 0; turn < 4; turn++) await refresh(person)
    clock.advance(10 * minute)
    await restore(copy)

    // The copy stands at the first token: whoever kept the second is ahead of it too, and moves on.
    const thief = await present(person.tokens[1])
    expect(thief.status).toBe(200)
    // The browser is further ahead: its session goes on with it, and leaves the thief behind.
    await refresh(person)
    const again = await present(String(thief.body.refresh_token))
    expect(again.body.error).toBe('invalid_grant')
    expect((await present(person.tokens.at(-1))).body.error, 'and the theft is noticed').toBe('invalid_grant')
  },
)
