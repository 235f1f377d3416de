import { randomBytes } from 'node:crypto'
import { createLatchkey, type Latchkey, type LatchkeyEvent, listen, silentLogger } from '@latchkey/server'
import { createFakeProvider } from '@latchkey/testing'
import { createVerifier, type Verifier } from '@latchkey/verify'
import { createBrowser } from '../support/browser.ts'
import { type TestClock, type TestTimers, testClock, testTimers } from '../support/clock.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { postToken, redemptionOf, type Spa, travel } from '../support/spa.ts'
import { createStorage } from '../support/storage.ts'

/** Two servers over one database whose time the test turns, and a verifier that asks them for keys in turn. */
export interface Pair {
  issuer: string
  clock: TestClock
  timers: TestTimers
  servers: Server[]
  /** Of both. */
  events: LatchkeyEvent[]
  /** Follows `/jwks` as `@latchkey/verify` does. `asked` counts. */
  verifier(): Verifier & { asked(): number }
  /** A session of a client without DPoP. */
  signIn(): Promise<Session>
  close(): Promise<void>
}

export interface Server {
  latchkey: Latchkey
  url: string
  kids(): Promise<unknown[]>
}

export interface Session {
  /** The access and ID token of the last answer. */
  tokens: { access: string; id: string }
  refreshAt(server: Server): Promise<{ access: string; id: string }>
}

export async function startPair(): Promise<Pair> {
  const storage = await createStorage()
  const provider = await createFakeProvider()
  provider.autoApprove('user')
  const clock = testClock()
  const timers = testTimers(clock)
  const events: LatchkeyEvent[] = []
  const secrets = [randomBytes(32).toString('base64url')]
  const servers: Server[] = []
  const closing: (() => Promise<void>)[] = []
  for (let count = 0; count < 2; count++) {
    let latchkey: Latchkey | undefined
    const socket = await listen(
      { fetch: (request) => latchkey?.fetch(request) ?? new Response(null, { status: 503 }) },
      { host: '127.0.0.1', port: 0 },
    )
    const url = `http://127.0.0.1:${socket.port}`
    latchkey = await createLatchkey(
      {
        issuer: servers[0]?.url ?? url,
        secrets,
        storage: storage.url,
        clients: [{ id: 'plain', dpop: 'off', redirect_uris: [spaRedirectUri], origins: [spaOrigin] }],
        providers: { oidc: provider.oidc },
        hooks: { onEvent: (event) => void events.push(event) },
      },
      { clock, timers, logger: silentLogger },
    )
    const opened = latchkey
    servers.push({ latchkey, url, kids: () => kidsAt(url) })
    closing.push(
      () => socket.close(500),
      () => opened.close(),
    )
  }
  const issuer = servers[0]?.url ?? ''
  const spa: Spa = { issuer, clientId: 'plain', redirectUri: spaRedirectUri, origin: spaOrigin }
  return {
    ...{ issuer, clock, timers, servers, events },
    verifier() {
      let turn = 0
      const verifier = createVerifier({
        ...{ issuer, audience: issuer, clock, clockToleranceSeconds: 60 },
        fetch: (url, init) => fetch(String(url).replace(issuer, servers[turn++ % 2]?.url ?? issuer), init),
      })
      return { ...verifier, asked: () => turn }
    },
    async signIn() {
      const trip = await travel(spa, createBrowser(clock), { provider: 'oidc' })
      return sessionOf(spa, (await postToken(spa, redemptionOf(spa, trip))).body)
    },
    async close() {
      for (const close of closing) await close()
      await provider.close()
      await storage.remove()
    },
  }
}

function sessionOf(spa: Spa, body: Record<string, unknown>): Session {
  const tokensOf = (answer: Record<string, unknown>) => ({
    access: String(answer.access_token),
    id: String(answer.id_token),
  })
  let refreshToken = String(body.refresh_token)
  const session: Session = {
    tokens: tokensOf(body),
    async refreshAt({ url }) {
      const form = { grant_type: 'refresh_token', client_id: 'plain', refresh_token: refreshToken }
      const answer = await postToken({ ...spa, issuer: url }, form)
      if (answer.status !== 200) throw new Error(`a refresh was refused: ${JSON.stringify(answer.body)}`)
      refreshToken = String(answer.body.refresh_token)
      session.tokens = tokensOf(answer.body)
      return session.tokens
    },
  }
  return session
}

export async function kidsAt(url: string): Promise<unknown[]> {
  const { keys }: { keys: { kid: unknown }[] } = await (await fetch(`${url}/jwks`)).json()
  return keys.map(({ kid }) => kid)
}
