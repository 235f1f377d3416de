import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLatchkey, createLogger } from '@latchkey/server'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { type Apps, createApps } from './apps/apps.ts'
import { buildPage, pageFolder } from './build.ts'
import type { DemoConfig } from './config.ts'
import { freePort, listen, type Origin } from './host/listen.ts'
import { type BackChannel, createObserver } from './host/observer.ts'
import { freshSecret, keptSecret } from './host/secret.ts'
import { type Plug, site } from './host/site.ts'
import { billing } from './services/billing.ts'
import { notes } from './services/notes.ts'
import type { Service } from './services/service.ts'

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/** Where each part listens, unless the port is taken: then the next free one. */
const defaultPorts = { page: 5173, latchkey: 4000, provider: 4400, apps: 4410, notes: 4501, billing: 4502 }
type Part = keyof typeof defaultPorts

export interface DemoOptions {
  /** Preferred ports; 0 for any free one. Default: 5173, 4000, 4400, 4410, 4501, 4502. */
  ports?: Partial<Record<Part, number>>
  /** A folder for the database and the secret that seals it, or `:memory:`. Default `.latchkey/` in the repository. */
  database?: string
  /** What Latchkey logs to stderr. Default `error`: the provider that is down would warn at each try. */
  logLevel?: 'info' | 'warn' | 'error' | 'silent'
}

export interface Demo {
  /** Origins. The page and the provider are on `localhost`, the rest on `127.0.0.1`: two sites. */
  readonly urls: Readonly<Record<Part, string>>
  /** Parts whose preferred port was taken. */
  readonly moved: readonly Part[]
  readonly provider: FakeProvider
  readonly apps: Apps
  close(): Promise<void>
}

