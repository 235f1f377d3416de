/** Records by key, kept on the device; in memory where IndexedDB is missing or fails (lockdown, private mode). */
export interface Kv {
  /**
   * Replaces a record by what `change` makes of it (`undefined` deletes), in one transaction that no other tab can
   * come between. Resolves to the record as it was. One whose `expires` (ms, the device's clock) has passed is not
   * there. Who reads a key knows what is written there.
   */
  update<T>(key: string, change: (current: T | undefined) => T | undefined): Promise<T | undefined>
  /** Whether the records outlive the page. */
  durable(): boolean
}

/** @param name of the device's database; without one, memory only */
export function createKv(name?: string): Kv {
  const memory = new Map<string, unknown>()
  let onDevice = !!name
  return {
    async update<T>(key: string, change: (current: T | undefined) => T | undefined) {
      if (name && onDevice) {
        try {
          let after: T | undefined
          const before = await inTransaction<T>(name, key, (current) => (after = change(current)))
          // Kept beside, so that a device that fails later loses nothing that this page knew.
          memory.set(key, after)
          return before
        } catch {
          onDevice = false
        }
      }
      const before = memory.get(key) as T | undefined
      memory.set(key, change(before))
      return before
    },
    durable: () => onDevice,
  }
}

// One connection for each use: an open one can be lost in the background, and keeps pages out of the bfcache.
async function inTransaction<T>(
  name: string,
  id: string,
  change: (current: T | undefined) => T | undefined,
): Promise<T | undefined> {
  const opening = indexedDB.open(name)
  opening.onupgradeneeded = () => opening.result.createObjectStore('kv', { keyPath: 'id' })
  const database = await result(opening)
  try {
    const transaction = database.transaction('kv', 'readwrite')
    const store = transaction.objectStore('kv')
    let before: T | undefined
    for (const record of await result(store.getAll())) {
      if (record.expires < Date.now()) store.delete(record.id)
      else if (record.id === id) before = record
    }
    const after = change(before)
    if (after === undefined) store.delete(id)
    else if (after !== before) store.put({ ...after, id })
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve
      transaction.onabort = reject
    })
    return before
  } finally {
    database.close()
  }
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = reject
  })
}
