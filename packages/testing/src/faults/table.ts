import { authorizeFaults } from './authorize.ts'
import { accessTokenFaults, requestTokenFaults } from './credentials.ts'
import { discoveryFaults } from './discovery.ts'
import { idTokenFaults } from './id-token.ts'
import { introspectionFaults } from './introspection.ts'
import { jwksFaults } from './jwks.ts'
import type { Expectation, FaultKinds, FaultPoint, NamedFault } from './kinds.ts'
import { oauth1CallbackFaults } from './oauth1-callback.ts'
import { refreshFaults } from './refresh.ts'
import { revocationFaults } from './revocation.ts'
import { tokenFaults } from './token.ts'
import { userinfoFaults } from './userinfo.ts'

/** Every named fault, by the point where it strikes. */
export const faultTable = {
  discovery: discoveryFaults,
  authorize: authorizeFaults,
  token: tokenFaults,
  id_token: idTokenFaults,
  jwks: jwksFaults,
  userinfo: userinfoFaults,
  refresh: refreshFaults,
  revocation: revocationFaults,
  introspection: introspectionFaults,
  request_token: requestTokenFaults,
  oauth1_callback: oauth1CallbackFaults,
  access_token: accessTokenFaults,
} as const satisfies { [P in FaultPoint]: Record<string, NamedFault<FaultKinds[P]>> }

/** The names known at a point, or at all points. */
export type FaultName<P extends FaultPoint = FaultPoint> = {
  [K in P]: keyof (typeof faultTable)[K] & string
}[P]

/** A row for a data-driven suite: `provider.faults.next(row.point, row.name)`. */
export interface FaultRow {
  point: FaultPoint
  name: FaultName
  description: string
  expect: Expectation
  /** It shows only when the client asked for this. */
  needs?: 'max_age'
}

type Table = { readonly [P in FaultPoint]: Readonly<Record<string, NamedFault<FaultKinds[P]>>> }
const table: Table = faultTable

/** The fault of that name at that point, or undefined. */
export const findFault = <P extends FaultPoint>(point: P, name: string): FaultKinds[P] | undefined =>
  Object.hasOwn(table[point], name) ? table[point][name]?.fault : undefined

/** Names known at a point, for messages. */
export const namesAt = (point: FaultPoint): readonly string[] => Object.keys(table[point])

const isNameAt = (point: FaultPoint, name: string): name is FaultName =>
  Object.hasOwn(faultTable[point], name)

const rowsAt = (point: FaultPoint): FaultRow[] =>
  Object.entries<NamedFault<unknown>>(table[point]).flatMap(([name, { fault: _fault, ...row }]) =>
    isNameAt(point, name) ? [{ point, name, ...row }] : [],
  )

/** Every named fault as data. */
export const faultNames: readonly FaultRow[] = [
  ...rowsAt('discovery'),
  ...rowsAt('authorize'),
  ...rowsAt('token'),
  ...rowsAt('id_token'),
  ...rowsAt('jwks'),
  ...rowsAt('userinfo'),
  ...rowsAt('refresh'),
  ...rowsAt('revocation'),
  ...rowsAt('introspection'),
  ...rowsAt('request_token'),
  ...rowsAt('oauth1_callback'),
  ...rowsAt('access_token'),
]
