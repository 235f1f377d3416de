import { describe, expect, test } from 'vitest'
import { UnexpectedAnswer } from '../fetch-json.ts'
import { loadPage } from './load.ts'

const good = {
  revocations: [{ sid: 'ses_1', revoked_at: '2026-11-28T12:00:00.000Z' }],
  ...{ next_cursor: '17', more: true, reach_seconds: 420, further: 'member' },
}

async function load(answer: Response | (() => Response), cursor?: string) {
  const asked: { url: string; init: RequestInit | undefined }[] = []
  const page = await loadPage(cursor, {
    uri: 'https://auth.example.com/revocations',
    authenticate: () => ({ headers: { authorization: 'Basic eA==' }, params: { client_assertion: 'x' } }),
    fetch: async (url, init) => {
      asked.push({ url: String(url), init })
      return typeof answer === 'function' ? answer() : answer
    },
    ...{ timeoutMs: 1_000, now: 0, stop: new AbortController().signal },
  })
  return { page, asked }
}

test('asks with a form, authenticated, and follows no redirect', async () => {
  const { page, asked } = await load(Response.json(good), '16')
  expect(page).toEqual({
    ended: [{ sid: 'ses_1', at: Date.UTC(2026, 10, 28, 12) }],
    ...{ cursor: '17', more: true, reachMs: 420_000 },
  })
  const [{ url, init } = { url: '', init: {} }] = asked
  expect(url).toBe('https://auth.example.com/revocations')
  expect(init).toMatchObject({ method: 'POST', redirect: 'manual', headers: { authorization: 'Basic eA==' } })
  expect(String(init?.body)).toBe('limit=1000&client_assertion=x&cursor=16')
  expect(String((await load(Response.json(good))).asked[0]?.init?.body)).not.toContain('cursor')
})

describe('S15 what is no page of a feed is not taken for an empty one', () => {
  test.each<[string, unknown]>([
    ['an empty object', {}],
    ['null', null],
    ['a list', []],
    ['an error that says 200', { error: 'temporarily_unavailable' }],
    ['no list', { ...good, revocations: undefined }],
    ['a list that is none', { ...good, revocations: 'none' }],
    ['no cursor', { ...good, next_cursor: undefined }],
    ['a cursor that is a number', { ...good, next_cursor: 17 }],
    ['more that is text', { ...good, more: 'true' }],
    ['no reach', { ...good, reach_seconds: undefined }],
    ['no time to matter', { ...good, reach_seconds: 0 }],
    ['for ever', { ...good, reach_seconds: 1e9 }],
    ['an entry that is text', { ...good, revocations: ['ses_1'] }],
    ['an entry without sid', { ...good, revocations: [{ revoked_at: '2026-11-28T12:00:00.000Z' }] }],
    ['an empty sid', { ...good, revocations: [{ sid: '', revoked_at: '2026-11-28T12:00:00.000Z' }] }],
    [
      'an endless sid',
      { ...good, revocations: [{ sid: 'x'.repeat(257), revoked_at: '2026-11-28T12:00:00.000Z' }] },
    ],
    ['an entry without time', { ...good, revocations: [{ sid: 'ses_1' }] }],
    ['a time that is none', { ...good, revocations: [{ sid: 'ses_1', revoked_at: 'now' }] }],
  ])('%s', async (_, body) => {
    await expect(load(Response.json(body))).rejects.toMatchObject({ name: 'UnexpectedAnswer', status: 200 })
  })

  test.each<[string, () => Response, number]>([
    ['a login page', () => new Response('<html></html>'), 200],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.test/' } }),
      302,
    ],
    ['a refusal', () => Response.json({ error: 'invalid_client' }, { status: 401 }), 401],
    ['an outage', () => Response.json({ error: 'temporarily_unavailable' }, { status: 503 }), 503],
    ['no end', () => new Response('x'.repeat(600_000)), 200],
  ])('%s', async (_, answer, status) => {
    const failure: unknown = await load(answer).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UnexpectedAnswer)
    expect(failure).toMatchObject({ status })
  })
})
