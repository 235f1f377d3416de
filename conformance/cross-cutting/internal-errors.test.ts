// An error that nobody foresaw, at every point where one can strike: here the clock, which everything asks, breaks down.

import type { Latchkey } from '@latchkey/server'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDpopKey } from '../support/dpop.ts'
import { embedLatchkey } from '../support/embedded.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { answerIn, startOf } from '../support/spa.ts'

const issuer = 'http://127.0.0.1:1'
const spa = { issuer, clientId: 'web', redirectUri: spaRedirectUri, origin: spaOrigin }
const canary = 'canary: SQLITE_ERROR near "select * from secrets where key = \'hunter2\'"'
const logs: string[] = []
/** How many more times the clock is asked before it breaks down, once. */
let readings = Number.POSITIVE_INFINITY
let provider: FakeProvider
let latchkey: Latchkey

const clock = {
  now() {
    readings -= 1
    if (readings === 0) throw new Error(canary)
    return Date.now()
  },
}

beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  latchkey = await embedLatchkey(
    issuer,
    {
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'plain', dpop: 'off' },
      ],
      providers: { oidc: provider.oidc },
    },
    { clock, logs },
  )
  // What is asked of a provider once, its metadata and keys, is there before anything breaks.
  await latchkey.fetch((await toCallback()).request())
})
afterAll(async () => {
  await latchkey?.close()
  await provider?.close()
})

const form = (path: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
  new Request(`${issuer}${path}`, {
    method: 'POST',
    body: new URLSearchParams(body),
    headers: { Origin: spaOrigin, ...headers },
  })

/** Where an answer leads, and its cookie as a request brings it back. */
const next = (response: Response): URL =>
  new URL(response.headers.get('location') ?? response.headers.get('refresh')?.slice('0;url='.length) ?? '')
const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? ''

async function toCallback(clientId = 'web') {
  const begun = startOf({ ...spa, clientId }, { provider: 'oidc' })
  const started = await latchkey.fetch(form('/authorize', begun.params))
  const answered = await fetch(next(started), { redirect: 'manual' })
  const request = () => new Request(next(answered), { headers: { Cookie: cookieOf(started) } })
  return { begun, request }
}

/** Lets the clock break at its first reading, at its second, and so on, until a request never reads it so often. */
async function atEveryReading(
  make: () => Promise<Request>,
  judge: (response: Response, text: string) => void,
): Promise<number> {
  for (let reading = 1; reading < 60; reading++) {
    const request = await make()
    readings = reading
    const response = await latchkey.fetch(request)
    const struck = readings <= 0
    readings = Number.POSITIVE_INFINITY
    if (!struck) return reading - 1
    const text = await response.text()
    expect(`${[...response.headers].join('\n')}\n${text}`).not.toMatch(
      /canary|SQLITE|hunter2|\.ts:|at [a-z]+ \(/i,
    )
    judge(response, text)
  }
  throw new Error('the clock is read without end')
}

function logged(requestId: string | null): void {
  const lines = logs.filter(
    (line) => line.includes(`"request_id":"${requestId}"`) && line.includes('"level":"error"'),
  )
  expect(lines, 'one error line under the request id').toHaveLength(1)
  expect(lines[0]).toContain('canary')
  expect(lines[0]).toContain('"error_code":"server_error"')
}

function asJson(response: Response, text: string): void {
  const body: Record<string, unknown> = JSON.parse(text)
  expect([response.status, body]).toEqual([
    500,
    {
      error: 'server_error',
      error_description: expect.any(String),
      request_id: response.headers.get('x-request-id'),
    },
  ])
  logged(response.headers.get('x-request-id'))
}

describe('X08 X13 an error that nobody foresaw', () => {
  it('X08 at /authorize reaches the app as server_error, or a page before the app is known', async () => {
    const struck = await atEveryReading(
      async () => form('/authorize', startOf(spa, { provider: 'oidc' }).params),
      asRedirectOrPage,
    )
    expect(struck).toBeGreaterThan(0)
  })

  it('X08 at the callback reaches the app as server_error, or a page before the journey is known', async () => {
    const seen = new Set<number>()
    const struck = await atEveryReading(
      async () => (await toCallback()).request(),
      (response, text) => {
        seen.add(response.status)
        asRedirectOrPage(response, text)
      },
    )
    expect(struck).toBeGreaterThan(2)
    expect(seen).toEqual(new Set([303, 500]))
  })

  it('X08 at /token is JSON with the request id of the log', async () => {
    const redemption = async () => {
      const { begun, request } = await toCallback('plain')
      const code = answerIn(next(await latchkey.fetch(request()))).get('code') ?? ''
      expect(code).not.toBe('')
      return form('/token', {
        ...{ grant_type: 'authorization_code', client_id: 'plain', code, code_verifier: begun.verifier },
        redirect_uri: spaRedirectUri,
      })
    }
    expect(await atEveryReading(redemption, asJson)).toBeGreaterThan(2)
  })

  it('X08 at /token with a proof is JSON too', async () => {
    const key = await createDpopKey()
    const attempt = {
      grant_type: 'authorization_code',
      client_id: 'web',
      code: 'A'.repeat(43),
      code_verifier: 'v'.repeat(43),
    }
    const nonce = (await latchkey.fetch(form('/token', attempt))).headers.get('dpop-nonce') ?? ''
    const proved = async () =>
      form('/token', attempt, { DPoP: await key.proof({ htm: 'POST', htu: `${issuer}/token`, nonce }) })
    expect(await atEveryReading(proved, asJson)).toBeGreaterThan(2)
  })

  it('X08 the app and the log hear the same request id at the end of a journey that failed', async () => {
    const heard: (string | null)[] = []
    await atEveryReading(
      async () => (await toCallback()).request(),
      (response) => {
        if (response.status === 500) return
        const requestId = answerIn(next(response)).get('request_id')
        expect(requestId).toBe(response.headers.get('x-request-id'))
        expect(logs.join('')).toContain(`"request_id":"${requestId}"`)
        heard.push(requestId)
      },
    )
    expect(heard.length).toBeGreaterThan(0)
  })

  it('X08 every refusal is in the log under its request id, with its code', async () => {
    const response = await latchkey.fetch(form('/token', { grant_type: 'nothing' }))
    const { request_id: requestId }: { request_id?: string } = await response.json()
    const line = logs.find((candidate) => candidate.includes(String(requestId)))
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      request_id: requestId,
      error_code: 'unsupported_grant_type',
      status: 400,
      level: 'info',
    })
  })
})

function asRedirectOrPage(response: Response, text: string): void {
  const requestId = response.headers.get('x-request-id')
  if (response.status === 500) {
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(text).toContain('<code>server_error</code>')
    expect(text).toContain(`<code>${requestId}</code>`)
  } else {
    expect([200, 303]).toContain(response.status)
    expect(Object.fromEntries(answerIn(next(response)))).toMatchObject({
      error: 'server_error',
      iss: issuer,
      state: expect.any(String),
      request_id: requestId,
    })
  }
  logged(requestId)
}
