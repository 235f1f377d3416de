import { join } from 'node:path'
import { serve, writeConfig } from '../latchkey.ts'
import type { Session } from '../measure/outcome.ts'
import { freePort, profiling, type Started } from '../measure/processes.ts'
import { serverCore } from '../measure/rounds.ts'
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
  profiles?: string | undefined
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
    args: [...profiling(name, around.profiles), program, JSON.stringify(settings), ...flags],
    logDir: around.session.folder,
  })
}

async function startLatchkey(name: string, dpop: 'required' | 'off', around: Surroundings): Promise<Started> {
  const { session, profiles } = around
  const config = writeConfig(session.folder, name, await settingsFor(name, around), dpop)
  return serve(session, { name, config, core: serverCore, profiles })
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
