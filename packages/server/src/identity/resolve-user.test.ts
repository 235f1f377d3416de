import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Hooks } from '../config/types.ts'
import type { UpstreamIdentity } from '../upstream/index.ts'
import { createResolveUser } from './resolve-user.ts'

const upstream = { id: 'acme', identityIssuer: 'https://login.acme.test' }
const proved: UpstreamIdentity = {
  ...{ subject: 's-1', label: 'ada', name: 'Ada', email: 'ada@acme.test', emailVerified: false },
  picture: 'https://acme.test/ada.png',
  authTime: 1,
  sid: 'upstream session',
  tokens: { accessToken: 'secret', tokenType: 'Bearer', refreshToken: 'secret', idToken: 'secret' },
}
const named = (id: string) => ({ id }) as never

const ask = (resolveUser: Hooks['resolveUser'], whom: UpstreamIdentity = proved) =>
  createResolveUser({
    hooks: resolveUser === undefined ? {} : { resolveUser },
    clients: [named('web')],
    services: [named('reports')],
  })?.(upstream, whom)

describe('createResolveUser', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is not there without the hook', () => expect(ask(undefined)).toBeUndefined())

  it('tells who it is, in wire names, and no token', async () => {
    const hook = vi.fn<NonNullable<Hooks['resolveUser']>>(() => null)
    expect(await ask(hook)).toBe('nobody')
    expect(hook).toHaveBeenCalledExactlyOnceWith({
      ...{ provider: 'acme', issuer: 'https://login.acme.test', subject: 's-1', label: 'ada', name: 'Ada' },
      ...{ email: 'ada@acme.test', email_verified: false, picture: 'https://acme.test/ada.png' },
    })
  })

  it('leaves out what is unknown', async () => {
    const hook = vi.fn<NonNullable<Hooks['resolveUser']>>(() => null)
    await ask(hook, { subject: 's-1', emailVerified: false, tokens: proved.tokens })
    expect(hook).toHaveBeenCalledExactlyOnceWith({
      ...{ provider: 'acme', issuer: 'https://login.acme.test', subject: 's-1' },
    })
  })

  it.each(['42', 'usr_1', '0190f5a2-7c3e', 'auth0|x', 'ada@acme.test', 'x'.repeat(128)])(
    'takes the id %s',
    async (id) => {
      expect(await ask(() => Promise.resolve(id))).toEqual({ id })
    },
  )

  it.each<[string, unknown]>([
    ['nothing at all', undefined],
    ['a number', 42],
    ['an object', { id: '42' }],
    ['an empty text', ''],
    ['a space', 'a b'],
    ['a line feed', 'a\n'],
    ['markup', '<b>'],
    ['letters beyond ASCII', 'é'],
    ['more than 128 characters', 'x'.repeat(129)],
    ['A30 the id of a client', 'web'],
    ['A30 the id of a service', 'reports'],
  ])('refuses %s', async (_, answer) => {
    await expect(ask(() => answer as string)).rejects.toMatchObject({ code: 'server_error' })
  })

  it('X13 a hook that throws, at once or later, is an outage', async () => {
    const thrown = () => {
      throw new Error('no database')
    }
    await expect(ask(thrown)).rejects.toMatchObject({ code: 'temporarily_unavailable' })
    await expect(ask(async () => thrown())).rejects.toMatchObject({ code: 'temporarily_unavailable' })
  })

  it('X04 a hook that does not answer within five seconds is an outage', async () => {
    const asked = ask(() => new Promise(() => undefined))?.catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(await asked).toMatchObject({ code: 'temporarily_unavailable' })
  })

  it('leaves no timer behind', async () => {
    await ask(() => null)
    expect(vi.getTimerCount()).toBe(0)
  })
})
