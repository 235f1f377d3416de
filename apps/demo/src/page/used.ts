/** What came of letting a service use an account, told for people. */
export interface Used {
  state: 'ok' | 'warning' | 'danger'
  word: string
  says: string
  /** What the service said, as it said it. */
  body?: string
}

const refusals: Record<string, { state: Used['state']; word: string; says: string }> = {
  needs_reconnect: {
    state: 'danger',
    word: 'Needs you',
    says: 'Latchkey has no token that works, and says why. Connect the account again.',
  },
  temporarily_unavailable: {
    state: 'warning',
    word: 'Not now',
    says: 'The provider cannot be had at the moment. Nothing is lost: Latchkey waits a little and tries again.',
  },
  access_denied: {
    state: 'danger',
    word: 'Refused',
    says: 'The configuration does not let this service use what was granted.',
  },
  no_connection: { state: 'danger', word: 'Gone', says: 'There is no such account of yours any more.' },
}

/** Runs one call and reads the answer; never throws. */
export async function usedOf(call: () => Promise<Response>): Promise<Used> {
  try {
    const answer = await call()
    const body: unknown = await answer.json()
    const members: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
    const told = JSON.stringify(body, null, 2)
    if (answer.ok)
      return {
        state: 'ok',
        word: 'Used',
        says: 'The service got a token from Latchkey and called the app’s API with it. This came back:',
        body: told,
      }
    const refusal = refusals[String(members.error)] ?? {
      state: 'danger',
      word: 'Refused',
      says: 'The app’s API did not take the token.',
    }
    return { ...refusal, body: told }
  } catch {
    return {
      state: 'warning',
      word: 'No answer',
      says: 'The notes service did not answer. See whether `npm start` still runs, then try again.',
    }
  }
}
