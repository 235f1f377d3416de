import { randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { createLatchkey, type Latchkey, silentLogger } from '@latchkey/server'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import { followForms, formsIn, submit } from '../support/forms.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import {
  answerIn,
  postToken,
  provedToken,
  redemptionOf,
  type Spa,
  start,
  startOf,
  travel,
} from '../support/spa.ts'
import { type Backend, type Build, backends, listenOn, type Order } from './backends.ts'

let provider: FakeProvider
beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
})
afterAll(() => provider?.close())

interface Mounted {
  spa: Spa
  origin: string
  backend: Backend
  close(): Promise<void>
}

async function mount(build: Build, path: string, order: Order = 'latchkey first'): Promise<Mounted> {
  let listener: RequestListener = (_, response) => response.writeHead(503).end()
  const { server, port } = await listenOn((request, response) => listener(request, response))
  const origin = `http://127.0.0.1:${port}`
  const issuer = `${origin}${path}`
  const latchkey: Latchkey = await createLatchkey(
    {
      issuer,
      secrets: [randomBytes(32).toString('base64url')],
      storage: 'sqlite::memory:',
      clients: [{ id: 'web', redirect_uris: [spaRedirectUri], origins: [spaOrigin] }],
      providers: {
        oidc: provider.oidc,
        posting: { ...provider.oidc, response_mode: 'form_post' },
      },
      linking: 'separate',
    },
    { logger: silentLogger },
  )
  const backend = await build(latchkey, order)
  listener = backend.listener
  return {
    ...{ origin, backend },
    spa: { issuer, clientId: 'web', redirectUri: spaRedirectUri, origin: spaOrigin },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await backend.close()
      await latchkey.close()
    },
  }
}

