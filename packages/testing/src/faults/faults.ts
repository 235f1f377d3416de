import type { FaultKinds, FaultPoint } from './kinds.ts'
import { type FaultName, findFault, namesAt } from './table.ts'

/** A named fault, or one of your own. */
export type FaultChoice<P extends FaultPoint> = FaultName<P> | FaultKinds[P]

export interface Faults {
  /** Strikes once, at the next request there; several wait in line. */
  next<P extends FaultPoint>(point: P, fault: FaultChoice<P>): void
  /** Strikes at each request there that no `next` is waiting for. */
  always<P extends FaultPoint>(point: P, fault: FaultChoice<P>): void
  /** All is well again, at one point or everywhere. */
  clear(point?: FaultPoint): void
  /** How many `next` have not struck yet: 0 at the end of a test that meant them. */
  waiting(point?: FaultPoint): number
}

export interface FaultQueue extends Faults {
  /** What is to strike now, if anything. */
  take<P extends FaultPoint>(point: P): FaultKinds[P] | undefined
}

type Waiting = { [P in FaultPoint]: { next: FaultKinds[P][]; always: FaultKinds[P] | undefined } }

const calm = (): Waiting => ({
  discovery: { next: [], always: undefined },
  authorize: { next: [], always: undefined },
  token: { next: [], always: undefined },
  id_token: { next: [], always: undefined },
  jwks: { next: [], always: undefined },
  userinfo: { next: [], always: undefined },
  refresh: { next: [], always: undefined },
  revocation: { next: [], always: undefined },
  introspection: { next: [], always: undefined },
  request_token: { next: [], always: undefined },
  oauth1_callback: { next: [], always: undefined },
  access_token: { next: [], always: undefined },
})

const resolve = <P extends FaultPoint>(point: P, fault: FaultChoice<P>): FaultKinds[P] => {
  if (typeof fault !== 'string') return fault
  const found = findFault(point, fault)
  if (found === undefined) {
    throw new TypeError(`No fault "${fault}" at "${point}". Known there: ${namesAt(point).join(', ')}`)
  }
  return found
}

export const createFaults = (): FaultQueue => {
  let waiting = calm()
  const points = (point?: FaultPoint) => (point === undefined ? Object.values(waiting) : [waiting[point]])
  return {
    next: (point, fault) => {
      waiting[point].next.push(resolve(point, fault))
    },
    always: (point, fault) => {
      waiting[point].always = resolve(point, fault)
    },
    clear: (point) => {
      waiting = point === undefined ? calm() : { ...waiting, [point]: calm()[point] }
    },
    waiting: (point) => points(point).reduce((sum, { next }) => sum + next.length, 0),
    take: (point) => waiting[point].next.shift() ?? waiting[point].always,
  }
}
