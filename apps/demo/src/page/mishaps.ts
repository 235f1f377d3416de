import type { Auth } from '@latchkey/browser'

/** What can be made to go wrong, and right again. */
export type Switch = 'offline' | 'clock' | 'popups' | 'latchkey'
export type Switches = Readonly<Record<Switch, boolean>>

export interface Mishaps {
  read(): Switches
  subscribe(listener: () => void): () => void
  /** @throws when the demo's host does not answer */
  set(mishap: Switch, on: boolean): Promise<void>
  /** The browser's own, unless it is offline. */
  fetch: typeof fetch
}

const hour = 3_600_000

/**
 * Brings mishaps about where they happen in earnest: the page's network, its clock, its way to open windows, and, at the
 * demo's host, the server's own port. The client library is not told. To be called before the client is made.
 */
export function createMishaps(page: {
  fetch: typeof fetch
  now(): number
  open: typeof window.open
}): Mishaps {
  const listeners = new Set<() => void>()
  let on: Switches = { offline: false, clock: false, popups: false, latchkey: false }
  const note = (mishap: Switch, value: boolean) => {
    on = { ...on, [mishap]: value }
    for (const listener of listeners) listener()
  }
  Date.now = () => page.now() + (on.clock ? hour : 0)
  window.open = (...target) => (on.popups ? null : page.open.apply(window, target))
  page
    .fetch(latchkeyAt)
    .then((answer) => answer.json())
    .then(({ down }) => note('latchkey', down === true))
    .catch(() => {})

  return {
    read: () => on,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async set(mishap, value) {
      if (mishap === 'latchkey') {
        const answer = await page.fetch(`${latchkeyAt}?down=${value}`, { method: 'POST' })
        if (!answer.ok) throw new Error(`${answer.status}`)
      }
      note(mishap, value)
      if (mishap === 'offline') dispatchEvent(new Event(value ? 'offline' : 'online'))
    },
    fetch: (...request) =>
      on.offline ? Promise.reject(new TypeError('Failed to fetch')) : page.fetch(...request),
  }
}

/** Whether Latchkey listens: asked, and told, beside the page. */
const latchkeyAt = '/demo/latchkey'

/**
 * Puts another key in the place of the session's, as after a profile was restored in part; then asks for a token.
 * Resolves to what came of it: the code of an error.
 */
export async function loseKey(auth: Auth, { clientId, issuer }: { clientId: string; issuer: string }) {
  const name = `latchkey ${clientId} ${issuer}`
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign'])
  const { crv, kty, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  const database = await done(indexedDB.open(name))
  const store = database.transaction('kv', 'readwrite').objectStore('kv')
  const record = await done(store.get(`${name} session`))
  if (record !== undefined)
    await done(store.put({ ...record, key: { privateKey, jwk: { crv, kty, x, y }, jkt: 'another' } }))
  database.close()
  return outcomeOfToken(auth)
}

/** Asks for a fresh token: empty when it came, else the code of the error. */
export const outcomeOfToken = (auth: Auth): Promise<string> =>
  auth.getAccessToken({ fresh: true }).then(
    () => '',
    (error: Error) => ('code' in error ? String(error.code) : error.name),
  )

const done = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error))
  })
