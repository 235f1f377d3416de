import { secretIssuer } from './client.ts'
import { issuerTemplateOf } from './id-token.ts'
import type { Play } from './play.ts'

/** Configuration keys of a provider, as the file has them. */
export type PlayedSettings = Record<string, string | readonly string[] | Record<string, unknown>>

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const endpointKeys = {
  userinfo_endpoint: 'userinfo',
  emails_endpoint: 'emails',
  refresh_endpoint: 'refresh',
  exchange_endpoint: 'exchange',
  revocation_endpoint: 'revocation',
  introspection_endpoint: 'introspection',
} as const

const credentialsOf = ({
  entry,
  rules,
  client,
  appKey,
}: Play): Record<string, string | Record<string, unknown>> => {
  const method = entry.clientAuthentication ?? 'post'
  if (method === 'private_key_jwt' || rules.clientSecret === 'signed-jwt') {
    const { alg, kid, privateKey } = appKey
    const key = { private_key: { ...privateKey.export({ format: 'jwk' }), alg, kid } }
    return method === 'private_key_jwt' ? key : { ...key, client_secret_issuer: secretIssuer }
  }
  // Who has none at the token endpoint may need it in a header.
  const inHeader = Object.values(rules.headers).some((value) => value.includes('{client_secret}'))
  return method === 'none' && !inHeader ? {} : { client_secret: client.client_secret }
}

/** Rules that name hosts, named anew. */
const wireOf = (play: Play): Record<string, unknown> => {
  const { rules, realm } = play
  const template = issuerTemplateOf(play)
  return {
    ...(template === undefined ? {} : { issuer_template: template }),
    ...(rules.tokenHost === undefined
      ? {}
      : { token_host: { ...rules.tokenHost, hosts: [new URL(realm.origin).host] } }),
  }
}

/** OAuth 1.0a has names of its own, and an API whose host the proxy must know. */
const signedSettings = ({ entry, urls, client, appKey, realm }: Play): PlayedSettings => ({
  request_token_endpoint: urls.requestToken ?? '',
  authorization_endpoint: urls.authorization,
  access_token_endpoint: urls.token,
  ...(urls.userinfo === undefined ? {} : { userinfo_endpoint: urls.userinfo }),
  consumer_key: client.client_id,
  ...(entry.oauth1?.signatureMethod === 'RSA-SHA1'
    ? { private_key: { ...appKey.privateKey.export({ format: 'jwk' }), kid: appKey.kid } }
    : { consumer_secret: client.client_secret }),
  api_hosts: [new URL(realm.origin).host],
})

const tenantSettings = ({ tenant }: Play): Record<string, string> =>
  Object.fromEntries(Object.entries(tenant).map(([name, value]) => [snake(name), value]))

/** What points every URL of the entry at the fake, with what the app was given at its registration. */
export const settingsOf = (play: Play): PlayedSettings => {
  const { entry, urls, client } = play
  if (entry.protocol === 'oauth1') return { ...tenantSettings(play), ...signedSettings(play) }
  const isOpenId = entry.protocol === 'oidc'
  const wire = wireOf(play)
  const places = Object.entries(endpointKeys).flatMap(([key, place]): [string, string][] => {
    const url = urls[place]
    // Discovery tells the rest.
    return url === undefined || (isOpenId && place === 'userinfo') ? [] : [[key, url]]
  })
  return {
    ...tenantSettings(play),
    ...(isOpenId
      ? {
          issuer: urls.issuer,
          ...(entry.endpoints.discovery === undefined ? {} : { discovery_url: urls.discovery }),
        }
      : { authorization_endpoint: urls.authorization, token_endpoint: urls.token }),
    ...Object.fromEntries(places),
    ...(Object.keys(wire).length === 0 ? {} : { wire }),
    client_id: client.client_id,
    ...credentialsOf(play),
  }
}
