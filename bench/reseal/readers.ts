import { percentile } from '../measure/statistics.ts'
import { createConnections } from '../signin/connections.ts'
import { member } from '../signin/http.ts'

/** What services saw of the hand-outs in a while. */
export interface Seen {
  seconds: number
  handOuts: number
  /** What a failed one was answered, the first few. */
  failures: string[]
  failed: number
  p50Ms: number
  p99Ms: number
  maxMs: number
}

export interface Readers {
  /** What has been seen since it was asked the last time. */
  take(): Seen
  stop(): Promise<void>
}

/** Services that ask for tokens all the time, each for another connection every time. */
export function startReaders(issuer: string, token: string, ids: readonly string[], width: number): Readers {
  const connections = createConnections()
  const headers = { authorization: `Bearer ${token}` }
  let turn = 0
  const stopping = new AbortController()
  let latencies: number[] = []
  let failures: string[] = []
  let failed = 0
  let since = performance.now()

  async function read(): Promise<void> {
    while (!stopping.signal.aborted) {
      // Far apart in the table, and each as often as any other.
      const id = ids[(turn++ * 7919) % ids.length]
      const began = performance.now()
      try {
        const url = new URL(`${issuer}/vault/connections/${id}/token`)
        const reply = await connections.exchange(url, 'POST', headers)
        if (reply.status !== 200 || member(reply, 'access_token') === '') {
          throw new Error(`${reply.status} ${reply.body.slice(0, 200)}`)
        }
        latencies.push(performance.now() - began)
      } catch (error) {
        failed++
        if (failures.length < 5) failures.push(String(error))
      }
    }
  }
  const running = Array.from({ length: width }, read)

  return {
    take() {
      const now = performance.now()
      const at = (share: number) => (latencies.length === 0 ? Number.NaN : percentile(latencies, share))
      const seen: Seen = {
        seconds: (now - since) / 1000,
        handOuts: latencies.length,
        ...{ failures, failed, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) },
      }
      latencies = []
      failures = []
      failed = 0
      since = now
      return seen
    },
    async stop() {
      stopping.abort()
      await Promise.all(running)
      connections.close()
    },
  }
}
