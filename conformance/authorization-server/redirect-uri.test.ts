import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { start, startOf } from '../support/spa.ts'

let provider: FakeProvider
let server: Running
beforeAll(async () => {
  provider = await createFakeProvider()
  server = await startLatchkey(() => ({ providers: { oidc: provider.oidc } }))
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

const variants = [
  `${spaRedirectUri}/`,
  `${spaRedirectUri}//`,
  `${spaOrigin}//callback`,
  `${spaOrigin}/Callback`,
  `${spaOrigin}/callback?`,
  `${spaOrigin}/callback?x=1`,
  `${spaOrigin}/callback#`,
  `${spaOrigin}/callback#x`,
  `${spaOrigin}/./callback`,
  `${spaOrigin}/x/../callback`,
  `${spaOrigin}/%63allback`,
  `${spaOrigin}/callback%2e`,
  `${spaOrigin}/callback%00`,
  `${spaOrigin}/callback%20`,
  `${spaOrigin}/callback;x`,
  `${spaOrigin}/callback\\`,
  `${spaOrigin}\\callback`,
  spaOrigin,
  `${spaOrigin}/`,
  'http://LOCALHOST:5555/callback',
  'HTTP://localhost:5555/callback',
  'https://localhost:5555/callback',
  'http://localhost/callback',
  'http://localhost:05555/callback',
  'http://localhost:5556/callback',
  'http://localhost.:5555/callback',
  'http://127.0.0.1:5555/callback',
  'http://[::1]:5555/callback',
  'http://app.localhost:5555/callback',
  'http://localhost:5555@evil.example/callback',
  'http://evil.example@localhost:5555/callback',
  'http://localhost:5555.evil.example/callback',
  'http://evil.example/http://localhost:5555/callback',
  'http://localhоst:5555/callback',
  'http://xn--localhst-7fg:5555/callback',
  '//localhost:5555/callback',
  '/callback',
  'javascript:alert(1)//localhost:5555/callback',
  'data:text/html,x',
  ` ${spaRedirectUri}`,
  `${spaRedirectUri} `,
  `${spaRedirectUri}\n`,
  `${spaRedirectUri},https://evil.example`,
  'http://localhost:5555/*',
  '',
]

describe('redirect_uri', () => {
  it.each(variants)(
    'A01 A02 37 46 47 66 refuses %j by a page, whatever else is wrong',
    async (redirectUri) => {
      for (const changes of [{}, { prompt: 'none' }, { response_type: 'token' }, { scope: 'nope' }]) {
        const { params } = startOf(server.spa, { ...changes, redirect_uri: redirectUri })
        const page = await start(server.spa, createBrowser(), params)
        expect(page).toMatchObject({ status: 400, next: undefined })
        expect(page.headers.get('location')).toBeNull()
        expect(page.headers.get('refresh')).toBeNull()
        expect(page.body).toContain('invalid_redirect_uri')
      }
    },
  )

  it.each([['nobody'], ['WEB'], ['web '], ['__proto__'], ['constructor']])(
    'A02 refuses the client %j by a page',
    async (clientId) => {
      const { params } = startOf(server.spa, { client_id: clientId })
      const page = await start(server.spa, createBrowser(), params)
      expect(page).toMatchObject({ status: 400, next: undefined })
      expect(page.body).toContain('invalid_client')
    },
  )

  it.each([
    ['http://app.example.com/callback'],
    ['http://localhost.example.com/callback'],
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['https://app.example.com/*'],
    ['https://*.example.com/callback'],
    ['https://app.example.com/callback#fragment'],
    ['https://user@app.example.com/callback'],
    ['/callback'],
  ])('A01 A03 34 starts nothing with %j registered', async (redirectUri) => {
    const clients = [{ id: 'web', redirect_uris: [redirectUri], origins: [spaOrigin] }]
    await expect(
      startLatchkey(() => ({ clients, providers: { oidc: provider.oidc } })),
    ).rejects.toMatchObject({
      code: 'invalid_config',
      mistakes: expect.arrayContaining([
        expect.objectContaining({ path: expect.stringContaining('clients[0].redirect_uris') }),
      ]),
    })
  })
})
