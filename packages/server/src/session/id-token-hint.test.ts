import { randomBytes } from 'node:crypto'
import { afterAll, expect, it } from 'vitest'
import { openSigningKeys, type SigningAlgorithm } from '../keys/index.ts'
import { createLogger } from '../logging.ts'
import { createKeyring } from '../sealing/index.ts'
import { openStorage, type Storage } from '../storage/index.ts'
import { readIdTokenHint } from './id-token-hint.ts'

const issuer = 'https://auth.example'
const clients = new Map([
  ['web', {}],
  ['other', {}],
])

const opened: Storage[] = []
afterAll(() => Promise.all(opened.map((storage) => storage.close())))

async function newKeys(algorithm: SigningAlgorithm = 'ES256') {
  const storage = await openStorage({ engine: 'sqlite', file: ':memory:', synchronous: 'normal' })
  opened.push(storage)
  await storage.migrate()
  const keys = await openSigningKeys({
    store: storage.signingKeys,
    sealer: createKeyring([randomBytes(32)]).sealer('signing-key'),
    clock: { now: () => 0 },
    logger: createLogger({ level: 'error' }),
    events: { emit: () => undefined },
    accessTokenSeconds: 300,
    algorithm,
  })
  return { keys, signer: await keys.signer(60) }
}

const { keys, signer } = await newKeys()
const claims = { iss: issuer, aud: 'web', sub: 'usr_1', sid: 'ses_1', iat: 1, exp: 2 }
const read = (hint: string) => readIdTokenHint(hint, { issuer, keys, clients })
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const good = signer.sign('JWT', claims)
const [header = '', payload = '', signature = ''] = good.split('.')

it.each(['ES256', 'EdDSA', 'RS256'] as const)(
  'A40 an ID token of ours, however old: %s',
  async (algorithm) => {
    const own = await newKeys(algorithm)
    const hint = own.signer.sign('JWT', claims)
    expect(await readIdTokenHint(hint, { issuer, keys: own.keys, clients })).toEqual({
      sessionId: 'ses_1',
      userId: 'usr_1',
      clientId: 'web',
    })
  },
)

it.each<[string, string]>([
  ['nothing', ''],
  ['text', 'not a token'],
  ['five parts', `${good}.x.y`],
  ['alg none', `${encoded({ alg: 'none', typ: 'JWT', kid: signer.kid })}.${payload}.`],
  ['no signature', `${header}.${payload}.`],
  [
    'another algorithm by name',
    `${encoded({ alg: 'RS256', typ: 'JWT', kid: signer.kid })}.${payload}.${signature}`,
  ],
  ['an HMAC by name', `${encoded({ alg: 'HS256', typ: 'JWT', kid: signer.kid })}.${payload}.${signature}`],
  ['no kid', `${encoded({ alg: 'ES256', typ: 'JWT' })}.${payload}.${signature}`],
  ['a changed claim', `${header}.${encoded({ ...claims, sid: 'ses_2' })}.${signature}`],
  ['another spelling', `${good}=`],
  ['a key that is not ours', (await newKeys()).signer.sign('JWT', claims)],
  ['an access token', signer.sign('at+jwt', claims)],
  ['another issuer', signer.sign('JWT', { ...claims, iss: `${issuer}/` })],
  ['a client that is not here', signer.sign('JWT', { ...claims, aud: 'gone' })],
  ['a list of audiences', signer.sign('JWT', { ...claims, aud: ['web'] })],
  ['a name of every object', signer.sign('JWT', { ...claims, aud: '__proto__' })],
  ['no session', signer.sign('JWT', { ...claims, sid: undefined })],
  ['no subject', signer.sign('JWT', { ...claims, sub: undefined })],
  ['claims that are no object', signer.sign('JWT', ['x'])],
])('A40 is no hint: %s', async (_, hint) => {
  expect(await read(hint)).toBeUndefined()
})
