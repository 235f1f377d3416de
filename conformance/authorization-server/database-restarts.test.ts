// PostgreSQL goes and comes back under load: apps ask again for a while, and nobody is signed out.
import { createFakeProvider } from '@latchkey/testing'
import { describe, it } from 'vitest'
import { createDatabase, hasPostgres } from '../../packages/server/src/storage/postgres/database.fixture.ts'
import {
  type PostgresServer,
  startPostgres,
} from '../../packages/server/src/storage/postgres/server.fixture.ts'
import { createBrowser } from '../support/browser.ts'
import { type Fleet, startFleet } from '../support/fleet.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { postToken, redemptionOf, type Spa, travel } from '../support/spa.ts'

const patient = { timeout: 600_000 }
const unhurried = { timeout: 60_000 }
/** Every other time it is killed. LATCHKEY_OUTAGES asks for more, and for how long they last afterwards. */
const outages = Number(process.env.LATCHKEY_OUTAGES ?? 3)
const isSoak = process.env.LATCHKEY_OUTAGES !== undefined
const apps = 8

/** An app with a session that it refreshes without a pause, as long as it is told nothing but to come back later. */
interface App {
  refreshes: number
  putOff: number
  /** What it was told instead, or that it is content. */
  end: string | undefined
  stop(): Promise<void>
}

function startApp(spa: Spa, first: unknown): App {
  let [token, stopped] = [first, false]
  async function refresh(): Promise<void> {
    const form = { grant_type: 'refresh_token', client_id: spa.clientId, refresh_token: String(token) }
    const { status, body } = await postToken(spa, form)
    if (status === 200) {
      app.refreshes += 1
      token = body.refresh_token
      if (stopped) app.end = 'content'
    } else if (status === 503 && body.error === 'temporarily_unavailable') app.putOff += 1
    else app.end = `${status} ${body.error}`
  }
  async function run(): Promise<void> {
    while (app.end === undefined) await refresh()
  }
  const app: App = {
    refreshes: 0,
    putOff: 0,
    end: undefined,
    stop() {
      stopped = true
      return running
    },
  }
  const running = run()
  return app
}

async function openFleet(server: PostgresServer, provider: object): Promise<Fleet> {
  const { url } = await createDatabase(server.url)
  return startFleet(2, {
    storage: url,
    clients: [{ id: 'plain', dpop: 'off', redirect_uris: [spaRedirectUri], origins: [spaOrigin] }],
    providers: { oidc: provider },
  })
}

describe.skipIf(!hasPostgres)('reliability R4 (skipped where there is no PostgreSQL)', () => {
  it(
    `R4 PostgreSQL is stopped and started ${outages} times: no session ends`,
    patient,
    async ({ expect, onTestFinished }) => {
      const provider = await createFakeProvider({ autoApprove: 'user' })
      onTestFinished(() => provider.close())
      const server = await startPostgres()
      onTestFinished(() => server.close())
      const fleet = await openFleet(server, provider.oidc)
      onTestFinished(() => fleet.close())
      const spa = { ...fleet.spa, clientId: 'plain' }
      const signIn = async () => {
        const trip = await travel(spa, createBrowser(), { provider: 'oidc' })
        const { status, body } = await postToken(spa, redemptionOf(spa, trip))
        expect(status).toBe(200)
        return body.refresh_token
      }
      const tokens = [await signIn()]
      while (tokens.length < apps) tokens.push(await signIn())
      const running = tokens.map((token) => startApp(spa, token))
      /** Until each has counted on, or come to an end. */
      const wait = async (count: 'refreshes' | 'putOff', before: number[]) => {
        const now = () => running.map((app, index) => app.end ?? app[count] > (before[index] ?? 0))
        await expect.poll(now, unhurried).toEqual(running.map(() => true))
      }

      const lasted: number[] = []
      for (let outage = 0; outage < outages; outage++) {
        const putOff = running.map((app) => app.putOff)
        await (outage % 2 === 0 ? server.stop() : server.kill())
        await wait('putOff', putOff)
        const refreshes = running.map((app) => app.refreshes)
        await server.start()
        const began = performance.now()
        await wait('refreshes', refreshes)
        lasted.push(performance.now() - began)
      }
      await Promise.all(running.map((app) => app.stop()))
      expect(running.map(({ end }) => end)).toEqual(running.map(() => 'content'))
      // An app may have been served by the other one.
      for (const { url } of fleet.members) {
        await expect.poll(async () => (await fetch(`${url}/readyz`)).status, unhurried).toBe(200)
      }
      await signIn()
      const longest = Math.round(Math.max(...lasted))
      process.stderr.write(
        `${outages} outages of PostgreSQL: all are served again after ${longest} ms at most\n`,
      )
      if (isSoak) expect(longest).toBeLessThanOrEqual(2_000)
    },
  )
})
