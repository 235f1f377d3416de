// Entries of the catalogue on the stage: one fake provider plays them all, and one server knows them by their ids alone.
import { catalogue, type Entry } from '@latchkey/providers'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { type SignedIn, signIn } from '../account/support.ts'
import { type Browser, createBrowser } from '../support/browser.ts'
import { testClock } from '../support/clock.ts'
import { followForms } from '../support/forms.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { serviceWithSecret } from '../support/service.ts'
import { type VaultCaller, vaultCaller } from '../vault/caller.ts'

export interface Stage {
  provider: FakeProvider
  server: Running
  /** Signed in by an account of no entry; anew when the access token is about to end. */
  user(): Promise<SignedIn>
  /** May use every connection. */
  service(): VaultCaller
  close(): Promise<void>
}

/**
 * A browser that submits what posts itself. It sits in this process, at the two ends' own `fetch`: of the sockets of a journey
 * those between server and provider are the ones that matter here.
 */
export function formBrowser({ server, provider }: Pick<Stage, 'server' | 'provider'>): Browser {
  const browser = createBrowser(server.clock, async (url, method, headers, body) => {
    const request = new Request(url, { method, headers, ...(body === undefined ? {} : { body }) })
    const response = await (url.origin === provider.origin ? provider : server.latchkey).fetch(request)
    return { status: response.status, headers: response.headers, body: await response.text() }
  })
  return { ...browser, follow: (page, stop) => followForms(browser, page, stop) }
}

/** All that speaks OAuth 2.0 or OpenID Connect. */
export const entries: readonly Entry[] = catalogue.filter(({ protocol }) => protocol !== 'oauth1')
/** All that speaks OAuth 1.0a. */
export const signedEntries: readonly Entry[] = catalogue.filter(({ protocol }) => protocol === 'oauth1')

/** @param providers their configuration, once every entry is played */
export async function openStage(
  plays: readonly Entry[],
  providers: (provider: FakeProvider) => Record<string, object>,
): Promise<Stage> {
  const clock = testClock()
  const provider = await createFakeProvider({
    ...{ clock, plays, algorithm: 'ES256', autoApprove: 'user', record: false },
  })
  const service = serviceWithSecret('everything')
  const configured = providers(provider)
  const server = await startLatchkey(
    () => ({
      linking: 'separate',
      storage: 'sqlite::memory:',
      // Years pass here.
      tokens: {
        access_token_seconds: 3600,
        session_idle_seconds: 315_360_000,
        session_absolute_seconds: 315_360_000,
      },
      rate_limits: false,
      services: [{ id: service.id, secret: service.secret, vault: vaultOf(configured) }],
      providers: { home: provider.oidc, ...configured },
    }),
    { clock },
  )
  for (const { id } of plays) {
    if (id in configured) provider.played(id).register(`${server.issuer}/callback/${id}`)
  }
  let signedIn: { user: SignedIn; at: number } | undefined
  let caller: { service: VaultCaller; at: number } | undefined
  return {
    ...{ provider, server },
    async user() {
      if (signedIn === undefined || clock.now() - signedIn.at > 3_000_000) {
        provider.autoApprove('user')
        const user = await signIn(server, { provider: 'home' }, {}, formBrowser({ server, provider }))
        signedIn = { user, at: clock.now() }
      }
      return signedIn.user
    },
    service() {
      if (caller === undefined || clock.now() - caller.at > 3_000_000) {
        caller = { service: vaultCaller(service.id, () => server.issuer), at: clock.now() }
      }
      return caller.service
    },
    async close() {
      await server.close()
      await provider.close()
    },
  }
}

const vaultOf = (configured: Record<string, object>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(configured).flatMap(([id, provider]) =>
      'connect' in provider && provider.connect === true ? [[id, ['*']]] : [],
    ),
  )
