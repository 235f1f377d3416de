import type { Mac } from '../sealing/index.ts'
import { fromBase64url } from '../sealing/index.ts'

/**
 * `1.<session>.<counter>.<HMAC>`: nothing is stored, and the token of a counter is always the same one, so that
 * everybody who presents one generation is given the same next one.
 */
export interface RefreshTokens {
  of(sessionId: string, counter: number): string
  /** Undefined unless we made it. Says nothing about the session. */
  read(token: string): { sessionId: string; counter: number } | undefined
}

const shape = /^1\.(ses_[A-Za-z0-9_-]{24})\.(0|[1-9]\d{0,14})\.([A-Za-z0-9_-]{43})$/

export function createRefreshTokens(mac: Mac): RefreshTokens {
  return {
    of(sessionId, counter) {
      const body = `1.${sessionId}.${counter}`
      return `${body}.${mac.sign(body).toString('base64url')}`
    },
    read(token) {
      const [, sessionId, counter, tag] = shape.exec(token) ?? []
      if (sessionId === undefined || counter === undefined || tag === undefined) return
      const bytes = fromBase64url(tag)
      if (bytes === undefined || !mac.verify(`1.${sessionId}.${counter}`, bytes)) return
      return { sessionId, counter: Number(counter) }
    },
  }
}
