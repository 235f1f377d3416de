import { useSyncExternalStore } from 'react'

export const routes = { home: '/', account: '/account', connections: '/connections' } as const
export type Route = keyof typeof routes

function subscribe(listener: () => void): () => void {
  // The client says it too, when it has finished a journey.
  addEventListener('popstate', listener)
  return () => removeEventListener('popstate', listener)
}

const names: Route[] = ['account', 'connections']

export const useRoute = (): Route =>
  useSyncExternalStore(subscribe, () => names.find((name) => location.pathname === routes[name]) ?? 'home')

export function go(route: Route): void {
  history.pushState(null, '', routes[route])
  dispatchEvent(new PopStateEvent('popstate'))
}
