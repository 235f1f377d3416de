import { type Encode, type JsonAnswer, json, noStore } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'

/** Why a request was turned away, in the words of OAuth Problem Reporting. */
export class OAuthProblem extends Error {
  readonly status: number
  constructor(problem: string, status = 401) {
    super(problem)
    this.name = 'OAuthProblem'
    this.status = status
  }
}

/** Answers a problem that the handler throws. */
export const tellingProblems =
  (realm: string, handler: (exchange: Exchange) => JsonAnswer) =>
  (exchange: Exchange): JsonAnswer => {
    try {
      return handler(exchange)
    } catch (error) {
      if (!(error instanceof OAuthProblem)) throw error
      const challenge = { 'www-authenticate': `OAuth realm="${realm}", oauth_problem="${error.message}"` }
      return json({ oauth_problem: error.message }, error.status, {
        ...noStore,
        ...(error.status === 401 ? challenge : {}),
      })
    }
  }

/** RFC 5849 section 2.1: answers are forms. */
export const asForm =
  (contentType: string): Encode =>
  ({ status, headers, members }) => {
    const form = new URLSearchParams()
    for (const [name, value] of Object.entries(members)) {
      for (const one of [value].flat()) {
        if (typeof one === 'string' || typeof one === 'number') form.append(name, String(one))
      }
    }
    return new Response(form.toString(), { status, headers: { 'content-type': contentType, ...headers } })
  }
