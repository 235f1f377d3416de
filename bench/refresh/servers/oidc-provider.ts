/**
 * `oidc-provider` as its documentation sets it up for a public client with DPoP and server nonces: refresh tokens rotate
 * and are bound to the key, access tokens are JWTs (RFC 9068, ES256) for a resource. Its storage is a map: nothing here
 * is durable. `POST /seed?jkt=` gives a first refresh token, made through its own models.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { type Adapter, type AdapterPayload, Provider } from 'oidc-provider'
import { listen, respond } from '../../signin/servers/listen.ts'
import { readSettings } from '../../signin/servers/settings.ts'

const settings = readSettings()
const issuer = `http://127.0.0.1:${settings.port}`
const resource = 'https://api.example.com'
const scope = 'profile email'

/** Its own memory adapter keeps a thousand things; this one keeps all. */
function memory(name: string): Adapter {
  const rows = new Map<string, AdapterPayload>()
  const nobody = async () => undefined
  return {
    upsert: async (id, payload) => void rows.set(id, payload),
    find: async (id) => rows.get(id),
    findByUid: nobody,
    findByUserCode: nobody,
    async consume(id) {
      const row = rows.get(id)
      if (row) row.consumed = Math.floor(Date.now() / 1000)
    },
    destroy: async (id) => void rows.delete(id),
    revokeByGrantId: () => Promise.reject(new Error(`a ${name} was used twice`)),
  }
}

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { crv, x, y, d } = privateKey.export({ format: 'jwk' })
const jwk = { kty: 'EC', alg: 'ES256', use: 'sig', kid: 'load-1', crv, x, y, d }

const provider = new Provider(issuer, {
  adapter: memory,
  clients: [
    {
      client_id: 'web',
      token_endpoint_auth_method: 'none',
      redirect_uris: [],
      grant_types: ['refresh_token'],
      response_types: [],
      id_token_signed_response_alg: 'ES256',
      dpop_bound_access_tokens: true,
    },
  ],
  jwks: { keys: [jwk] },
  cookies: { keys: [randomBytes(32).toString('base64url')] },
  claims: { profile: ['name'], email: ['email', 'email_verified'] },
  scopes: ['profile', 'email'],
  findAccount: (_, accountId) => ({ accountId, claims: async () => ({ sub: accountId }) }),
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  clientBasedCORS: (_, origin) => origin === settings.spa,
  features: {
    devInteractions: { enabled: false },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        ...{ scope, audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 300 },
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
})

async function seed(jkt: string): Promise<string> {
  const accountId = `person-${jkt}`
  const grant = new provider.Grant({ accountId, clientId: 'web' })
  grant.addResourceScope(resource, scope)
  const client = await provider.Client.find('web')
  if (!client) throw new Error('no client')
  const token = new provider.RefreshToken({
    ...{ accountId, client, grantId: await grant.save(), gty: 'authorization_code', scope, resource, jkt },
    ...{ authTime: Math.floor(Date.now() / 1000), rotations: 0, iiat: Math.floor(Date.now() / 1000) },
  })
  return token.save()
}

const answer = provider.callback()
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', issuer)
  if (url.pathname !== '/seed') return void answer(request, response)
  seed(url.searchParams.get('jkt') ?? '').then(
    (token) => respond(response, 200, {}, token),
    (error: unknown) => respond(response, 500, {}, String(error)),
  )
})
await listen(server, settings.port)
console.log(`ready ${issuer}`)
