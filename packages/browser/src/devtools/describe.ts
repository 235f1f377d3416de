import type { Entry } from './record.ts'

export interface Line {
  tone: 'ok' | 'warning' | 'danger' | ''
  text: string
}

/** An entry as a line of text; its tone is in its words, too. */
export function describe(entry: Entry): Line {
  const details = (...parts: (string | number | false | undefined)[]) => parts.filter(Boolean).join(' · ')
  switch (entry.kind) {
    case 'left':
      return { tone: '', text: details('Left for Latchkey', entry.provider) }
    case 'returned':
      return entry.error
        ? { tone: 'danger', text: details(`Came back with the error ${entry.error}`, id(entry)) }
        : { tone: 'ok', text: 'Came back with a code' }
    case 'state':
      return { tone: '', text: details(`State: ${entry.status}`, entry.reason) }
    case 'went':
      return { tone: '', text: `Went to ${entry.path}` }
    case 'request': {
      const { method, url, status, grantType, dpop, token, milliseconds, error } = entry
      const failed = status === undefined || status >= 400
      return {
        tone: failed ? 'danger' : 'ok',
        text: details(
          `${method} ${url}`,
          status,
          error,
          grantType,
          token && `${token} token`,
          dpop ? 'with a proof' : 'no proof',
          `${milliseconds} ms`,
          id(entry),
        ),
      }
    }
    case 'error':
    case 'warning':
      return {
        tone: entry.kind === 'error' ? 'danger' : 'warning',
        text: details(
          `${entry.kind === 'error' ? 'Error' : 'Warning'} ${entry.code}`,
          `while: ${entry.phase}`,
          `what helps: ${entry.action}`,
          entry.retryAfter && `not before ${entry.retryAfter} s`,
          id(entry),
        ),
      }
  }
}

const id = ({ requestId }: { requestId?: string }) => requestId && `request ${requestId}`