describe.each(backends)('%s', (_, build) => {
  describe.each([
    ['at the root', ''],
    ['under a path', '/auth/v1'],
  ])('with the issuer %s', (__, path) => {
    let mounted: Mounted
    let spa: Spa
    beforeEach(async () => {
      provider.requests.clear()
      mounted = await mount(build, path)
      spa = mounted.spa
    })
    afterEach(() => mounted?.close())

    it('signs a user in, from the chooser to a refreshed token', async () => {
      const browser = createBrowser()
      const begun = startOf(spa)
      const chooser = await start(spa, browser, begun.params)
      const [form] = formsIn(chooser)
      if (form === undefined) throw new Error('no chooser came')
      const chosen = await submit(browser, chooser, form, { provider: 'oidc' })
      const last = await browser.follow(chosen, (url) => url.href.startsWith(spa.redirectUri))
      expect(last.headers.get('location')).toMatch(/#code=/)

      const key = await createDpopKey()
      const trip = { answer: answerIn(last.next), verifier: begun.verifier }
      const answer = await provedToken(spa, key, redemptionOf(spa, trip))
      expect(answer).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
      expect(answer.headers.get('access-control-allow-origin')).toBe(spaOrigin)
      const refresh = {
        ...{ grant_type: 'refresh_token', client_id: 'web' },
        refresh_token: String(answer.body.refresh_token),
      }
      expect((await provedToken(spa, key, refresh)).status).toBe(200)

      const accessToken = String(answer.body.access_token)
      const proof = await key.proof({ htm: 'GET', htu: `${spa.issuer}/userinfo`, accessToken })
      const headers = { Authorization: `DPoP ${accessToken}`, DPoP: proof }
      expect((await fetch(`${spa.issuer}/userinfo`, { headers })).status).toBe(200)
    })

    it('signs a user in through a provider that posts', async () => {
      const browser = createBrowser()
      const first = await start(spa, browser, startOf(spa, { provider: 'posting' }).params)
      const last = await followForms(browser, first, (url) => url.href.startsWith(spa.redirectUri))
      expect(answerIn(last.next).has('code')).toBe(true)
    })

    it('R02 3 binds the journey to the browser', async () => {
      const attacker = createBrowser()
      const begun = await start(spa, attacker, startOf(spa, { provider: 'oidc' }).params)
      const victim = createBrowser()
      const arrived = await victim.follow(await victim.visit(begun.next ?? ''))
      expect(arrived).toMatchObject({ status: 403, next: undefined })
      expect(arrived.body).toContain('wrong_browser')
      const before = await attacker.follow(begun, (url) => url.pathname.includes('/callback/'))
      const handed = await createBrowser().visit(before.next ?? '')
      expect(handed.status).toBe(403)
      expect(provider.requests.to('token')).toEqual([])
    })

    it('R03 keeps many journeys of one browser apart, and drops several cookies in one answer', async () => {
      const browser = createBrowser()
      const begun = []
      for (let tab = 0; tab < 3; tab++)
        begun.push(await start(spa, browser, startOf(spa, { provider: 'oidc' }).params))
      for (const page of begun) {
        const last = await browser.follow(page, (url) => url.href.startsWith(spa.redirectUri))
        expect(answerIn(last.next).has('code')).toBe(true)
      }
      expect(browser.cookies()).toEqual([])
      for (let tab = 0; tab < 12; tab++) {
        // Same-site, so that the earlier cookies are seen.
        await start(spa, browser, startOf(spa, { provider: 'oidc' }).params, {
          from: `${mounted.origin}/`,
          origin: spaOrigin,
        })
      }
      expect(browser.cookies()).toHaveLength(8)
    })

    it('A24 X12 leaves a body that is none, or too large, to Latchkey and lives on', async () => {
      const tooLarge = await postToken(spa, { grant_type: 'x', client_id: 'web', code: 'x'.repeat(100_000) })
      expect([tooLarge.status, tooLarge.body.error]).toEqual([413, 'invalid_request'])
      const init = { method: 'POST', body: '{"grant_type":', headers: { 'Content-Type': 'application/json' } }
      const broken = await fetch(`${spa.issuer}/token`, init)
      expect([broken.status, await broken.json()]).toMatchObject([400, { error: 'invalid_request' }])
      const preflight = await fetch(`${spa.issuer}/token`, {
        method: 'OPTIONS',
        headers: { Origin: spaOrigin },
      })
      expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
        204,
        spaOrigin,
      ])
      expect((await fetch(`${spa.issuer}/token`)).status).toBe(405)
    })

    it('leaves the backend’s own routes alone', async () => {
      const text = async (target: string, init?: RequestInit) => {
        const response = await fetch(`${mounted.origin}${target}`, init)
        return [response.status, await response.text()]
      }
      expect(await text('/hello?code=x&state=y')).toEqual([200, 'hello'])
      const form = { method: 'POST', body: new URLSearchParams({ code: 'x', state: 'y' }) }
      expect(await text('/own/form', form)).toEqual([200, '{"code":"x","state":"y"}'])
      for (const near of ['/token/own', '/callback', '/authorize/', '/own/providers', '/.well-known/own']) {
        expect(await text(near), near).toEqual([200, 'own'])
      }
      for (const nowhere of [
        '/nothing',
        '/token/x',
        '/callback/a/b',
        `${path}/nothing`,
        '/.well-known/openid-configuration/other',
      ]) {
        expect(await text(nowhere), nowhere).toEqual([404, 'the backend has no such page'])
      }
      if (path !== '') expect(await text('/token')).toEqual([404, 'the backend has no such page'])
      expect(mounted.backend.errors).toEqual([])
    })

    it('A44 finds its metadata and keys', async () => {
      const { pathname } = new URL(spa.issuer)
      const suffix = pathname === '/' ? '' : pathname
      const urls = [
        `${spa.issuer}/.well-known/openid-configuration`,
        `${mounted.origin}/.well-known/oauth-authorization-server${suffix}`,
      ]
      for (const url of urls) {
        const document: Record<string, unknown> = await (await fetch(url)).json()
        expect(document.issuer).toBe(spa.issuer)
      }
      expect((await fetch(`${spa.issuer}/jwks`)).status).toBe(200)
    })
  })

  it('whose parsers come first still has its own routes, and is told what is wrong', async () => {
    const mounted = await mount(build, '', 'parsers first')
    const form = { method: 'POST', body: new URLSearchParams({ a: 'b' }) }
    const own = await fetch(`${mounted.origin}/own/form`, form)
    expect([own.status, await own.json()]).toEqual([200, { a: 'b' }])
    expect((await fetch(`${mounted.spa.issuer}/jwks`)).status).toBe(200)
    const posted = await fetch(`${mounted.spa.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'x', client_id: 'web' }),
      headers: { Origin: spaOrigin },
    })
    const told = mounted.backend.errors
    if (posted.status === 400) {
      // It got the body all the same.
      expect(await posted.json()).toMatchObject({ error: 'unsupported_grant_type' })
      expect(told).toEqual([])
    } else {
      expect([posted.status, told.length]).toEqual([500, 1])
      expect(told[0]).toMatch(/before whatever reads request bodies/)
    }
    expect((await fetch(`${mounted.origin}/hello`)).status).toBe(200)
    await mounted.close()
  })
})

describe('Express below a path', () => {
  it('takes what app.use(path, ...) shortens, where the issuer has that path', async () => {
    const { default: express } = await import('express')
    const { latchkeyExpress } = await import('@latchkey/server/express')
    const mounted = await mount(async (latchkey) => {
      const app = express()
      app.use('/auth/v1', latchkeyExpress(latchkey))
      app.use((_, response) => void response.status(404).send('own'))
      return { listener: app, errors: [], close: async () => undefined }
    }, '/auth/v1')
    const trip = await travel(mounted.spa, createBrowser(), { provider: 'oidc' })
    expect(trip.answer.has('code')).toBe(true)
    const answer = await provedToken(mounted.spa, await createDpopKey(), redemptionOf(mounted.spa, trip))
    expect(answer.status).toBe(200)
    expect(await (await fetch(`${mounted.spa.issuer}/nothing`)).text()).toBe('own')
    await mounted.close()
  })
})
