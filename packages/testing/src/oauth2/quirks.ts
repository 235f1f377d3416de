import { asJson, type Encode } from '../http/answer.ts'

/** What plain OAuth 2.0 providers get wrong, named as in a configuration's `quirks`. */
export type Quirk =
  /** Token answers are form-encoded. */
  | 'form-encoded-response'
  /** Errors of the token endpoint come with status 200. */
  | 'error-with-http-200'
  /** Token answers lack `token_type`; `expires_in` is a string. */
  | 'nonstandard-token-fields'
  /** `scope` is an array. */
  | 'scope-as-array'
  /** `expires_in` is 0. */
  | 'expires-in-zero'
  /** Token answers lack `expires_in`. */
  | 'no-expires-in'
  /** Token answers lack `scope`. */
  | 'scope-not-echoed'
  /** As `refreshTokens.rotate`, at this side alone. */
  | 'rotating-refresh-token'

type Members = Record<string, unknown>

const changes: Partial<Record<Quirk, (members: Members) => Members>> = {
  'nonstandard-token-fields': ({ expires_in }) => ({ token_type: undefined, expires_in: String(expires_in) }),
  'scope-as-array': ({ scope }) => ({ scope: String(scope).split(' ') }),
  'expires-in-zero': () => ({ expires_in: 0 }),
  'no-expires-in': () => ({ expires_in: undefined }),
  'scope-not-echoed': () => ({ scope: undefined }),
}

/** Within the standard, if unkind: a client has to cope without being told. */
const withinTheStandard: ReadonlySet<Quirk> = new Set([
  'no-expires-in',
  'scope-not-echoed',
  'rotating-refresh-token',
])

/** Those that a client's configuration has to name. */
export const quirksToTell = (quirks: ReadonlySet<Quirk>): Quirk[] =>
  [...quirks].filter((quirk) => !withinTheStandard.has(quirk))

const asForm: Encode = ({ status, headers, members }) => {
  const fields = Object.entries(members).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]],
  )
  return new Response(new URLSearchParams(fields).toString(), {
    status,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers },
  })
}

/** How the token endpoint writes its answers. */
export const tokenEncoding = (quirks: ReadonlySet<Quirk>): Encode => {
  const write = quirks.has('form-encoded-response') ? asForm : asJson
  return (answer) => {
    if (answer.status >= 400) {
      const friendly = quirks.has('error-with-http-200') && answer.status < 500
      return write(friendly ? { ...answer, status: 200 } : answer)
    }
    const changed = [...quirks].map((quirk) => changes[quirk]?.(answer.members))
    return write({ ...answer, members: Object.assign({}, answer.members, ...changed) })
  }
}
