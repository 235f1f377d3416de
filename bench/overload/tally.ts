import type { Connections, Reply } from '../signin/connections.ts'

/** What a server answered while it was overloaded. */
export interface Tally {
  /** Milliseconds of each answer other than 503. */
  accepted: number[]
  /** Milliseconds of each 503. */
  shed: number[]
  /** 503 without `Retry-After`. */
  silent: number
  /** Requests without an answer: refused, cut off, or not within 10 s. */
  lost: number
}

export const emptyTally = (): Tally => ({ accepted: [], shed: [], silent: 0, lost: 0 })

/** The same connections, whose answers from one server are counted. */
export function tallied(connections: Connections, host: string, tally: Tally): Connections {
  return {
    ...connections,
    async exchange(url, method, headers, body) {
      if (url.host !== host) return connections.exchange(url, method, headers, body)
      const began = performance.now()
      let reply: Reply
      try {
        reply = await connections.exchange(url, method, headers, body)
      } catch (error) {
        tally.lost += 1
        throw error
      }
      const ms = performance.now() - began
      if (reply.status !== 503) tally.accepted.push(ms)
      else {
        tally.shed.push(ms)
        if (reply.headers['retry-after'] === undefined) tally.silent += 1
      }
      return reply
    },
  }
}
