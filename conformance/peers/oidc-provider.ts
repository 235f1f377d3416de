import { generateKeyPairSync, type JsonWebKey, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Adapter, type AdapterPayload, type ClientMetadata, type JWK, Provider } from 'oidc-provider'

/** Who is at the browser when the provider asks, and what they do. */
export type Person = { accountId: string } | { refuses: true }

/** `oidc-provider`, certified and not of our making, in this process, on loopback. */
export interface OidcProviderPeer {
  issuer: string
  /** Knows these clients from now on. */
  register(clients: readonly ClientMetadata[]): void
  /** Whoever comes to its page next is this person. */
  person(person: Person): void
  /** New signing keys take over; the old ones are gone. */
  rotateKeys(): void
  /** Method and path of each request so far. */
  requests: string[]
  close(): Promise<void>
}

/** Its storage, in memory: outlives a change of keys. */
function memory(): (name: string) => Adapter {
  const rows = new Map<string, AdapterPayload>()
  const where = (matches: (payload: AdapterPayload) => boolean) =>
    [...rows].find(([, payload]) => matches(payload))
  return (name) => {
    const keyOf = (id: string) => `${name}:${id}`
    return {
      upsert: async (id, payload) => void rows.set(keyOf(id), payload),
      find: async (id) => rows.get(keyOf(id)),
      findByUid: async (uid) => where((payload) => payload.uid === uid && payload.kind === name)?.[1],
      findByUserCode: async (code) => where((payload) => payload.userCode === code)?.[1],
      consume: async (id) => {
        const row = rows.get(keyOf(id))
        if (row !== undefined) row.consumed = Math.floor(Date.now() / 1000)
      },
      destroy: async (id) => void rows.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        for (const [key, payload] of rows) if (payload.grantId === grantId) rows.delete(key)
      },
    }
  }
}

function signingKeys(): JWK[] {
  const made: [JsonWebKey, string][] = [
    [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), 'RS256'],
    [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), 'ES256'],
    [generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), 'EdDSA'],
  ]
  return made.map(([jwk, alg]) => ({ ...jwk, kty: String(jwk.kty), alg, use: 'sig', kid: randomUUID() }))
}

const profiles: Record<string, Record<string, unknown>> = {
  ada: { name: 'Ada Quinn', email: 'ada@example.com', email_verified: true },
  grace: { name: 'Grace Okoye', email: 'grace@example.com', email_verified: false },
}

export async function startOidcProvider(): Promise<OidcProviderPeer> {
  let answer: (request: IncomingMessage, response: ServerResponse) => unknown = (_, response) =>
    response.end()
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`

  const adapter = memory()
  const cookieKeys = [randomBytes(32).toString('base64url')]
  const requests: string[] = []
  let clients: readonly ClientMetadata[] = []
  let next: Person = { accountId: 'ada' }

  const open = (): void => {
    const provider = new Provider(issuer, {
      adapter,
      clients: [...clients],
      jwks: { keys: signingKeys() },
      cookies: { keys: cookieKeys },
      claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
      findAccount: (_, accountId) => ({
        accountId,
        claims: async () => ({ sub: accountId, ...profiles[accountId] }),
      }),
      pkce: { required: () => true },
      clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
      enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256', 'EdDSA', 'Ed25519'] },
      features: {
        devInteractions: { enabled: false },
        revocation: { enabled: true },
        backchannelLogout: { enabled: true },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (context, form) => {
            context.body = `<!doctype html><title>Sign out?</title>${form}`
          },
        },
      },
      // Its own one refuses loopback, where its clients are here.
      fetch: (url, { dispatcher: _, ...init }: RequestInit & { dispatcher?: unknown } = {}) =>
        fetch(url, init),
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 600, IdToken: 600 },
    })
    const callback = provider.callback()
    answer = (request, response) => {
      requests.push(`${request.method} ${request.url?.split('?')[0]}`)
      const asks = request.url?.startsWith('/interaction/')
      return asks ? interact(provider, next, request, response) : callback(request, response)
    }
  }
  open()

  return {
    issuer,
    requests,
    register(more) {
      clients = more
      open()
    },
    person(person) {
      next = person
    },
    rotateKeys: open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What its pages would do: sign in, then consent to everything that was asked for, or refuse. */
async function interact(
  provider: Provider,
  person: Person,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const finish = (result: Parameters<Provider['interactionFinished']>[2]) =>
    provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true })
  if ('refuses' in person) {
    await finish({ error: 'access_denied', error_description: 'The person said no' })
    return
  }
  const { prompt, params, session } = await provider.interactionDetails(request, response)
  if (prompt.name === 'login') {
    await finish({ login: { accountId: person.accountId } })
    return
  }
  const accountId = session?.accountId
  if (accountId === undefined) throw new Error('nobody is signed in')
  const grant = new provider.Grant({ accountId, clientId: String(params.client_id) })
  grant.addOIDCScope(String(params.scope))
  await finish({ consent: { grantId: await grant.save() } })
}
