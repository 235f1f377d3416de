import { hash } from 'node:crypto'
import { randomBytes } from './random.ts'

/** 144 bits: unguessable, and short enough for the `state` of the oldest provider. */
const idBytes = 18

/** `usr_...`, `ses_...`, `idn_...`: opaque, and telling in a log. */
export const newId = (prefix: 'usr' | 'ses' | 'idn' | 'evt' | 'con' | 'qtn'): string =>
  `${prefix}_${randomBytes(idBytes).toString('base64url')}`

/** The id of a journey: the provider's `state` and the name of its cookie. 24 characters of base64url. */
export const newJourneyId = (): string => randomBytes(idBytes).toString('base64url')
export const isJourneyId = (text: string): boolean => /^[A-Za-z0-9_-]{24}$/.test(text)

/** 256 bits: for what is as good as a key while it lives. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored in place of a secret of 256 bits. */
export const hashOf = (secret: string): string => hash('sha256', secret, 'base64url')

/** Finds one of a few known texts again, where the text itself would be too long to send along. */
export const tagOf = (text: string): string =>
  hash('sha256', text, 'buffer').subarray(0, 9).toString('base64url')

/** `req_<process>_<count>`: unique, and no secret, since it only finds a line in a log. */
export function createRequestIds(): () => string {
  const ofProcess = randomBytes(9).toString('base64url')
  let count = 0
  return () => {
    count++
    return `req_${ofProcess}_${count.toString(36)}`
  }
}
