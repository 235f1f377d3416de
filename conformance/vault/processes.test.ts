// Renewing across processes, stopped and killed: real servers over one database.
import { setTimeout } from 'node:timers/promises'
import { describe, it, type TestContext } from 'vitest'
import { type Fleet, type Member, startFleet } from '../support/fleet.ts'
import { type Reply, type VaultCaller, vaultCaller } from './caller.ts'
import { type Database, newSecret, openDatabase } from './database.ts'
import { type SingleUseProvider, startSingleUseProvider } from './provider.ts'

type OnTestFinished = TestContext['onTestFinished']

/** Leases are waited for, of 15 s, all at once; a busy machine takes its time to start servers. */
const patient = { timeout: 240_000 }
const unhurried = { timeout: 60_000 }
/** Servers killed, each in the middle of so many renewals; LATCHKEY_KILLS asks for more. */
const kills = Number(process.env.LATCHKEY_KILLS ?? 5)
const renewalsPerKill = 40

interface Scene {
  provider: SingleUseProvider
  fleet: Fleet
  database: Database
  reports: VaultCaller
  members: readonly Member[]
  /** A connection whose access token is over. */
  expired(): Promise<string>
}

async function set(processes: number, onTestFinished: OnTestFinished): Promise<Scene> {
  const provider = await startSingleUseProvider()
  const secret = newSecret()
  const reports = vaultCaller('reports', () => fleet.issuer)
  const fleet = await startFleet(processes, {
    secrets: [secret],
    tokens: { access_token_seconds: 3600 },
    services: [{ id: reports.id, secret: reports.secret, vault: { p: ['*'] } }],
    providers: { p: provider.entry },
  })
  const database = await openDatabase(fleet.storage, secret)
  onTestFinished(async () => {
    await database.close()
    await fleet.close()
    await provider.close()
  })
  await database.user('usr_ada')
  await reports.ownToken()
  let count = 0
  return {
    ...{ provider, fleet, database, reports, members: fleet.members },
    async expired() {
      const id = `con_${++count}`
      const expiresAt = Date.now()
      const about = { userId: 'usr_ada', obtainedAt: expiresAt - 3_600_000, expiresAt }
      await database.connect(id, provider.grant(id), about)
      return id
    },
  }
}

const shown = ({ status, body }: Reply): string => `${status} ${body.access_token ?? body.reason}`

