import { describe, expect, test } from 'vitest'
import type { VerifyError } from '../error.ts'
import { accessToken, ath, createKeyPair, createScene, dpopProof, get, start } from '../verify.fixture.ts'
import { answerFor, toResponse } from './answer.ts'
import type { IncomingRequest } from './read.ts'
import type { Requirements } from './requirements.ts'

const device = createKeyPair('ES256')
const cnf = { jkt: device.jkt }

async function refusal(request: IncomingRequest, requirements?: Requirements, scene = createScene()) {
  const error: VerifyError = await scene.verifier.verify(request, requirements).then(
    () => expect.unreachable('accepted'),
    (e) => e,
  )
  return `${error.status} ${error.wwwAuthenticate}`
}

describe('S12 status and WWW-Authenticate of each refusal', () => {
  const scene = createScene()
  const bearer = (claims = {}, header = {}) =>
    get({ authorization: `Bearer ${accessToken(scene.key, claims, header)}` })
  const dpop = (proof?: string, claims = {}) => {
    const authorization = `DPoP ${accessToken(scene.key, { cnf, ...claims })}`
    return get(proof === undefined ? { authorization } : { authorization, dpop: proof })
  }
  const stale = { iat: start - 600, exp: start - 300 }
  const refused = (request: IncomingRequest, requirements?: Requirements) =>
    refusal(request, requirements, scene)

  test('no token: what is accepted, without an error (RFC 6750 section 3.1)', async () => {
    expect(await refused(get({}))).toBe('401 DPoP algs="ES256 EdDSA Ed25519", Bearer')
    expect(await refused(get({ authorization: 'Basic eDp5' }))).toBe(
      '401 DPoP algs="ES256 EdDSA Ed25519", Bearer',
    )
  })

  test('no token, where DPoP is required', async () => {
    const strict = createScene({ dpop: 'required', dpopAlgorithms: ['ES256'] })
    expect(await refusal(get({}), {}, strict)).toBe('401 DPoP algs="ES256"')
  })

  test('two tokens', async () => {
    expect(await refused(get({ authorization: ['Bearer a', 'Bearer b'] }))).toBe(
      '400 DPoP error="invalid_request", error_description="The request carries more than one access token", algs="ES256 EdDSA Ed25519", ' +
        'Bearer error="invalid_request", error_description="The request carries more than one access token"',
    )
  })

  test.each<[string, IncomingRequest, string]>([
    ['malformed', get({ authorization: 'Bearer %' }), 'The access token is malformed'],
    ['expired', bearer(stale), 'The access token has expired'],
    ['another audience', bearer({ aud: 'x' }), 'The access token is for another audience'],
    ['an ID token', bearer({}, { typ: 'JWT' }), 'The token is not an access token'],
  ])('Bearer: %s', async (_, request, description) => {
    expect(await refused(request)).toBe(
      `401 Bearer error="invalid_token", error_description="${description}"`,
    )
  })

  test.each<[string, IncomingRequest, string, string]>([
    [
      'S09 downgraded to Bearer',
      get({ authorization: `Bearer ${accessToken(scene.key, { cnf })}` }),
      'invalid_token',
      'A DPoP-bound access token needs the DPoP scheme and a proof',
    ],
    [
      'a token that is not bound',
      get({ authorization: `DPoP ${accessToken(scene.key)}` }),
      'invalid_token',
      'The access token is not bound to a DPoP key',
    ],
    ['no proof', dpop(), 'invalid_dpop_proof', 'Exactly one DPoP proof is required'],
    ['a bad proof', dpop('x.y.z'), 'invalid_dpop_proof', 'The DPoP proof is invalid'],
    ['an expired token', dpop('x', stale), 'invalid_token', 'The access token has expired'],
  ])('DPoP: %s', async (_, request, error, description) => {
    expect(await refused(request)).toBe(
      `401 DPoP error="${error}", error_description="${description}", algs="ES256 EdDSA Ed25519"`,
    )
  })

  test('DPoP: another key', async () => {
    const stranger = createKeyPair('ES256')
    const token = accessToken(scene.key, { cnf })
    const request = get({ authorization: `DPoP ${token}`, dpop: dpopProof(stranger, { ath: ath(token) }) })
    expect(await refused(request)).toBe(
      '401 DPoP error="invalid_token", error_description="The access token is bound to another DPoP key", algs="ES256 EdDSA Ed25519"',
    )
  })

  test('S07 a missing scope (RFC 6750 section 3.1)', async () => {
    expect(await refused(bearer(), { scopes: ['reports:read', 'reports:write'] })).toBe(
      '403 Bearer error="insufficient_scope", error_description="The access token lacks a required scope", scope="reports:read reports:write"',
    )
  })

  test('S07 an old sign-in, a weak one (RFC 9470 section 3)', async () => {
    expect(await refused(bearer({ auth_time: start - 3600 }), { maxAgeSeconds: 300 })).toBe(
      '401 Bearer error="insufficient_user_authentication", error_description="A more recent sign-in is required", max_age="300"',
    )
    expect(await refused(bearer({ acr: 'one' }), { acrValues: ['two', 'three'], maxAgeSeconds: 300 })).toBe(
      '401 Bearer error="insufficient_user_authentication", error_description="A stronger sign-in is required", max_age="300", acr_values="two three"',
    )
  })

  test('no keys: 503 and no challenge', async () => {
    const down = createScene()
    down.endpoint.down()
    const request = get({ authorization: `Bearer ${accessToken(down.key)}` })
    expect(await refusal(request, {}, down)).toBe('503 undefined')
  })

  test('X06 nothing that was sent is in the answer', async () => {
    const canary = 'canary5309'
    for (const request of [
      get({ authorization: `Bearer ${canary}` }),
      get({ authorization: `${canary} x` }),
      bearer({ aud: canary, sub: canary }),
      bearer({ iss: canary }),
      bearer({}, { kid: canary, typ: canary, alg: canary }),
      dpop(canary),
      dpop(dpopProof(device, { jti: canary, htm: canary, htu: canary })),
      get({ authorization: ['Bearer a', canary] }, `/?access_token=${canary}`),
    ]) {
      const error = await scene.verifier.verify(request, { scopes: ['none'] }).catch((e) => e)
      const { headers, body } = answerFor(error)
      expect(
        JSON.stringify([headers, body, error, error.message, String(error.stack), String(error.cause)]),
      ).not.toContain(canary)
    }
  })
})

describe('the answer', () => {
  test('JSON with the code and a fixed text, not to be stored', async () => {
    const { verifier } = createScene()
    const response = toResponse(await verifier.verify(get({})).catch((e) => e))
    expect(response.status).toBe(401)
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'www-authenticate': 'DPoP algs="ES256 EdDSA Ed25519", Bearer',
    })
    expect(await response.json()).toEqual({
      error: 'missing_token',
      error_description: 'An access token is required',
    })
  })

  test('503 says when to try again', async () => {
    const { verifier, endpoint, key } = createScene()
    endpoint.down()
    const response = toResponse(await verifier.verifyToken(accessToken(key)).catch((e) => e))
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(response.headers.get('www-authenticate')).toBeNull()
    expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' })
  })
})
