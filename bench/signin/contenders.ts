import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Session } from '../measure/outcome.ts'
import { freePort, type Started } from '../measure/processes.ts'
import { betterAuthFlow } from './journeys/better-auth.ts'
import { codeFlow } from './journeys/code-flow.ts'
import type { Contender } from './journeys/journey.ts'
import type { Settings } from './servers/settings.ts'

export interface Surroundings {
  session: Session
  /** The mock provider's issuer. */
  provider: string
  warmNonce: boolean
  /** Where Node writes a CPU profile of each server when it ends; without it, none is taken. */
  profiles?: string
}

export interface Running extends Contender {
  server: Started
}

/** A server to compare. */
export interface Entry {
  /** What one sign-in does there, in a line. */
  does: string
  run(surroundings: Surroundings): Promise<Running>
}

const serverCore = 0
/** Nothing listens there: the browser stops at the redirect that would lead to it. */
const spa = 'http://localhost:5199'
const credentials = { clientId: 'bench', clientSecret: 'bench-secret' }

async function settingsFor(name: string, { session, provider }: Surroundings): Promise<Settings> {
  return {
    ...credentials,
    port: await freePort(),
    database: join(session.folder, `${name}.db`),
    provider,
    spa,
  }
}

async function startOwn(name: string, file: string, flags: string[], around: Surroundings): Promise<Started> {
  const settings = await settingsFor(name, around)
  const program = join(import.meta.dirname, 'servers', file)
  return around.session.start({
    name,
    core: serverCore,
    args: [...profiling(name, around), program, JSON.stringify(settings), ...flags],
    logDir: around.session.folder,
  })
}

/** Arguments that make Node write `NAME.cpuprofile`. */
function profiling(name: string, { profiles }: Surroundings): string[] {
  return profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}.cpuprofile`] : []
}

/** Latchkey as its users run it: built, from its own command. */
async function startLatchkey(name: string, dpop: 'required' | 'off', around: Surroundings): Promise<Started> {
  const { port, database, provider, clientId, clientSecret } = await settingsFor(name, around)
  const config = join(around.session.folder, `${name}.config.json`)
  writeFileSync(
    config,
    JSON.stringify(latchkeyConfig({ port, database, provider, clientId, clientSecret, spa }, dpop)),
  )
  return around.session.start({
    name,
    core: serverCore,
    args: [
      ...profiling(name, around),
      join(around.session.root, 'packages/server/bin/latchkey.mjs'),
      'serve',
      '--config',
      config,
    ],
    logDir: around.session.folder,
  })
}

export function latchkeyConfig(settings: Settings, dpop: 'required' | 'off'): Record<string, unknown> {
  return {
    issuer: `http://127.0.0.1:${settings.port}`,
    listen: `127.0.0.1:${settings.port}`,
    secrets: [randomBytes(32).toString('base64url')],
    storage: `sqlite:${settings.database}`,
    clients: [
      {
        id: 'web',
        redirect_uris: [`${settings.spa}/callback`],
        origins: [settings.spa],
        resources: ['https://api.example.com'],
        dpop,
      },
    ],
    providers: {
      mock: {
        type: 'oidc',
        issuer: settings.provider,
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
      },
    },
    rate_limits: false,
  }
}

export const entries: Record<string, Entry> = {
  latchkey: {
    does: 'PKCE on both hops, sealed journey cookie, ID token verified, one-time code, DPoP with server nonce, session row, ES256 JWT + refresh token',
    async run(around) {
      const server = await startLatchkey('latchkey', 'required', around)
      const extra = { provider: 'mock', scope: 'profile email' }
      return {
        server,
        ...codeFlow({ issuer: server.url, spa, dpop: true, warmNonce: around.warmNonce, extra }),
      }
    },
  },
  'latchkey-bearer': {
    does: 'the same without DPoP',
    async run(around) {
      const server = await startLatchkey('latchkey-bearer', 'off', around)
      const extra = { provider: 'mock', scope: 'profile email' }
      return { server, ...codeFlow({ issuer: server.url, spa, dpop: false, warmNonce: false, extra }) }
    },
  },
  'better-auth': {
    does: 'PKCE to the provider, state in the database, ID token verified, account row updated, session row, session cookie; no hand-off, no JWT, no DPoP',
    async run(around) {
      const server = await startOwn('better-auth', 'better-auth.ts', [], around)
      return { server, ...betterAuthFlow(server.url, spa) }
    },
  },
  bare: {
    does: 'PKCE on both hops, sealed journey cookie, ID token verified, sealed tokens row, one-time code, session row, ES256 JWT + refresh token; no DPoP, nothing else',
    async run(around) {
      const server = await startOwn('bare', 'bare.ts', [], around)
      return { server, ...codeFlow({ issuer: server.url, spa, dpop: false, warmNonce: false }) }
    },
  },
  'bare-dpop': {
    does: 'the same with a DPoP proof verified by jose; no nonce, no replay check',
    async run(around) {
      const server = await startOwn('bare-dpop', 'bare.ts', ['--dpop'], around)
      return { server, ...codeFlow({ issuer: server.url, spa, dpop: true, warmNonce: false }) }
    },
  },
}
