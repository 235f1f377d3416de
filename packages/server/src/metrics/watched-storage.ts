import { type Storage, StorageError } from '../storage/index.ts'
import type { Metrics } from './metrics.ts'

/** The same storage, whose operations are timed: `sessions.rotate`. */
export function watchedStorage(storage: Storage, stored: Metrics['stored']): Storage {
  return {
    ...storage,
    ping: timed(storage.ping, 'ping', stored),
    sweep: timed(storage.sweep, 'sweep', stored),
    oneTime: watched(storage.oneTime, 'one_time', stored),
    users: watched(storage.users, 'users', stored),
    sessions: watched(storage.sessions, 'sessions', stored),
    signingKeys: watched(storage.signingKeys, 'signing_keys', stored),
    connections: watched(storage.connections, 'connections', stored),
    quarantine: watched(storage.quarantine, 'quarantine', stored),
    outbox: watched(storage.outbox, 'outbox', stored),
    vaultKeys: watched(storage.vaultKeys, 'vault_keys', stored),
    providerOutcomes: watched(storage.providerOutcomes, 'provider_outcomes', stored),
  }
}

/** A store is an object of operations, each of which gives a promise. */
function watched<T extends object>(store: T, name: string, stored: Metrics['stored']): T {
  const operations = new Map<PropertyKey, unknown>()
  return new Proxy(store, {
    get(target, key) {
      const known = operations.get(key)
      if (known !== undefined) return known
      const operation: unknown = Reflect.get(target, key)
      if (typeof operation !== 'function') return operation
      const named = `${name}.${inSnakeCase(String(key))}`
      const run = timed(
        (...given: unknown[]): Promise<unknown> => Reflect.apply(operation, target, given),
        named,
        stored,
      )
      operations.set(key, run)
      return run
    },
  })
}

function timed<Given extends unknown[], T>(
  operation: (...given: Given) => Promise<T>,
  name: string,
  stored: Metrics['stored'],
): (...given: Given) => Promise<T> {
  return async (...given) => {
    const began = performance.now()
    try {
      const value = await operation(...given)
      stored(name, performance.now() - began)
      return value
    } catch (error) {
      stored(name, performance.now() - began, error instanceof StorageError ? error.code : 'unexpected')
      throw error
    }
  }
}

const inSnakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
