import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLatchkey, type Latchkey, listen, silentLogger } from '@latchkey/server'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../support/launch.ts'
import { type Spa, startSpa } from './stage.ts'

/** The real server, on its own site, with the fake provider as `acme`, a page, and a Chromium to walk them. */
export interface RealStage {
  spa: Spa
  issuer: string
  provider: FakeProvider
  browser: Browser
  /** Pages are closed, the page's server is as it was. */
  reset(): Promise<void>
  close(): Promise<void>
}

interface RealOptions {
  /** The page's script. */
  entry?: URL
  /** App and issuer on one site, in that mode; else on two. */
  sameSite?: boolean
  /** The whole browser instead of its headless shell. */
  whole?: boolean
}

export async function setRealStage({
  entry,
  sameSite = false,
  whole = false,
}: RealOptions = {}): Promise<RealStage> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-e2e-'))
  const provider = await createFakeProvider({
    autoApprove: (parameters) => parameters.get('login_hint') ?? 'user',
    refreshTokens: { issue: 'always' },
  })
  let latchkey: Latchkey
  // The port is in the issuer, and the issuer is needed first.
  const server = await listen({ fetch: (request) => latchkey.fetch(request) }, { host: '127.0.0.1', port: 0 })
  const issuer = `http://${sameSite ? 'localhost' : '127.0.0.1'}:${server.port}`
  const spa = await startSpa(() => ({ issuer, clientId: 'web' }), entry)
  latchkey = await createLatchkey(
    {
      issuer,
      secrets: [randomBytes(32).toString('base64url')],
      storage: `sqlite:${join(folder, 'latchkey.db')}`,
      rate_limits: false,
      clients: [
        {
          id: 'web',
          redirect_uris: [`${spa.origin}/callback`],
          origins: [spa.origin],
          same_site: sameSite,
        },
      ],
      providers: {
        acme: { ...provider.oidc, connect: true, connect_scopes: ['openid', 'email', 'files.read'] },
      },
    },
    { logger: silentLogger },
  )
  const browser = await launchBrowser({ whole })
  return {
    spa,
    issuer,
    provider,
    browser,
    async reset() {
      provider.grantScopes(undefined)
      for (const context of browser.contexts()) await context.close()
      spa.reset()
    },
    async close() {
      await browser.close()
      await server.close(0)
      await latchkey.close()
      await Promise.all([spa.close(), provider.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
