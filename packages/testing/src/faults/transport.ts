import { type JsonAnswer, json } from '../http/answer.ts'
import { type AnswerFault, ConnectionReset, type NamedFault, refused } from './kinds.ts'

/** Changes the answer that the endpoint gave. */
export const onAnswer =
  (change: (answer: JsonAnswer) => JsonAnswer | Response): AnswerFault =>
  async (answer) =>
    change(await answer())

/** Changes the members of the answer that the endpoint gave; `undefined` removes one. */
export const onMembers = (
  change: (members: Record<string, unknown>) => Record<string, unknown>,
): AnswerFault =>
  onAnswer((answer) => ({ ...answer, members: { ...answer.members, ...change(answer.members) } }))

/** The answer's JSON rewritten as text. */
const onText = (change: (text: string) => string, contentType = 'application/json'): AnswerFault =>
  onAnswer((answer) => {
    const headers = { ...answer.headers, 'content-type': contentType }
    return new Response(change(JSON.stringify(answer.members)), { status: answer.status, headers })
  })

const html = (status: number, title: string): Response =>
  new Response(`<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1></html>`, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })

/** Bytes in a huge answer: far above any limit a relying party should have. */
const hugeBytes = 10 * 1024 * 1024
const deepLevels = 50_000

const stuffed = (text: string): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  const block = encoder.encode('a'.repeat(64 * 1024))
  const blocks = Math.ceil(hugeBytes / block.length)
  let sent = -1
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (sent < 0) controller.enqueue(encoder.encode(`${text.slice(0, -1)},"padding":"`))
      else if (sent < blocks) controller.enqueue(block)
      else {
        controller.enqueue(encoder.encode('"}'))
        controller.close()
      }
      sent += 1
    },
  })
}

/** What can go wrong with any JSON answer. Where the endpoint's work is done all the same, the description says so. */
export const transportFaults = {
  'http-500': refused('500 with a JSON error, nothing done', () => json({ error: 'server_error' }, 500)),
  'http-503': refused('503 with Retry-After, nothing done', () =>
    json({ error: 'temporarily_unavailable' }, 503, { 'retry-after': '1' }),
  ),
  html: refused('200 with an HTML page, nothing done', () => html(200, 'Welcome')),
  'html-502': refused('502 with the HTML page of a proxy, nothing done', () => html(502, 'Bad gateway')),
  empty: refused('200 with an empty body, nothing done', () => new Response(null, { status: 200 })),
  hang: refused('never answers (30 s at most), nothing done', async (_answer, context) => {
    await context.patience.hold(context.signal())
    throw new ConnectionReset()
  }),
  slow: refused('done, answered one byte every 250 ms (30 s at most)', async (answer, context) => {
    const whole = await answer()
    const text = JSON.stringify(whole.members)
    const headers = { ...whole.headers, 'content-type': 'application/json' }
    return new Response(context.patience.drip(text), { status: whole.status, headers })
  }),
  huge: refused(
    'done, valid JSON stuffed to 10 MB',
    onAnswer((answer) => {
      const headers = { ...answer.headers, 'content-type': 'application/json' }
      return new Response(stuffed(JSON.stringify(answer.members)), { status: answer.status, headers })
    }),
  ),
  reset: refused('the connection drops before anything is done', () => {
    throw new ConnectionReset()
  }),
  redirect: refused(
    '307 to another URL, where the same request would succeed',
    (_answer, context) => new Response(null, { status: 307, headers: { location: context.detour } }),
  ),
  truncated: refused(
    'done, the JSON ends in the middle',
    onText((text) => text.slice(0, Math.ceil(text.length / 2))),
  ),
  'wrong-content-type': {
    description: 'done, good JSON labelled text/plain',
    expect: 'either',
    fault: onText((text) => text, 'text/plain; charset=utf-8'),
  },
  'deep-json': refused(
    `done, with a member nested ${deepLevels} levels deep`,
    onText((text) => `${text.slice(0, -1)},"deep":${'['.repeat(deepLevels)}${']'.repeat(deepLevels)}}`),
  ),
  array: refused(
    'done, the object wrapped in an array',
    onText((text) => `[${text}]`),
  ),
} as const satisfies Record<string, NamedFault<AnswerFault>>

/** Too many requests (RFC 6585 section 4). */
export const limited: NamedFault<AnswerFault> = refused('429 with Retry-After: 30, nothing done', () =>
  json({ error: 'rate_limit_exceeded' }, 429, { 'retry-after': '30' }),
)
