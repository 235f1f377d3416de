import { join } from 'node:path'
import { serve } from '../latchkey.ts'
import type { Session } from '../measure/outcome.ts'
import { freePort, profiling, type Started } from '../measure/processes.ts'
import { serverCore } from '../measure/rounds.ts'
import { type Connections, createConnections } from '../signin/connections.ts'
import { form, formType, member } from '../signin/http.ts'
import { betterAuthFlow } from '../signin/journeys/better-auth.ts'
import type { Settings } from '../signin/servers/settings.ts'
import { service, writeVault } from './database.ts'

export interface Surroundings {
  session: Session
  /** The mock provider's issuer. */
  provider: string
  /** How many accounts are connected. */
  accounts: number
  profiles?: string | undefined
}

/** What one of many callers sends to get the token of one account. */
export interface Ask {
  url: URL
  headers: Record<string, string>
  body: string
  /** The member of the answer with the token. */
  member: 'access_token' | 'accessToken'
}

export interface Running {
  server: Started
  asks: Ask[]
}

export interface Entry {
  /** What one hand-out does there, in a line. */
  does: string
  run(surroundings: Surroundings): Promise<Running>
}

const spa = 'http://localhost:5199'

export const entries: Record<string, Entry> = {
  latchkey: {
    does: 'the service’s own access token (verified once), connection read, policy, tokens opened (AES-256-GCM), an event to the log, `lastUsedAt` once a minute',
    async run({ session, accounts, profiles }) {
      const port = await freePort()
      const { config, connectionIds } = await writeVault(session.folder, port, accounts)
      const server = await serve(session, { name: 'latchkey', config, core: serverCore, profiles })
      const connections = createConnections()
      const own = await ownToken(server.url, connections)
      connections.close()
      const asks = connectionIds.map(
        (id): Ask => ({
          url: new URL(`${server.url}/vault/connections/${id}/token`),
          headers: { authorization: `Bearer ${own}` },
          ...{ body: '', member: 'access_token' },
        }),
      )
      return { server, asks }
    },
  },
  'better-auth': {
    does: 'the user’s session cookie, session and account read, tokens decrypted (`encryptOAuthTokens`); no event',
    async run({ session, provider, accounts, profiles }) {
      const settings: Settings = {
        ...{ clientId: 'bench', clientSecret: 'bench-secret', provider, spa, encryptTokens: true },
        port: await freePort(),
        database: join(session.folder, 'better-auth.db'),
      }
      const program = join(import.meta.dirname, '../signin/servers/better-auth.ts')
      const server = await session.start({
        name: 'better-auth',
        core: serverCore,
        args: [...profiling('better-auth', profiles), program, JSON.stringify(settings)],
        logDir: session.folder,
      })
      const { journey } = betterAuthFlow(server.url, spa)
      const connections = createConnections()
      const asks: Ask[] = []
      while (asks.length < accounts) {
        const { credential } = await journey(connections)
        asks.push({
          url: new URL(`${server.url}/api/auth/get-access-token`),
          headers: { cookie: credential, origin: spa, 'content-type': 'application/json' },
          body: JSON.stringify({ accountId: await accountOf(server.url, credential, connections) }),
          member: 'accessToken',
        })
      }
      connections.close()
      return { server, asks }
    },
  },
}

/** What Better Auth calls the account that somebody signed in with. */
async function accountOf(base: string, cookie: string, connections: Connections): Promise<string> {
  const { status, body } = await connections.exchange(new URL(`${base}/api/auth/list-accounts`), 'GET', {
    cookie,
  })
  const id = /"id":"([^"]+)"/.exec(body)?.[1]
  if (id === undefined) throw new Error(`no account: ${status} ${body.slice(0, 300)}`)
  return id
}

/** A service’s own access token, of which a server takes hand-outs. */
export async function ownToken(issuer: string, connections: Connections): Promise<string> {
  const body = form({
    grant_type: 'client_credentials',
    ...{ client_id: service.id, client_secret: service.secret },
  })
  return member(
    await connections.exchange(new URL(`${issuer}/token`), 'POST', formType, body),
    'access_token',
  )
}
