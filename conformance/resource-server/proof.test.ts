// RFC 9449 sections 4.3 and 7.1 at a service: the proof belongs to this request, this token and this key, and counts once.
import { randomUUID } from 'node:crypto'
import { createVerifier } from '@latchkey/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDpopKey } from '../support/dpop.ts'
import { outcome } from './call.ts'
import { audience } from './issuer.ts'
import { accepted, cases, hashOf, refused, showing, type Workshop, workshop } from './proof-cases.ts'
import { closeAll, openRoom, type Room, startReports } from './room.ts'
import { frameworks } from './service.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room.close())

const bound = (jkt = room.device.jkt) => room.issuer.token({ claims: { cnf: { jkt } } })

function freshWorkshop(): Workshop {
  const now = Math.floor(room.clock.now() / 1000)
  return workshop({ token: bound(), otherToken: bound(), key: room.device, base: audience, now })
}

describe.each(frameworks)('S10 on %s', (framework) => {
  it.each(cases)('S10 %s', async (_, make, expected) => {
    expect(await outcome(room.services[framework], make(freshWorkshop()))).toBe(expected)
  })

  it('S10 a proof counts once', async () => {
    const service = room.services[framework]
    const w = freshWorkshop()
    const once = showing(w.token, w.proof())
    expect(await outcome(service, once)).toBe(accepted)
    expect(await outcome(service, once)).toBe(refused)
    expect(await outcome(service, { ...once, path: '/reports?again' })).toBe(refused)
    room.clock.advance(59_000)
    expect(await outcome(service, once), 'as long as it is fresh').toBe(refused)
    room.clock.advance(61_000)
    expect(await outcome(service, once), 'and when it is not').toBe(refused)
  })

  it('S10 of 20 equal requests at once one is let in', async () => {
    const w = freshWorkshop()
    const once = showing(w.token, w.proof())
    const service = { ...room.services[framework], handled: () => 0 }
    const before = room.services[framework].handled()
    const statuses = await Promise.all(
      Array.from({ length: 20 }, () => outcome(service, once).catch(() => accepted)),
    )
    expect(statuses.filter((each) => each === refused)).toHaveLength(19)
    expect(room.services[framework].handled()).toBe(before + 1)
  })

  it('S10 a jti that was used is used, whatever else the proof says', async () => {
    const service = room.services[framework]
    const w = freshWorkshop()
    const jti = randomUUID()
    expect(await outcome(service, showing(w.token, w.proof({ jti })))).toBe(accepted)
    expect(await outcome(service, showing(w.token, w.proof({ jti, iat: w.now + 1 })))).toBe(refused)
    const other = w.proof({ jti, ath: hashOf(w.otherToken) })
    expect(await outcome(service, showing(w.otherToken, other))).toBe(refused)
    const elsewhere = w.proof({ jti, htu: `${audience}/visits` })
    expect(await outcome(service, showing(w.token, elsewhere, { path: '/visits' }))).toBe(refused)
  })

  it('S10 a jti is a key’s own', async () => {
    const service = room.services[framework]
    const w = freshWorkshop()
    const jti = randomUUID()
    const key = await createDpopKey(room.clock.now)
    const token = bound(key.jkt)
    const theirs = workshop({ ...w, token, otherToken: token, key })
    expect(await outcome(service, showing(w.token, w.proof({ jti })))).toBe(accepted)
    expect(await outcome(service, showing(token, theirs.proof({ jti })))).toBe(accepted)
  })

  it('S10 a proof that was refused is not used up', async () => {
    const service = room.services[framework]
    const w = freshWorkshop()
    const proof = w.proof()
    expect(await outcome(service, showing(w.token, [proof, proof]))).toBe(refused)
    expect(await outcome(service, showing(w.token, proof, { method: 'POST' }))).toBe(refused)
    expect(await outcome(service, showing(w.otherToken, proof))).toBe(refused)
    expect(await outcome(service, showing(w.token, proof))).toBe(accepted)
  })

  it('S10 an ended token is not revived by a fresh proof', async () => {
    const service = room.services[framework]
    const w = freshWorkshop()
    expect(await outcome(service, showing(w.token, w.proof()))).toBe(accepted)
    room.clock.advance(330_000)
    const now = Math.floor(room.clock.now() / 1000)
    expect(await outcome(service, showing(w.token, w.proof({ iat: now })))).toBe('401 invalid_token')
  })

  it('S10 protecting a route twice is no replay', async () => {
    const w = freshWorkshop()
    const proof = w.proof({ htu: `${audience}/v1/reports` })
    expect(await outcome(room.services[framework], showing(w.token, proof, { path: '/v1/reports' }))).toBe(
      accepted,
    )
    expect(await outcome(room.services[framework], showing(w.token, proof, { path: '/v1/reports' }))).toBe(
      refused,
    )
  })
})

it('S10 processes that share their memory of proofs take each once between them', async () => {
  const seen = new Set<string>()
  const replay = {
    firstUse: async (jkt: string, jti: string) => seen.size < seen.add(`${jkt} ${jti}`).size,
  }
  const { issuer, clock } = room
  const services = await startReports(() =>
    createVerifier({ issuer: issuer.issuer, audience, clock, replay }),
  )
  const w = freshWorkshop()
  const once = showing(w.token, w.proof())
  const outcomes: string[] = []
  for (const framework of frameworks) outcomes.push(await outcome(services[framework], once))
  await closeAll(services)
  expect(outcomes).toEqual([accepted, refused, refused, refused])
})

it('S10 S11 behind a proxy that strips a prefix, the configured address counts', async () => {
  const { issuer, clock } = room
  const baseUrl = 'https://example.com/api/reports-service'
  const services = await startReports(() =>
    createVerifier({ issuer: issuer.issuer, audience, baseUrl, clock }),
  )
  for (const framework of frameworks) {
    const w = workshop({ ...freshWorkshop(), base: baseUrl })
    expect(await outcome(services[framework], showing(w.token, w.proof()))).toBe(accepted)
    expect(
      await outcome(services[framework], showing(w.token, w.proof({ htu: `${audience}/reports` }))),
    ).toBe(refused)
    expect(
      await outcome(services[framework], showing(w.token, w.proof({ htu: 'https://example.com/reports' }))),
    ).toBe(refused)
  }
  await closeAll(services)
})
