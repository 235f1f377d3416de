import fc from 'fast-check'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { createIdTokenVerifier } from './id-token.ts'
import { createKeySource } from './jwks.ts'
import { goodClaims, handClock, issuer, outcomeOf, proof, rsaKey } from './upstream.fixture.ts'

const clock = handClock()
const key = rsaKey('k1')
const other = rsaKey('k2')
const keys = [key.publicJwk, { ...other.publicJwk, use: 'enc' }]
const algorithms = ['RS256']

const ours = createIdTokenVerifier({
  issuer,
  clientId: 'latchkey',
  algorithms,
  keys: createKeySource({ clock, load: async () => ({ keys }) }),
  clock,
})
const jwks = createLocalJWKSet({ keys })

const theirs = async (jwt: string): Promise<boolean> => {
  const options = {
    issuer,
    audience: 'latchkey',
    algorithms,
    clockTolerance: 60,
    currentDate: new Date(clock.now()),
    requiredClaims: ['sub', 'exp', 'iat'],
  }
  try {
    const { payload } = await jwtVerify(jwt, jwks, options)
    return payload.nonce === proof.nonce
  } catch {
    return false
  }
}

const now = clock.now() / 1000
const times = fc.constantFrom<unknown>(
  now,
  now - 59,
  now - 60,
  now - 61,
  now + 60,
  now + 61,
  `${now}`,
  null,
  undefined,
)
const texts = fc.constantFrom<unknown>(
  'latchkey',
  issuer,
  `${issuer}/`,
  proof.nonce,
  '',
  ['latchkey'],
  null,
  1,
)
const odd: Record<string, fc.Arbitrary<unknown>> = {
  exp: times,
  nbf: times,
  iat: times,
  iss: texts,
  aud: texts,
  nonce: texts,
  sub: texts,
}
const oddHeader: Record<string, fc.Arbitrary<unknown>> = {
  alg: fc.constantFrom('RS256', 'none', 'HS256', 'PS256', null, undefined),
  kid: fc.constantFrom('k1', 'k2', 'k3', undefined, null, 1),
  crit: fc.constantFrom(undefined, [], ['b64'], ['exp']),
  typ: fc.constantFrom(undefined, 'JWT', 'at+jwt'),
}

/** At most two members changed: with more, nothing would ever pass. */
const changesOf = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc
    .array(
      fc.oneof(
        ...Object.entries(members).map(([name, values]) => values.map((value) => [name, value] as const)),
      ),
      { maxLength: 2 },
    )
    .map((changes) => Object.fromEntries(changes))

/** One character put elsewhere, or none. */
const damage = fc.option(
  fc.record({ at: fc.nat(), with: fc.constantFrom('A', 'B', '_', '=', '.', '+', ' ', '') }),
  {
    freq: 1,
  },
)

test('R07-R12: whatever jose refuses is refused here', async () => {
  let accepted = 0
  const property = fc.asyncProperty(
    changesOf(oddHeader),
    changesOf(odd),
    fc.boolean(),
    damage,
    async (head, change, byUs, hit) => {
      const whole = (byUs ? key : other).sign({ alg: 'RS256', kid: 'k1', ...head }, goodClaims(clock, change))
      const at = hit === null ? 0 : hit.at % whole.length
      const jwt = hit === null ? whole : whole.slice(0, at) + hit.with + whole.slice(at + 1)
      const passes = (await outcomeOf(() => ours(jwt, { nonce: proof.nonce, accessToken: 'at' }))) === 'none'
      if (!passes) return
      accepted++
      expect(await theirs(jwt)).toBe(true)
    },
  )
  await fc.assert(property, { numRuns: 500, seed: 1 })
  expect(accepted).toBeGreaterThan(25)
  const good = key.sign({ alg: 'RS256', kid: 'k1' }, goodClaims(clock))
  expect(await theirs(good)).toBe(true)
})
