import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { ApiError, PageError } from '../errors.ts'
import type { LogFields, Logger } from '../logging.ts'
import { StorageError } from '../storage/index.ts'
import type { Env } from './deps.ts'
import { type Audience, answerError } from './errors.ts'
import { toResponse } from './respond.ts'

async function answer(error: unknown, audience: Audience) {
  const logged: [level: string, fields: LogFields][] = []
  const at = (level: string) => (fields: LogFields) => void logged.push([level, fields])
  const logger: Logger = {
    ...{ debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    child: () => logger,
  }
  const app = new Hono<Env>().get('/', (c) => {
    c.set('requestId', 'req_1')
    c.set('logger', logger)
    return toResponse(answerError(error, audience, c))
  })
  const response = await app.request('/')
  return { response, text: await response.text(), logged }
}

const refusal = { status: 400, description: 'Fixed text.', detail: 'for the log', headers: { 'X-More': '1' } }

describe('X08 answerError', () => {
  it('answers a program in JSON and keeps the detail for the log', async () => {
    const { response, text, logged } = await answer(new ApiError('invalid_grant', refusal), 'api')
    expect([response.status, response.headers.get('x-more')]).toEqual([400, '1'])
    expect(JSON.parse(text)).toEqual({
      error: 'invalid_grant',
      error_description: 'Fixed text.',
      request_id: 'req_1',
    })
    // Under `code` the scrubber would take it for a secret.
    expect(logged).toEqual([['info', { error_code: 'invalid_grant', status: 400, detail: 'for the log' }]])
  })

  it.each([
    ['a page error', new PageError('wrong_browser', refusal), 'api'],
    ['anything for a person', new ApiError('invalid_request', refusal), 'page'],
  ] as const)('answers %s by a page', async (_, error, audience) => {
    const { response, text } = await answer(error, audience)
    expect([response.status, response.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8'])
    expect(text).toContain(error.code)
    expect(text).not.toContain('for the log')
  })

  it.each([
    ['an error of nobody', new Error('select * from secrets'), 500, 'server_error'],
    ['what is no error', 'secret', 500, 'server_error'],
    ['a lost database', new StorageError('unavailable', 'secret'), 503, 'temporarily_unavailable'],
  ])('tells nothing of %s, and logs it as an error', async (_, error, status, code) => {
    const { response, text, logged } = await answer(error, 'api')
    expect(response.status).toBe(status)
    expect(JSON.parse(text)).toMatchObject({ error: code, request_id: 'req_1' })
    expect(text).not.toContain('secret')
    expect(logged).toMatchObject([['error', { error_code: code, status, error }]])
    expect(response.headers.has('retry-after')).toBe(status === 503)
  })
})
