import { describe, expect, it } from 'vitest'
import { silentLogger } from '../logging.ts'
import { createEndsOf } from './ends.ts'
import type { Renewer } from './renewal-attempt.ts'

const day = 86_400_000
const grant = { provider: 'p', subject: 's', obtainedAt: 0 }
const held = { accessToken: 'opaque', refreshToken: 'rt' }

function endsOf(introspect: Renewer['introspect'], rules: Partial<Renewer['refreshRules']> = {}) {
  const refresh = () => Promise.reject(new Error('nothing is renewed here'))
  const upstream = { refresh, introspect, refreshRules: { narrowsScopes: false, ...rules } }
  return createEndsOf({ upstreams: new Map([['p', upstream]]), logger: silentLogger })
}
const silent = endsOf(async () => undefined)

describe('what is known of how a new connection ends', () => {
  it('as its provider told, without asking further', async () => {
    const asked = endsOf(() => Promise.reject(new Error('asked')))
    const told = { ...grant, expiresIn: 60, refreshExpiresIn: 8 * 86_400 }
    expect(await asked(told, held)).toEqual({ expiresAt: 60_000, hardEndsAt: 8 * day, sweepAt: day })
  })

  it('as introspection tells, where nothing else does', async () => {
    const telling = endsOf(async () => ({ active: true, expiresAt: 7_000 }))
    expect(await telling(grant, held)).toEqual({ expiresAt: 7_000 })
    const failing = endsOf(() => Promise.reject(new Error('out')))
    expect(await failing(grant, held)).toEqual({ expiresAt: 3_600_000 })
  })

  it('as the configuration says', async () => {
    const configured = endsOf(async () => undefined, { accessTokenSeconds: 5, endsAfterDays: 31 })
    expect(await configured(grant, held)).toEqual({ expiresAt: 5_000, hardEndsAt: 31 * day, sweepAt: day })
  })

  it('without a refresh token: with its access token, if that ends', async () => {
    const { accessToken } = held
    expect(await silent({ ...grant, expiresIn: 60 }, { accessToken })).toEqual({
      expiresAt: 60_000,
      sweepAt: 60_000,
    })
    expect(await silent(grant, { accessToken })).toEqual({})
    expect(await silent({ ...grant, provider: 'gone' }, { accessToken })).toEqual({})
  })
})
