import { standardRules, type WireRules } from '@latchkey/providers'
import { expect, test } from 'vitest'
import { wire } from '../schema/wire.ts'
import { camelCase, snakeCase } from './names.ts'
import { wireFromFile, wireToFile } from './wire.ts'

const all: WireRules = {
  ...standardRules,
  scopeSeparator: ',',
  authorizeNames: { client_id: 'client_key' },
  redirectUriValue: 'Our_App-RuName',
  unsafeCodeChallenge: 'plain',
  callbackNames: { code: 'auth_code' },
  codeSuffix: '#_',
  callbackSignature: 'hmac-sha256-query',
  callbackTenant: { shop: 'acme.myshopify.com' },
  tokenHost: { parameter: 'location', hosts: ['api.example.com'] },
  sendFromCallback: ['device_id'],
  tokenNames: { client_id: 'client_key' },
  clientSecretHeader: 'Secret-Key',
  assertionAudience: 'token-endpoint',
  headers: { 'Api-Version': '1' },
  tokenPath: 'data',
  tokenMembers: { access_token: 'accessToken', expires_in: 'data.ttl' },
  tokenSuccess: { member: 'ok', good: true },
  tokenRefusals: ['token_expired', 40004],
  exchange: { grantType: 'a', tokenParameter: 'b', sends: ['client_id'] },
  refreshExchange: { grantType: 'a', tokenParameter: 'b', sends: [] },
  revocationRequest: {
    ...{ method: 'POST', sends: { accessToken: '{access_token}', id: '{data.team.id}' }, as: 'json' },
    authorization: 'Client {client_secret}',
  },
  userinfoBody: { query: '{ viewer { id } }' },
  issuerTemplate: 'https://login.example/{tid}/v2.0',
}

test('every rule passes to a file and back', () => {
  const written = wire.safeParse(wireToFile(all))
  expect(written.error?.issues).toBeUndefined()
  expect(wireFromFile(written.data ?? {})).toEqual(all)
})

test.each(['tokenPath', 'unsafeNonceMayMiss', 'zeroExpiry'])('%s and back', (name) => {
  expect(camelCase(snakeCase(name))).toBe(name)
})

test.each([
  ['baseURL', 'base_url'],
  ['realmURL', 'realm_url'],
  ['userPoolId', 'user_pool_id'],
  ['URLPath', 'url_path'],
  ['shop', 'shop'],
])('%s is the key %s', (name, key) => {
  expect(snakeCase(name)).toBe(key)
})

const revoked = (changes: object) => ({
  revocation_request: { method: 'POST', sends: {}, as: 'form', ...changes },
})

const refused: [title: string, rules: object, words: RegExp][] = [
  ['a header with credentials', { headers: { Authorization: 'x' } }, /sets itself/],
  ['a header with credentials, however written', { headers: { cOOKIE: 'x' } }, /sets itself/],
  ['a header that names the host', { headers: { Host: 'x' } }, /sets itself/],
  ['a header that frames the message', { headers: { 'Content-Length': '1' } }, /sets itself/],
  ['a second line in a header', { headers: { 'Api-Version': '1\r\nX: y' } }, /not the value of a header/],
  ['a secret in the header of credentials', { client_secret_header: 'authorization' }, /sets itself/],
  ['two names that become one', { token_names: { client_id: 'key', client_secret: 'key' } }, /one name/],
  ["another parameter's name", { authorize_names: { scope: 'state' } }, /state.*one name|one name/],
  ["a check's name", { authorize_names: { scope: 'code_challenge' } }, /one name/],
  ["another parameter's name in the answer", { callback_names: { code: 'state' } }, /one name/],
  ['one member for two', { token_members: { access_token: 'refresh_token' } }, /one name/],
  ['A05 the implicit flow', { response_type: 'token' }, /code flow/],
  ['A05 the hybrid flow', { response_type: 'id_token' }, /code flow/],
  ['a parameter that decides what is asked', { token_extra: { grant_type: 'password' } }, /sets itself/],
  ["somebody else's code", { token_extra: { code: 'x' } }, /sets itself/],
  ['a host with a path', { token_host: { parameter: 'l', hosts: ['api.example.com/x'] } }, /plain name/],
  ['an issuer that a claim leads elsewhere', { issuer_template: 'https://{tid}.example.com/' }, /issuer/],
  ['an issuer of two claims', { issuer_template: 'https://login.example.com/{tid}/{oid}' }, /issuer/],
  ['an issuer without https', { issuer_template: 'http://login.example.com/{tid}' }, /not https/],
  ['an issuer without a claim', { issuer_template: 'https://login.example.com/x' }, /issuer/],
  ['a revocation with what is nowhere', revoked({ sends: { a: '{acess_token}' } }), /nothing stands for/],
  ['a revocation with a second header', revoked({ authorization: 'A {client_id}\r\nB: x' }), /header/],
  ['a revocation that proves nothing', revoked({ authorization: 'Bearer abc' }), /header/],
  ['a rule that is none', { token_pth: 'data' }, /token_path/],
]

test.each(refused)('refused: %s', (_, rules, words) => {
  const { error } = wire.safeParse(rules)
  expect(error?.issues.map(({ message, ...issue }) => [message, JSON.stringify(issue)]).join()).toMatch(words)
})
