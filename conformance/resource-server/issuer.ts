import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { TestClock } from '../support/clock.ts'
import { rawJws } from '../support/dpop.ts'
import { createKey, type Json, type Sign, type SigningKey } from './signing.ts'
import { close, listening, portOf } from './sockets.ts'

/** The services' address and name in all tests, unlike the one on which they can be reached. */
export const audience = 'https://reports.example.com'

/** What a token says, undefined taking a member out, and how it is signed. */
export interface TokenChanges {
  claims?: Json
  header?: Json
  /** Default: the issuer's own. Sets `alg` and `kid` too. */
  key?: SigningKey
  sign?: Sign
}

/** An issuer that signs anything, publishes anything and remembers what it was asked. */
export interface HostileIssuer {
  issuer: string
  /** ES256, published. */
  key: SigningKey
  /** The JWKs at `/jwks`, to be changed by the test. */
  published: unknown[]
  /** When set, answers all requests instead. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | undefined
  /** What came in: `GET /jwks`, and when, by the test's clock. */
  requests: { line: string; at: number }[]
  /** An access token as Latchkey makes them, apart from what is changed. */
  token(changes?: TokenChanges): string
  close(): Promise<void>
}

/** `canary` stands in what no refusal may repeat. */
export const subject = 'canary-user'

export async function startIssuer(
  clock: TestClock,
  key: SigningKey = createKey('ES256', 'key-1'),
): Promise<HostileIssuer> {
  const server = await listening(
    createServer((request, response) => {
      self.requests.push({ line: `${request.method} ${request.url}`, at: clock.now() })
      if (self.answer) return self.answer(request, response)
      response
        .writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=300' })
        .end(JSON.stringify({ keys: self.published }))
    }),
  )
  const issuer = `http://127.0.0.1:${portOf(server)}`
  const self: HostileIssuer = {
    ...{ issuer, key, published: [key.jwk], answer: undefined, requests: [] },
    token({ claims, header, key: signingKey = key, sign = signingKey.sign } = {}) {
      const now = Math.floor(clock.now() / 1000)
      const payload = {
        ...{ iss: issuer, sub: subject, aud: [audience, issuer], client_id: 'canary-client' },
        ...{ iat: now, exp: now + 300, jti: `canary-${randomUUID()}`, sid: 'canary-session' },
        ...{ scope: 'openid reports:read', auth_time: now - 60, amr: ['pwd'], idp: 'oidc', ...claims },
      }
      return rawJws({ typ: 'at+jwt', alg: signingKey.alg, kid: signingKey.kid, ...header }, payload, sign)
    },
    close: () => close(server),
  }
  return self
}
