// Who may call with credentials, and where: clients in same-site mode, where their journey's cookie is looked at.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOf } from '../support/spa.ts'
import {
  appOrigin,
  authorizationOf,
  foreignOrigin,
  openSite,
  type Person,
  type Site,
  siblingOrigin,
  signInHere,
} from './support.ts'

let site: Site
let person: Person
beforeAll(async () => {
  site = await openSite()
  person = await signInHere(site)
})
afterAll(() => site?.close())

const credentials = 'access-control-allow-credentials'
const withCookie = ['/par', '/token', '/account/identities']
const without = ['/providers', '/revoke', '/userinfo', '/account', '/account/sessions', '/account/sessions/x']
const never = [
  '/jwks',
  '/.well-known/openid-configuration',
  '/authorize',
  '/authorize/choose',
  '/callback/oidc',
]
const foreign = [foreignOrigin, siblingOrigin, 'null', `${appOrigin}/`, 'HTTP://127.0.0.1:5555']

const ask = (path: string, origin: string) =>
  fetch(`${site.spa.issuer}${path}`, {
    method: 'OPTIONS',
    headers: {
      ...{ Origin: origin, 'Access-Control-Request-Method': 'POST' },
      'Access-Control-Request-Headers': 'dpop',
    },
  })

function expectNoCredentials(headers: Headers) {
  expect(headers.has(credentials)).toBe(false)
}

describe('A19 a preflight', () => {
  it.each(withCookie)('of %s allows credentials to an origin of a same-site client', async (path) => {
    const { status, headers } = await ask(path, appOrigin)
    expect([status, headers.get('access-control-allow-origin'), headers.get(credentials)]).toEqual([
      204,
      appOrigin,
      'true',
    ])
    expect(headers.get('vary')).toBe('Origin')
  })

  it.each(withCookie)(
    'of %s allows none to another client’s origin, and nothing to a foreign one',
    async (path) => {
      const across = await ask(path, 'http://localhost:5555')
      expect(across.headers.get('access-control-allow-origin')).toBe('http://localhost:5555')
      expectNoCredentials(across.headers)
      for (const origin of foreign) {
        const { headers } = await ask(path, origin)
        expectNoCredentials(headers)
        expect(headers.has('access-control-allow-origin'), origin).toBe(false)
        expect(headers.get('vary')).toBe('Origin')
      }
    },
  )

  it.each([...without, ...never])('of %s allows no credentials to anybody', async (path) => {
    for (const origin of [appOrigin, ...foreign]) expectNoCredentials((await ask(path, origin)).headers)
  })
})

describe('A19 an answer', () => {
  const post = (path: string, clientId: string, origin: string) =>
    fetch(`${site.spa.issuer}${path}`, {
      method: 'POST',
      body: new URLSearchParams(startOf(site.spa, { client_id: clientId }).params),
      headers: { Origin: origin },
    })

  it.each(['/par', '/token'])(
    'of %s, errors included, allows credentials to its own client alone',
    async (path) => {
      const own = await post(path, 'web', appOrigin)
      expect(own.headers.get('access-control-allow-origin')).toBe(appOrigin)
      expect(own.headers.get(credentials)).toBe('true')
      expect(own.headers.get('vary')).toBe('Origin')
      // Another client of the very same origin.
      expectNoCredentials((await post(path, 'plain', appOrigin)).headers)
      expectNoCredentials((await post(path, 'across', 'http://localhost:5555')).headers)
      for (const origin of foreign) {
        const { headers } = await post(path, 'web', origin)
        expectNoCredentials(headers)
        expect(headers.has('access-control-allow-origin'), origin).toBe(false)
      }
    },
  )

  it('of /account/identities allows them where a link is finished, refused callers included', async () => {
    const htu = `${site.spa.issuer}/account/identities`
    const call = async (method: string, origin: string, known = true) =>
      fetch(htu, {
        method,
        headers: { Origin: origin, ...(known ? await authorizationOf(person, method, htu) : {}) },
      })
    expect((await call('POST', appOrigin)).headers.get(credentials)).toBe('true')
    expect((await call('POST', appOrigin, false)).headers.get(credentials)).toBe('true')
    expectNoCredentials((await call('GET', appOrigin)).headers)
    for (const origin of ['http://localhost:5555', ...foreign]) {
      expectNoCredentials((await call('POST', origin)).headers)
      expectNoCredentials((await call('POST', origin, false)).headers)
    }
  })

  it.each([...without, ...never])('of %s allows none', async (path) => {
    for (const method of ['GET', 'POST']) {
      const { headers } = await fetch(`${site.spa.issuer}${path}?client_id=web`, {
        method,
        headers: { Origin: appOrigin },
        redirect: 'manual',
      })
      expectNoCredentials(headers)
    }
  })

  it('never allows them to everybody', async () => {
    for (const path of ['/jwks', '/.well-known/oauth-authorization-server']) {
      const { headers } = await fetch(`${site.spa.issuer}${path}`, { headers: { Origin: appOrigin } })
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expectNoCredentials(headers)
    }
  })
})
