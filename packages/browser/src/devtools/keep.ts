import type { Keep } from './record.ts'

const key = 'latchkey devtools'

/** The tab's own memory, so that the way out and the way back are in one timeline. */
export const ofTab: Keep = {
  read() {
    try {
      return sessionStorage.getItem(key)
    } catch {
      return null
    }
  },
  write(text) {
    try {
      sessionStorage.setItem(key, text)
    } catch {
      // Full, or not allowed here: the timeline is this page's then.
    }
  },
}
