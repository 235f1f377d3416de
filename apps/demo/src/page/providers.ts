import { useCallback, useEffect, useState } from 'react'

export interface Provider {
  id: string
  name: string
}

export type Providers = { status: 'loading' } | { status: 'there'; list: Provider[] } | { status: 'failed' }

/** Who can sign one in: `GET {issuer}/providers`. */
export function useProviders(issuer: string, clientId: string): { providers: Providers; retry: () => void } {
  const [providers, setProviders] = useState<Providers>({ status: 'loading' })
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    const controller = new AbortController()
    setProviders({ status: 'loading' })
    ask(issuer, clientId, controller.signal).then(
      (list) => setProviders({ status: 'there', list }),
      () => controller.signal.aborted || setProviders({ status: 'failed' }),
    )
    return () => controller.abort()
  }, [issuer, clientId, attempt])
  return { providers, retry: useCallback(() => setAttempt((n) => n + 1), []) }
}

async function ask(issuer: string, clientId: string, signal: AbortSignal): Promise<Provider[]> {
  const url = `${issuer}/providers?client_id=${encodeURIComponent(clientId)}`
  const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(8000)]) })
  if (!answer.ok) throw new Error(`providers: ${answer.status}`)
  const body: { providers: (Provider & { sign_in: boolean })[] } = await answer.json()
  return body.providers.filter(({ sign_in }) => sign_in).map(({ id, name }) => ({ id, name }))
}
