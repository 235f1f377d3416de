import { describe, expect, it } from 'vitest'
import { createLogger, silentLogger } from './logging.ts'

function collect(level?: 'debug' | 'warn') {
  const lines: string[] = []
  const destination = { write: (line: string) => lines.push(line) }
  return { lines, log: createLogger({ destination, ...(level === undefined ? {} : { level }) }) }
}

describe('createLogger', () => {
  it('writes one JSON line for each call: level by name, RFC 3339 time, fields, message', () => {
    const { lines, log } = collect()
    log.info({ request_id: 'req_1', status: 200 }, 'answered')
    log.child({ provider: 'acme' }).error({ error: new Error('boom') }, 'failed')
    expect(lines).toHaveLength(2)
    expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true)
    const [first, second] = lines.map((line) => JSON.parse(line))
    expect(first).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      request_id: 'req_1',
      status: 200,
      msg: 'answered',
    })
    expect(second).toMatchObject({
      level: 'error',
      provider: 'acme',
      error: { type: 'Error', message: 'boom', stack: expect.stringContaining('boom') },
    })
  })

  it('leaves out what is below its level', () => {
    const { lines, log } = collect('warn')
    log.debug({}, 'a')
    log.info({}, 'b')
    log.warn({}, 'c')
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['c'])
  })

  it('X06 takes out secrets in fields, children and messages', () => {
    const { lines, log } = collect('debug')
    log.child({ authorization: 'canary' }).debug({ body: { code: 'canary' } }, 'sent ?code=canary&x=1')
    expect(lines.join('')).not.toContain('canary')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      authorization: '[redacted]',
      body: { code: '[redacted]' },
    })
  })

  it('survives what cannot be written', () => {
    const { lines, log } = collect()
    const loop: Record<string, unknown> = { big: 1n, call: () => undefined, bytes: new Uint8Array(3) }
    loop.self = loop
    log.info(loop, 'odd')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ big: '1', bytes: '[3 bytes]', msg: 'odd' })
  })
})

it('silentLogger logs nothing, nor do its children', () => {
  expect(() => silentLogger.child({ a: 1 }).error({}, 'x')).not.toThrow()
})
