import { type JsonAnswer, json } from '../http/answer.ts'
import type { AnswerFault, NamedFault } from './kinds.ts'
import { onAnswer, transportFaults } from './transport.ts'

const keysOf = (answer: JsonAnswer): Record<string, unknown>[] => {
  const { keys } = answer.members
  return Array.isArray(keys) ? keys : []
}

const onKeys = (change: (keys: Record<string, unknown>[]) => unknown): AnswerFault =>
  onAnswer((answer) => ({ ...answer, members: { ...answer.members, keys: change(keysOf(answer)) } }))

/** The public key of RFC 7515 appendix A.3: signs nothing here. */
const unrelatedKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  kid: 'rfc7515-a3',
  alg: 'ES256',
  use: 'sig',
}

const without = (member: string) => (key: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(key).filter(([name]) => name !== member))

/** Faults of the key set (RFC 7517 section 5). */
export const jwksFaults = {
  ...transportFaults,
  'no-keys': { description: 'an empty set', expect: 'refuse', fault: onKeys(() => []) },
  'keys-missing': {
    description: 'an object without keys',
    expect: 'refuse',
    fault: onAnswer(() => json({})),
  },
  rotated: {
    description: 'holds only another key under another kid, as after a rotation that dropped the signing key',
    expect: 'refuse',
    fault: onKeys(() => [unrelatedKey]),
  },
  'no-alg': {
    description: 'the keys carry no alg',
    expect: 'accept',
    fault: onKeys((keys) => keys.map(without('alg'))),
  },
  'no-kid': {
    description: 'the keys carry no kid; there is one of them',
    expect: 'either',
    fault: onKeys((keys) => keys.slice(0, 1).map(without('kid'))),
  },
  'encryption-only': {
    description: 'the keys are marked for encryption',
    expect: 'refuse',
    fault: onKeys((keys) => keys.map((key) => ({ ...key, use: 'enc' }))),
  },
  'unknown-key-beside': {
    description: 'a key of an unknown type and a symmetric key stand before the good one',
    expect: 'accept',
    fault: onKeys((keys) => [
      { kty: 'XYZ', kid: 'future' },
      { kty: 'oct', kid: 'shared', k: 'c2VjcmV0' },
      ...keys,
    ]),
  },
} as const satisfies Record<string, NamedFault<AnswerFault>>
