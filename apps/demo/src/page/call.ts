/** How a service answered, told for people. */
export type Outcome =
  | { verdict: 'answered'; status: number; says: string; body: string }
  | { verdict: 'refused'; status: number; says: string; challenge: string }
  | { verdict: 'unreachable'; says: string }

/** Runs one call and reads the answer; never throws. */
export async function outcomeOf(call: () => Promise<Response>): Promise<Outcome> {
  try {
    const answer = await call()
    const body = await answer.text()
    if (answer.ok) {
      return {
        verdict: 'answered',
        status: answer.status,
        says: 'The signature, the issuer, the audience, the times and the DPoP proof are right.',
        body: indented(body),
      }
    }
    const challenge = answer.headers.get('www-authenticate') ?? ''
    return { verdict: 'refused', status: answer.status, says: reasonIn(challenge, body), challenge }
  } catch {
    return {
      verdict: 'unreachable',
      says: 'The service did not answer. See whether `npm start` still runs, then call again.',
    }
  }
}

/** The `error_description` of a challenge (RFC 6750 section 3), else that of the body. */
export function reasonIn(challenge: string, body: string): string {
  const quoted = /error_description="([^"]*)"/.exec(challenge)?.[1]
  if (quoted !== undefined) return `${quoted}.`
  const { error_description } = parsed(body)
  return typeof error_description === 'string' ? `${error_description}.` : 'It gave no reason.'
}

function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

const indented = (body: string): string => {
  const value = parsed(body)
  return Object.keys(value).length > 0 ? JSON.stringify(value, null, 2) : body
}