/** Starts all parts of the demo in this process, each on an origin of its own, after building the page if need be. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const ports = { ...defaultPorts, ...options.ports }
  await buildPage()

  const opened: { close(): Promise<void> }[] = []
  const close = async () => {
    for (const part of opened.splice(0).toReversed()) await part.close()
  }
  const keep = <T extends { close(): Promise<void> }>(part: T): T => {
    opened.push(part)
    return part
  }
  const running = (service: Service): Service['fetch'] => {
    keep({ close: async () => service.close() })
    return service.fetch
  }
  try {
    const page = keep(await listen({ host: 'localhost', port: ports.page }))
    const latchkeyAt = keep(await listen({ host: '127.0.0.1', port: ports.latchkey }))
    const notesAt = keep(await listen({ host: '127.0.0.1', port: ports.notes }))
    const billingAt = keep(await listen({ host: '127.0.0.1', port: ports.billing }))
    // Nobody ever tells this one how to answer: a provider that is down.
    const unplugged = keep(await listen({ host: '127.0.0.1', port: 0 }))
    const provider = keep(await fakeProvider(ports.provider, latchkeyAt))
    const apps = keep(await createApps(ports.apps, latchkeyAt.url))

    const issuer = latchkeyAt.url
    const asking = (id: string) => ({ id, secret: freshSecret() })
    const [notesAsk, billingAsk] = [asking('notes'), asking('billing')]
    const latchkey = keep(
      await createLatchkey(
        {
          issuer,
          ...storage(options.database),
          // One address plays everybody here.
          rate_limits: false,
          clients: [
            {
              id: 'web',
              redirect_uris: [`${page.url}/callback`],
              post_logout_redirect_uris: [`${page.url}/`],
              origins: [page.url],
              resources: [notesAt.url],
            },
          ],
          services: [
            // It may have every connected account of the two apps, whatever was granted.
            { ...notesAsk, resource: notesAt.url, vault: { calendar: ['*'], ledger: ['*'] } },
            { ...billingAsk, resource: billingAt.url },
          ],
          providers: {
            'fake-oidc': { ...provider.oidc, name: 'Fake OIDC' },
            'fake-oauth': { ...provider.oauth2, name: 'Fake OAuth 2.0 (old style)' },
            ...apps.entries,
            unplugged: {
              type: 'oidc',
              issuer: unplugged.url,
              client_id: 'latchkey',
              client_secret: freshSecret(),
              name: 'Unplugged',
            },
          },
        },
        { logger: createLogger({ level: options.logLevel ?? 'error' }) },
      ),
    )
    const observer = createObserver({
      issuer,
      clock: Date,
      backChannel: (code) => [provider, apps.provider].flatMap((one) => backChannel(one, code)),
    })
    const config: DemoConfig = {
      issuer,
      clientId: 'web',
      page: page.url,
      provider: provider.origin,
      apps: apps.provider.origin,
      broken: ['unplugged'],
      services: { notes: notesAt.url, billing: billingAt.url },
    }
    latchkeyAt.answer(observer.watch((request) => latchkey.fetch(request)))
    notesAt.answer(
      running(notes({ issuer, url: notesAt.url, page: page.url, asking: notesAsk, api: apps.api })),
    )
    billingAt.answer(running(billing({ issuer, url: billingAt.url, page: page.url, asking: billingAsk })))
    page.answer(site({ folder: pageFolder, config, observer, latchkey: plugOf(latchkeyAt), apps }))

    const moved = { page, latchkey: latchkeyAt, notes: notesAt, billing: billingAt }
    return {
      urls: {
        page: page.url,
        latchkey: issuer,
        provider: provider.origin,
        apps: apps.provider.origin,
        notes: notesAt.url,
        billing: billingAt.url,
      },
      moved: [
        ...(Object.keys(moved) as (keyof typeof moved)[]).filter((part) => moved[part].moved),
        ...(['provider', 'apps'] as const).filter(
          (part) =>
            ports[part] !== 0 &&
            new URL((part === 'apps' ? apps.provider : provider).origin).port !== String(ports[part]),
        ),
      ],
      provider,
      apps,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function plugOf(origin: Origin): Plug {
  let down = false
  return {
    get down() {
      return down
    },
    async turn(off) {
      await (off ? origin.pause() : origin.resume())
      down = off
    },
  }
}

/** The database and the secret that seals it: kept together, or gone together. */
function storage(database = join(repository, '.latchkey')): { storage: string; secrets: string[] } {
  if (database === ':memory:') return { storage: 'sqlite::memory:', secrets: [freshSecret()] }
  return { storage: `sqlite:${join(database, 'demo.db')}`, secrets: [keptSecret(join(database, 'secret'))] }
}

async function fakeProvider(port: number, latchkey: Origin): Promise<FakeProvider> {
  return createFakeProvider({
    name: 'Example Accounts',
    host: 'localhost',
    port: await freePort({ host: 'localhost', port }),
    clients: [
      {
        client_id: 'latchkey',
        client_secret: freshSecret(),
        redirect_uris: ['fake-oidc', 'fake-oauth'].map((id) => `${latchkey.url}/callback/${id}`),
      },
    ],
    oauth2: {
      pkce: 'none',
      quirks: ['form-encoded-response', 'error-with-http-200'],
      // It never heard of verified addresses; so whoever signs in by both is two users, and no account is taken over.
      user: ({ id, account_id, claims: { name, email } }) => ({ id: account_id, login: id, name, email }),
    },
  })
}

/** What Latchkey asked the provider with this code, and who-is-this right after it. */
function backChannel({ requests }: FakeProvider, code: string): BackChannel[] {
  const exchange = requests.all.findLastIndex(
    ({ point, form }) => point === 'token' && form.get('code') === code,
  )
  if (exchange === -1) return []
  return requests.all.slice(exchange, exchange + 2).flatMap(({ point, at, url, method, form, headers }) =>
    point === 'token' || point === 'userinfo'
      ? [
          {
            kind: point === 'token' ? 'exchange' : 'userinfo',
            at,
            url,
            method,
            form,
            authorization: headers.authorization,
          },
        ]
      : [],
  )
}
