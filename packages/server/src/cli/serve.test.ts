import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { testConfig } from '../config/config.fixture.ts'
import { resolveConfig } from '../config/index.ts'
import type { LogFields, Logger } from '../logging.ts'
import { type ServeOptions, type ServeParts, serve } from './serve.ts'

const config = resolveConfig(testConfig, { env: {}, baseDir: '/' })
const watched = resolveConfig(
  { ...testConfig, operations: { listen: '127.0.0.1:4001' } },
  { env: {}, baseDir: '/' },
)

function setUp(changes: Partial<ServeParts> = {}, options: Partial<ServeOptions> = {}, configured = config) {
  const events: string[] = []
  const logged: [string, LogFields][] = []
  const log = (fields: LogFields, message: string) => logged.push([message, fields])
  const logger: Logger = { debug: log, info: log, warn: log, error: log, child: () => logger }
  const signals = new EventEmitter()
  const parts: ServeParts = {
    openLatchkey: async (_, { migrate }) => {
      events.push(`open, migrate ${migrate}`)
      return {
        fetch: async () => new Response(),
        operations: { fetch: async () => new Response() },
        drain: () => void events.push('not ready'),
        close: async () => {
          events.push('close')
        },
      }
    },
    listen: async (_, at) => {
      events.push(`listen ${at.host}:${at.port}`)
      return {
        port: at.port,
        close: async (graceMs) => {
          events.push(`drain ${at.port} ${graceMs}`)
        },
      }
    },
    ...changes,
  }
  const out = (text: string) => events.push(text)
  const ended = serve(configured, logger, parts, { out, signals }, { migrate: true, ...options })
  const ready = async () => {
    while (signals.listenerCount('SIGTERM') === 0) await Promise.resolve()
  }
  return { events, logged, signals, ended, ready }
}

const fault = (code: string) => Object.assign(new Error(`listen ${code}`), { code })

describe('serve', () => {
  it.each(['SIGTERM', 'SIGINT'])('%s: drains at most 25 s, then closes', async (signal) => {
    const { events, signals, ended, ready } = setUp()
    await ready()
    signals.emit(signal)
    signals.emit('SIGINT')
    expect(await ended).toBe(0)
    expect(events).toEqual([
      'open, migrate true',
      'listen 127.0.0.1:4000',
      'ready https://auth.example.com\n',
      'not ready',
      'drain 4000 25000',
      'close',
    ])
  })

  it('listens for operations apart, and there to the last', async () => {
    const { events, logged, signals, ended, ready } = setUp({}, {}, watched)
    await ready()
    expect(logged.find(([message]) => message === 'ready')?.[1]).toMatchObject({ operations_port: 4001 })
    signals.emit('SIGTERM')
    expect(await ended).toBe(0)
    expect(events).toEqual([
      'open, migrate true',
      'listen 127.0.0.1:4001',
      'listen 127.0.0.1:4000',
      'ready https://auth.example.com\n',
      'not ready',
      'drain 4000 25000',
      'close',
      'drain 4001 0',
    ])
  })

  it.each([
    [4001, 'operations.listen', []],
    [4000, 'listen', ['drain 4001 0']],
  ])('port %i in use: names the key %s, and closes what is open', async (taken, key, closed) => {
    const { events, logged, ended } = setUp(
      {
        listen: async (_, { port }) => {
          if (port === taken) throw fault('EADDRINUSE')
          return { port, close: async (graceMs) => void events.push(`drain ${port} ${graceMs}`) }
        },
      },
      {},
      watched,
    )
    expect(await ended).toBe(1)
    expect(events).toEqual(['open, migrate true', ...closed, 'close'])
    expect(logged.at(-1)?.[0]).toContain(`127.0.0.1:${taken} is in use`)
    expect(logged.at(-1)?.[0]).toContain(`change "${key}"`)
  })

  it.each([
    ['EADDRINUSE', /127\.0\.0\.1:4000 is in use/],
    ['EACCES', /port above 1023/],
    ['EADDRNOTAVAIL', /not an address of this machine/],
    ['EMFILE', /listen EMFILE/],
  ])('%s: closes what is open and fails', async (code, words) => {
    const { events, logged, ended } = setUp({ listen: () => Promise.reject(fault(code)) })
    expect(await ended).toBe(1)
    expect(events).toEqual(['open, migrate true', 'close'])
    expect(logged.at(-1)?.[0]).toMatch(words)
  })

  it('fails when the server cannot be opened', async () => {
    const { events, logged, ended } = setUp({ openLatchkey: () => Promise.reject(fault('schema_too_new')) })
    expect(await ended).toBe(1)
    expect(events).toEqual([])
    expect(logged).toEqual([['cannot start: listen schema_too_new', { error: expect.any(Error) }]])
  })

  it('gives up on a close that never ends, and on one that fails', async () => {
    const stuck = setUp(
      { listen: async () => ({ port: 1, close: () => new Promise(() => undefined) }) },
      { drainMs: 0, closeMs: 0 },
    )
    await stuck.ready()
    stuck.signals.emit('SIGTERM')
    expect(await stuck.ended).toBe(1)
    expect(stuck.logged.at(-1)?.[0]).toBe('closing took too long')

    const broken = setUp({ listen: async () => ({ port: 1, close: () => Promise.reject(new Error('x')) }) })
    await broken.ready()
    broken.signals.emit('SIGTERM')
    expect(await broken.ended).toBe(1)
    expect(broken.logged.at(-1)?.[0]).toBe('closing failed')
  })
})
