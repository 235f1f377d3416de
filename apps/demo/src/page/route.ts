import { useSyncExternalStore } from 'react'

export const routes = { home: '/', account: '/account' } as const
export type Route = keyof typeof routes

function subscribe(listener: () => void): () => void {
  // The client says it too, when it has finished a journey.
  addEventListener('popstate', listener)
  return () => removeEventListener('popstate', listener)
}

export const useRoute = (): Route =>
  useSyncExternalStore(subscribe, () => (location.pathname === routes.account ? 'account' : 'home'))

export function go(route: Route): void {
  history.pushState(null, '', routes[route])
  dispatchEvent(new PopStateEvent('popstate'))
}