describe('R7 one connection, many processes', () => {
  it.concurrent(
    '800 callers in 8 processes, an expired token: one refresh at the provider, all served',
    patient,
    async ({ expect, onTestFinished }) => {
      const { provider, reports, members, expired } = await set(8, onTestFinished)
      const id = await expired()
      const calls = members.flatMap(({ url }) => Array.from({ length: 100 }, () => reports.token(id, url)))
      const answers = (await Promise.all(calls)).map(shown)
      expect(answers).toHaveLength(800)
      expect(new Set(answers)).toEqual(new Set([`200 at.${id}.2`]))
      expect(provider.requests).toEqual([{ account: id, answer: 'tokens', presented: `rt.${id}.1` }])
    },
  )

  it.concurrent(
    '800 callers in 8 processes, whose holder is stopped before the provider took its token: one refresh, all served',
    patient,
    async ({ expect, onTestFinished }) => {
      const { provider, reports, members, expired } = await set(8, onTestFinished)
      const [holder, ...others] = members
      if (holder === undefined) throw new Error('no member')
      const id = await expired()
      // Single-use, no grace: had the provider taken it, nobody could go on.
      provider.mood = 'silent'
      provider.onRequest = async () => {
        provider.onRequest = undefined
        process.kill(holder.pid, 'SIGSTOP')
      }
      const call = (url: string) => Array.from({ length: 100 }, () => reports.token(id, url))
      const late = call(holder.url)
      await expect.poll(() => provider.requests.length, unhurried).toBe(1)
      provider.mood = 'well'
      const replies = await Promise.all(others.flatMap(({ url }) => call(url)))
      process.kill(holder.pid, 'SIGCONT')
      const all = [...replies, ...(await Promise.all(late))].map(shown)
      expect(all).toHaveLength(800)
      expect(new Set(all)).toEqual(new Set([`200 at.${id}.2`]))
      expect(provider.requests.map(({ answer }) => answer)).toEqual(['silent', 'tokens'])
      expect(holder.logs.join('\n')).toContain('the outcome of a renewal came too late and was dropped')
    },
  )

  it.concurrent(
    'a holder that is stopped past its lease: its place is taken, its late write refused',
    patient,
    async ({ expect, onTestFinished }) => {
      const { provider, reports, members, expired, database } = await set(3, onTestFinished)
      const [holder, ...others] = members
      if (holder === undefined) throw new Error('no member')
      const id = await expired()
      provider.grace = true
      let arrived: () => void = () => undefined
      const stopped = new Promise<void>((resolve) => {
        arrived = resolve
      })
      // Its answer comes when it cannot read it any more.
      provider.onRequest = async () => {
        provider.onRequest = undefined
        process.kill(holder.pid, 'SIGSTOP')
        arrived()
      }
      const late = reports.token(id, holder.url)
      await stopped
      const replies = await Promise.all(
        others.flatMap(({ url }) => Array.from({ length: 50 }, () => reports.token(id, url))),
      )
      expect(new Set(replies.map(shown))).toEqual(new Set([`200 at.${id}.2`]))
      const before = await database.find(id)
      expect(before).toMatchObject({ version: 2, renewal: { fence: 2 } })
      process.kill(holder.pid, 'SIGCONT')
      expect(shown(await late)).toBe(`200 at.${id}.2`)
      await expect
        .poll(() => holder.logs.join('\n'), unhurried)
        .toContain('the outcome of a renewal came too late and was dropped')
      const { lastUsedAt: _, ...after } = await database.find(id)
      expect({ ...after, lastUsedAt: before.lastUsedAt }).toEqual(before)
      // One of them asked in the other's place; the provider rotated once.
      expect(provider.requests.map(({ presented }) => presented)).toEqual([`rt.${id}.1`, `rt.${id}.1`])
      expect(provider.isGood(`at.${id}.2`)).toBe(true)
    },
  )
})

describe(`R7 kill -9 in the middle of ${kills * renewalsPerKill} renewals`, () => {
  it.concurrent.for([
    ['of single-use tokens: lost is only what the provider answered and nobody wrote', false] as const,
    ['with a grace at the provider: nothing is lost', true] as const,
  ])('%s', patient, async ([, grace], { expect, onTestFinished }) => {
    const { provider, reports, members, expired, database } = await set(2, onTestFinished)
    const [victim, survivor] = members
    if (victim === undefined || survivor === undefined) throw new Error('no members')
    provider.grace = grace
    provider.onRequest = () => setTimeout(Math.random() * 60)
    const ids: string[] = []
    for (let round = 0; round < kills; round++) {
      const mine = await Promise.all(Array.from({ length: renewalsPerKill }, expired))
      ids.push(...mine)
      const calls = mine.map((id) => reports.token(id, victim.url).catch(() => undefined))
      // Anywhere between the first lease and the last write.
      const [before, answers] = [provider.requests.length, Math.floor((round / kills) * renewalsPerKill)]
      await expect
        .poll(() => provider.requests.length - before, { ...unhurried, interval: 2 })
        .toBeGreaterThanOrEqual(answers)
      await setTimeout(Math.random() * 20)
      await victim.kill()
      await Promise.all(calls)
      await victim.restart()
    }
    provider.onRequest = undefined
    const answered = new Set(provider.requests.map(({ account }) => account))
    const rows = await Promise.all(ids.map((id) => database.find(id)))
    const unwritten = rows.filter(({ id, version }) => version === 1 && answered.has(id)).map(({ id }) => id)
    const unasked = ids.filter((id) => !answered.has(id))
    const answers = new Map(
      await Promise.all(ids.map(async (id) => [id, shown(await reports.token(id, survivor.url))] as const)),
    )
    const lost = ids.filter((id) => answers.get(id) !== `200 at.${id}.2`)
    process.stderr.write(
      `${ids.length} renewals: ${unasked.length} killed before the provider was asked, ${ids.length - unasked.length - unwritten.length} after the write, ${unwritten.length} between; ${lost.length} lost\n`,
    )
    expect(lost).toEqual(grace ? [] : unwritten)
    for (const id of lost) expect(answers.get(id)).toBe('409 lost_response')
  })
})
