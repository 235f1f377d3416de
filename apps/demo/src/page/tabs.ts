import type { Auth } from '@latchkey/browser'
import { claimsOf } from './claims.ts'

/** What one tab of the demo tells the others about itself. */
export interface Tab {
  id: string
  /** Who is signed in there; absent while nobody is. */
  user?: string
  /** Seconds since 1970; absent until a token was needed. */
  expires?: number
  /** Refreshes that this tab asked the server for, rather than take over another tab's. */
  refreshes: number
}

export interface Tabs {
  read(): readonly Tab[]
  subscribe(listener: () => void): () => void
  /** Has every tab ask for a fresh token at the same moment. */
  renew(): void
}

type Message = { tab: Tab } | { gone: string } | { ask: 'who' | 'renew' }

/** The page's `fetch`, counting the refreshes that were granted. */
export function countRefreshes(ask: typeof fetch): { fetch: typeof fetch; count(): number } {
  let granted = 0
  return {
    count: () => granted,
    async fetch(input, init) {
      const request = new Request(input, init)
      const refreshes = new URL(request.url).pathname.endsWith('/token')
        ? (await request.clone().text()).includes('grant_type=refresh_token')
        : false
      const answer = await ask(request)
      if (refreshes && answer.ok) granted++
      return answer
    },
  }
}

/** All tabs that have the demo open in this browser, this one first. */
export function createTabs(auth: Auth, refreshes: () => number): Tabs {
  const id = crypto.getRandomValues(new Uint32Array(1)).join()
  const channel = new BroadcastChannel('latchkey demo')
  const listeners = new Set<() => void>()
  const others = new Map<string, Tab>()
  let all: readonly Tab[] = [{ id, refreshes: 0 }]
  let expires: number | undefined

  const own = (): Tab => ({
    id,
    refreshes: refreshes(),
    ...(auth.state.status === 'signed-in'
      ? { user: auth.state.user.name ?? auth.state.user.sub, ...(expires === undefined ? {} : { expires }) }
      : {}),
  })
  const changed = () => {
    all = [own(), ...others.values()]
    for (const listener of listeners) listener()
  }
  const tell = () => {
    changed()
    channel.postMessage({ tab: own() } satisfies Message)
  }
  const renew = async () => {
    const token = await auth.getAccessToken({ fresh: true }).catch(() => undefined)
    const claims = token === undefined ? {} : claimsOf(token)
    if (typeof claims.exp === 'number') expires = claims.exp
    tell()
  }
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('ask' in data) {
      if (data.ask === 'renew') void renew()
      else tell()
      return
    }
    if ('tab' in data) others.set(data.tab.id, data.tab)
    else others.delete(data.gone)
    changed()
  }
  const ask = (what: 'who' | 'renew') => channel.postMessage({ ask: what } satisfies Message)
  auth.subscribe(tell)
  addEventListener('pagehide', () => channel.postMessage({ gone: id } satisfies Message))
  addEventListener('pageshow', () => {
    ask('who')
    tell()
  })
  ask('who')
  tell()

  return {
    read: () => all,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    renew() {
      ask('renew')
      void renew()
    },
  }
}
