import { expect, it } from 'vitest'
import type { NewConnection, Quarantined, Storage } from '../contract.ts'
import { openStorage } from '../index.ts'
import { withChildren } from './children.ts'
import { createUser, now, processes, type Subject, times } from './subject.ts'
import { countsOf } from './tally.ts'
import { bareConnection, leaseMs, quarantinedOf, renewed } from './vault-subject.ts'
import type { Acknowledgement, Call } from './volley.ts'

const slow = { timeout: 120_000 }

/** Tokens on their way: out of quarantine, into a connection, renewed, and back into quarantine. */
interface Way {
  obtained: Quarantined
  connection: NewConnection
  left: Quarantined
}

export function vaultCrashConformance(subject: Subject): void {
  it.each([150, 400, 900])(
    'V10, V14, reliability R3: tokens are in one place when all processes are killed after %i answers',
    slow,
    async (deadline) => {
      const { id: userId } = await createUser(subject.storage)
      const ways = times(processes, () => times(200, () => wayOf(userId)))
      await Promise.all(ways.flat().map(({ obtained }) => subject.storage.quarantine.put(obtained)))
      const acknowledged = await fireAndKillAll(subject, ways, deadline)

      const reopened = await openStorage(subject.config)
      try {
        const inQuarantine = await reopened.quarantine.listSealedOtherwise('no key', 100_000)
        const sealedIn = new Map(inQuarantine.map(({ id, sealed }) => [id, sealed]))
        for (const [process, calls] of acknowledged.entries()) {
          for (const [index, way] of (ways[process] ?? []).entries()) {
            const reached = times(steps, (step) => (calls[index * steps + step] ? (reachedBy[step] ?? 0) : 0))
            const place = await placeOf(reopened, way, sealedIn)
            expect(places.slice(Math.max(...reached))).toContain(place)
          }
        }
      } finally {
        await reopened.close()
      }
      await subject.inspect()
    },
  )
}

const wayOf = (userId: string): Way => {
  const connection = bareConnection(userId)
  return {
    connection,
    obtained: { ...quarantinedOf(connection), sealed: 'obtained' },
    left: { ...quarantinedOf(connection), sealed: 'left' },
  }
}

/** In the order in which tokens come by. */
const places = ['obtained', 'connected', 'renewed', 'left']
const steps = 4
/** By each step, when it was acknowledged: a place in `places`. */
const reachedBy = [1, 1, 2, 3]

const callsOf = ({ obtained, connection, left }: Way): Call[] => [
  { connect: [obtained.id, now, connection] },
  { lease: [connection.id, { version: 1, now, until: now + leaseMs }] },
  { settle: [connection.id, 1, renewed(1)] },
  { removeConnection: [connection.id, 2, left] },
]

/** Where the tokens are; all places, if they are in several, and '' if in none. */
async function placeOf(storage: Storage, way: Way, inQuarantine: Map<string, string>): Promise<string> {
  const found = await storage.connections.find(way.connection.id)
  const connected = found && (found.version === 1 && found.sealed === 'sealed' ? 'connected' : found.sealed)
  return [inQuarantine.get(way.obtained.id), connected, inQuarantine.get(way.left.id)]
    .filter((place) => place !== undefined)
    .join(' and ')
}

/** How often each call of each process took effect, as far as that was acknowledged. */
function fireAndKillAll(subject: Subject, ways: Way[][], deadline: number): Promise<number[][]> {
  return withChildren(subject.config, processes, async (children) => {
    let count = 0
    let killed: Promise<unknown> | undefined
    const onAcknowledged = (): void => {
      count += 1
      if (count === deadline) killed = Promise.all(children.map((child) => child.kill()))
    }
    const fired = children.map((child, process) =>
      // Callers that are at different steps of different ways, so that one commit holds several of them.
      child.fire({ callers: 4, calls: (ways[process] ?? []).flatMap(callsOf) }, onAcknowledged),
    )
    const acknowledged = await Promise.all(fired)
    await killed
    expect(count).toBeGreaterThanOrEqual(deadline)
    return acknowledged.map(effects)
  })
}

const effects = (acknowledged: Acknowledgement[]): number[] => {
  const [done, written] = [countsOf(acknowledged, 'done'), countsOf(acknowledged, true)]
  return done.map((count, call) => count + (written[call] ?? 0))
}
