import { describe, expect, it } from 'vitest'
import type { ClientConfig, Hooks } from '../config/types.ts'
import type { LogFields, Logger } from '../logging.ts'
import { furtherClaims } from './claims.ts'

const user = { id: 'usr_1', createdAt: 0, name: 'Ada' }
const client: ClientConfig = {
  ...{ id: 'web', dpop: 'off', redirectUris: [], postLogoutRedirectUris: [], origins: [], resources: [] },
  ...{
    scopes: [],
    grantTypes: [],
    responseModes: [],
    sameSite: false,
    requirePushedAuthorizationRequests: false,
    allowGetAuthorize: false,
  },
}

function ask(hook: (user: unknown, client: unknown) => unknown) {
  const warned: LogFields[] = []
  const ignore = () => undefined
  const logger: Logger = {
    debug: ignore,
    info: ignore,
    error: ignore,
    warn: (fields) => void warned.push(fields),
    child: () => logger,
  }
  // What plain JavaScript may return, whatever the types say.
  const claims = furtherClaims(hook as Hooks['claims'], user, client, logger)
  return { claims, warned }
}

describe('A29 furtherClaims', () => {
  it('takes what the hook returns as JSON holds it', async () => {
    const { claims } = ask((about, app) => ({ about, app, at: new Date(0), nothing: undefined }))
    expect(await claims).toEqual({
      about: { id: 'usr_1', name: 'Ada' },
      app: { id: 'web' },
      at: '1970-01-01T00:00:00.000Z',
    })
  })

  it('leaves reserved names out and says so', async () => {
    const { claims, warned } = ask(() => JSON.parse('{"sub":"x","cnf":{},"__proto__":{"a":1},"roles":[]}'))
    expect(await claims).toEqual({ roles: [] })
    expect(warned).toEqual([{ claims: ['sub', 'cnf', '__proto__'] }])
  })

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'x'],
    ['a list', ['x']],
    ['a bigint', { x: 1n }],
  ])('rejects %s before anything is signed', async (_, given) => {
    await expect(ask(() => given).claims).rejects.toThrow(TypeError)
  })
})
