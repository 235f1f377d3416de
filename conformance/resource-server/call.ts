import { Agent, request } from 'node:http'
import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import type { Service } from './service.ts'

export interface Call {
  method?: string
  /** The request target: a path with its query, or whatever a test puts there. */
  path?: string
  /** As they go out: in order, and twice where they are twice. */
  headers?: [name: string, value: string][]
  body?: string
}

export interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

export const bearer = (token: string, ...more: [string, string][]): Call => ({
  headers: [['Authorization', `Bearer ${token}`], ...more],
})

const agent = new Agent({ keepAlive: true })

export function call(service: Pick<Service, 'port'>, what: Call): Promise<Reply> {
  const { method = 'GET', path = '/reports', headers = [], body } = what
  const all = headers.some(([name]) => name.toLowerCase() === 'host')
    ? [...headers]
    : [['Host', 'localhost'], ...headers]
  if (body !== undefined) all.push(['Content-Length', String(Buffer.byteLength(body))])
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: service.port, agent, method, path, headers: all.flat() }
    const outgoing = request(options, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const { statusCode: status = 0, headers: received } = incoming
        resolve({ status, headers: received, body: Buffer.concat(chunks).toString('utf8') })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** How a request came out: `200`, or the status and the error, such as `401 invalid_token`. */
export type Outcome = string

export const malformedOrOther = ['400 invalid_request', '401 invalid_token', '401 missing_token']

/**
 * Calls a service and says how it came out, having asserted what holds for every answer: who is let in is whom the token
 * names, and a refusal runs no handler, is stored by nobody, challenges and repeats nothing of what was sent.
 */
export async function outcome(service: Service, what: Call): Promise<Outcome> {
  const before = service.handled()
  const reply = await call(service, what)
  if (reply.status === 200) {
    expect(service.handled()).toBe(before + 1)
    expect(JSON.parse(reply.body)).toMatchObject(bearerOf(what))
    return '200'
  }
  expect(service.handled(), 'a handler ran').toBe(before)
  return assertRefusal(reply, what)
}

/** Who the token of a request says that it is about. */
function bearerOf({ headers = [] }: Call): { issuer: unknown; subject: unknown } {
  const [, value = ''] = headers.find(([name]) => name.toLowerCase() === 'authorization') ?? []
  const { iss, sub } = decodeJwt(value.trim().split(' ').at(-1) ?? '')
  return { issuer: iss, subject: sub }
}

/** As {@link outcome}, for an answer that is there already. */
export function assertRefusal(reply: Reply, what: Call = {}): Outcome {
  const { status, headers, body } = reply
  expect(headers['content-type']).toMatch(/^application\/json\b/)
  expect(headers['cache-control']).toBe('no-store')
  const { error, ...rest }: { error: string } = JSON.parse(body)
  expect(rest).toEqual({ error_description: expect.stringMatching(/^[A-Z][\w ,'-]+$/) })
  const challenge = headers['www-authenticate']
  if (status === 503) {
    expect(challenge).toBeUndefined()
    expect(headers['retry-after']).toBe('5')
  } else {
    expect(challenge).toMatch(challenges)
  }
  assertNoEcho(reply, what)
  return `${status} ${error}`
}

/** RFC 9110 section 11.6.1, of the schemes that there are here. */
const param = String.raw`[a-z_]+="[^"\\]*"`
const challenges = new RegExp(
  `^(?:DPoP|Bearer)(?: ${param}(?:, ${param})*)?(?:, (?:DPoP|Bearer)(?: ${param}(?:, ${param})*)?)?$`,
)

function assertNoEcho(reply: Reply, { path = '', headers = [], body = '' }: Call): void {
  const answered = `${JSON.stringify(reply.headers)}\n${reply.body}`
  expect(answered).not.toMatch(/canary/i)
  const sent = [path, body, ...headers.map(([, value]) => value)].join(' ')
  // What an attacker might look for: anything long enough to be worth it.
  for (const piece of new Set(sent.split(/[\s.,;=&?"/]+/))) {
    if (piece.length >= 16) expect(answered).not.toContain(piece)
  }
}
