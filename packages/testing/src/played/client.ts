import { createHash } from 'node:crypto'
import { errors, type JWTPayload, jwtVerify } from 'jose'
import { OAuthError } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import { type Parameters, refuse } from './parameters.ts'
import type { Play } from './play.ts'

const invalidClient = (description: string): OAuthError =>
  new OAuthError('invalid_client', description, { status: 401 })

/** RFC 6749 section 2.3.1, or as they are where the entry says that nobody encodes them. */
export const basicOf = ({ rules, client }: Play): string => {
  const encode = (text: string): string =>
    rules.basicCredentials === 'raw' ? text : new URLSearchParams([['', text]]).toString().slice(1)
  const pair = `${encode(client.client_id)}:${encode(client.client_secret)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

/** Verified with the app's registered public key: by whom, for whom, and still good. */
const verified = async (play: Play, jwt: string, audience: string[]): Promise<JWTPayload> => {
  try {
    const { payload } = await jwtVerify(jwt, play.appKey.publicKey, {
      algorithms: [play.appKey.alg],
      subject: play.client.client_id,
      audience,
      currentDate: new Date(play.realm.clock.now()),
      // The client's clock is another one.
      clockTolerance: 5,
      requiredClaims: ['iss', 'exp', 'iat'],
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JOSEError) throw invalidClient(`the JWT: ${error.message}`)
    throw error
  }
}

/** The issuer: as it is called here, and as the entry calls it. */
const audiencesOf = ({ urls, entry }: Play): string[] => [
  urls.issuer,
  ...(entry.issuer === undefined ? [] : [entry.issuer]),
]

/** Who signs secrets that are JWTs: the team, at Apple. */
export const secretIssuer = 'PLAYEDTEAM'

/** RFC 7523 section 3. */
const checkAssertion = async (play: Play, params: Parameters): Promise<void> => {
  const assertion = params.get('client_assertion')
  const type = params.get('client_assertion_type')
  if (assertion === undefined || type !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') {
    throw invalidClient('client_assertion is needed')
  }
  const { urls, realm, rules } = play
  const audience = rules.assertionAudience === 'token-endpoint' ? [urls.token] : audiencesOf(play)
  const { iss, jti } = await verified(play, assertion, audience)
  if (iss !== play.client.client_id) throw invalidClient('the assertion is somebody else’s')
  if (jti === undefined || !realm.firstUse(`${iss} ${jti}`))
    throw invalidClient('the assertion was used before')
}

/** `over`: the code or token that a hashed secret is bound to. */
const checkSecret = async (
  play: Play,
  exchange: Exchange,
  params: Parameters,
  over: string | undefined,
): Promise<void> => {
  const { rules, client } = play
  const { clientSecretHeader: header } = rules
  if (header !== undefined && params.has('client_secret'))
    throw refuse(`client_secret belongs into ${header}`)
  const secret =
    header === undefined ? params.get('client_secret') : (exchange.request.headers.get(header) ?? undefined)
  switch (rules.clientSecret) {
    case 'as-it-is':
      if (secret !== client.client_secret) throw invalidClient('client_secret is wrong')
      return
    case 'signed-jwt': {
      const { iss, exp = 0, iat = 0 } = await verified(play, secret ?? '', audiencesOf(play))
      if (iss !== secretIssuer) throw invalidClient('the JWT is somebody else’s')
      // Apple: at most six months.
      if (exp - iat > 15_777_000) throw invalidClient('the JWT lives too long')
      return
    }
    case 'sha256-of-secret-and-code': {
      if (secret !== undefined) throw refuse('client_secret itself must not be sent')
      const hash = createHash('sha256')
        .update(`${client.client_secret}|${over ?? ''}`)
        .digest('hex')
      if (params.get('hash') !== hash) throw invalidClient('hash is wrong')
    }
  }
}

/**
 * The one way of client authentication that the entry names; every other is refused.
 * @throws OAuthError `invalid_client`, `invalid_request`
 */
export const authenticateApp = async (
  play: Play,
  exchange: Exchange,
  params: Parameters,
  over?: string,
): Promise<void> => {
  const { entry, rules, client } = play
  const method = entry.clientAuthentication ?? 'post'
  const authorization = exchange.request.headers.get('authorization')
  const id = params.get('client_id')
  if (method === 'basic') {
    if (params.has('client_secret')) throw refuse('client_secret belongs into the Authorization header')
    if (authorization !== basicOf(play)) throw invalidClient('the Basic credentials are wrong')
    if (id !== undefined && id !== client.client_id) throw invalidClient('client_id is somebody else’s')
    return
  }
  if (authorization !== null && rules.headers.Authorization === undefined) {
    throw invalidClient('no Authorization header is taken here')
  }
  if (id !== client.client_id && !(rules.tokenOmits.includes('client_id') && id === undefined)) {
    throw invalidClient('client_id is missing or somebody else’s')
  }
  if (method === 'private_key_jwt') return checkAssertion(play, params)
  if (method === 'post' && !rules.tokenOmits.includes('client_secret')) {
    return checkSecret(play, exchange, params, over)
  }
  if (params.has('client_secret')) throw refuse('this app has no secret')
}
