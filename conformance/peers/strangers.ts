import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { createBrowser } from '../support/browser.ts'
import { runningClock } from '../support/clock.ts'
import { type Running, spaOrigin, startLatchkey } from '../support/latchkey.ts'
import { audience } from './arrive.ts'
import { type Service, startService } from './service.ts'

export const redirectUri = 'http://localhost:5555/stranger'
export const secret = 'a:secret%with+every kind/of=sign&'

/**
 * Latchkey for other people's client libraries, which know nothing of it but its issuer and start by a link. Clients:
 * `public`, `confidential` (with the secret) and `cautious` (with the secret, and DPoP besides).
 */
export interface StrangersRoom {
  server: Running
  service: Service
  provider: FakeProvider
  /** From a link to the client's own address, in a fresh browser. */
  follow(url: URL): Promise<URL>
  close(): Promise<void>
}

export async function openStrangersRoom(): Promise<StrangersRoom> {
  const provider = await createFakeProvider({ autoApprove: 'user' })
  const common = {
    redirect_uris: [redirectUri],
    resources: [audience],
    response_modes: ['query' as const],
    allow_get_authorize: true,
  }
  const server = await startLatchkey(
    () => ({
      clients: [
        { ...common, id: 'public', origins: [spaOrigin] },
        { ...common, id: 'confidential', secret },
        { ...common, id: 'cautious', secret, dpop: 'required' },
      ],
      providers: { oidc: provider.oidc },
    }),
    { clock: runningClock() },
  )
  const service = await startService({ issuer: server.issuer, audience, clock: server.clock })
  return {
    ...{ server, service, provider },
    async follow(url) {
      const browser = createBrowser()
      const last = await browser.follow(await browser.visit(url), (next) => next.href.startsWith(redirectUri))
      if (last.next === undefined) throw new Error(`${last.url} answered ${last.status}`)
      return last.next
    },
    async close() {
      await service.close()
      await server.close()
      await provider.close()
    },
  }
}
