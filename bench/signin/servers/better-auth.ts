/**
 * Better Auth with its generic OAuth plugin, as its documentation sets it up for Node: discovery, PKCE, the ID token
 * verified, production mode, cookie cache at its default. Rate limit and telemetry are off, as everywhere in this
 * comparison. The database handle is ours only so that it is durable (WAL, synchronous FULL).
 */
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import { genericOAuth } from 'better-auth/plugins'
import { listen } from './listen.ts'
import { readSettings } from './settings.ts'

const settings = readSettings()
const database = new DatabaseSync(settings.database)
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')

const options = {
  baseURL: `http://127.0.0.1:${settings.port}`,
  secret: 'a-secret-for-measuring-only-0123456789abcdef',
  database,
  trustedOrigins: [settings.spa],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  account: { encryptOAuthTokens: settings.encryptTokens === true },
  plugins: [
    genericOAuth({
      config: [
        {
          providerId: 'mock',
          discoveryUrl: `${settings.provider}/.well-known/openid-configuration`,
          requireIdTokenVerification: true,
          clientId: settings.clientId,
          clientSecret: settings.clientSecret,
          scopes: ['openid', 'email', 'profile'],
        },
      ],
    }),
  ],
}
const { runMigrations } = await getMigrations(options)
await runMigrations()
const auth = betterAuth(options)
await auth.$context
// The setting belongs to the connection: this is the one that Better Auth writes through.
const { synchronous } = database.prepare('PRAGMA synchronous').get() ?? {}
if (synchronous !== 2) throw new Error(`not durable: synchronous is ${String(synchronous)}`)

const url = await listen(createServer(toNodeHandler(auth)), settings.port)
console.log(`ready ${url}`)
