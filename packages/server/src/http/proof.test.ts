import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createKeyring } from '../sealing/index.ts'
import { createDpopNonces } from '../session/index.ts'
import { createProofChecker } from './proof.ts'

const issuer = 'https://auth.test'
const clock = { now: () => 1_800_000_000_000 }
const nonces = createDpopNonces(createKeyring([randomBytes(32)]).mac('dpop-nonce'), clock)
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const jwk = publicKey.export({ format: 'jwk' })
const jkt = createHash('sha256')
  .update(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x }))
  .digest('base64url')
const accessToken = 'a.b.c'

function proof(claims: Record<string, unknown>): string {
  const all = { jti: randomBytes(12).toString('base64url'), iat: clock.now() / 1000, ...claims }
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const input = `${encode({ typ: 'dpop+jwt', alg: 'EdDSA', jwk })}.${encode(all)}`
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`
}
const atToken = () => proof({ htm: 'POST', htu: `${issuer}/token`, nonce: nonces.current() })
const atUserinfo = () =>
  proof({
    htm: 'GET',
    htu: `${issuer}/userinfo`,
    ath: createHash('sha256').update(accessToken).digest('base64url'),
  })
const userinfo = { method: 'GET', htu: `${issuer}/userinfo`, accessToken, jkt }

describe('proofs', () => {
  const checker = () =>
    createProofChecker({
      clock,
      nonces,
      tokenEndpoint: `${issuer}/token`,
      parEndpoint: 'https://auth.example.com/par',
      mostRemembered: 4,
    })

  it('A41 are taken once at each door', async () => {
    const { atToken: check, withAccessToken } = checker()
    const [one, other] = [atToken(), atUserinfo()]
    expect(await check(one)).toBe(jkt)
    await expect(check(one)).rejects.toMatchObject({ code: 'invalid_dpop_proof', status: 400 })
    await withAccessToken(other, userinfo)
    await expect(withAccessToken(other, userinfo)).rejects.toMatchObject({
      code: 'invalid_dpop_proof',
      status: 401,
    })
  })

  it('X03 a flood at the token endpoint, where anybody may send them, shuts out no access token', async () => {
    const { atToken: check, withAccessToken } = checker()
    for (let sent = 0; sent < 40; sent++) await check(atToken()).catch(() => undefined)
    await expect(withAccessToken(atUserinfo(), userinfo)).resolves.toBeUndefined()
  })
})
