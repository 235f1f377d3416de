import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LatchkeyEvent, WebhookConfig } from '../config/types.ts'
import { createLogger } from '../logging.ts'
import { openStorage, type Storage } from '../storage/index.ts'
import { createGuardedFetch } from '../upstream/index.ts'
import { createOutgoing } from './outgoing.ts'
import { createSending } from './sending.ts'

const secret = Buffer.alloc(32, 7)
const clock = { time: 1_800_000_000_000, now: () => clock.time }
const never = { after: () => () => undefined }
const logs: string[] = []
const logger = createLogger({
  level: 'debug',
  destination: { write: (line: string) => void logs.push(line) },
})

interface Receiver {
  url: string
  received: { headers: IncomingHttpHeaders; body: string }[]
  answer: { status: number; headers?: Record<string, string> }
  close(): Promise<void>
}

async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      receiver.received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(receiver.answer.status, receiver.answer.headers).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    received: [],
    answer: { status: 204 },
    async close() {
      server.closeAllConnections()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  }
  return receiver
}

let storage: Storage
let receiver: Receiver
beforeEach(async () => {
  clock.time = 1_800_000_000_000
  logs.length = 0
  storage = await openStorage({ engine: 'sqlite', file: ':memory:', synchronous: 'normal' })
  await storage.migrate()
  receiver = await startReceiver()
})
afterEach(async () => {
  await receiver.close()
  await storage.close()
})

const webhookTo = (url: string, events = ['user.created', 'connection.removed']): WebhookConfig => ({
  ...{ url, secrets: [secret], events },
})
const event = (id: string, type = 'user.created'): LatchkeyEvent => ({
  ...{ id, type, time: new Date(clock.time).toISOString(), request_id: 'req_1', subject: 'usr_1', data: {} },
})
function setUp(webhooks: WebhookConfig[]) {
  const { outbox } = storage
  const fetch = createGuardedFetch({ allowPrivate: true })
  return {
    outgoing: createOutgoing({ webhooks, outbox, clock, logger, pause: async () => undefined }),
    sending: createSending({ webhooks, outbox, fetchFor: () => fetch, clock, timers: never, logger }),
  }
}
async function take(...events: LatchkeyEvent[]) {
  const tools = setUp([webhookTo(receiver.url)])
  for (const one of events) tools.outgoing.take(one)
  await tools.outgoing.stored()
  return tools
}

describe('A message', () => {
  test('is the event, signed', async () => {
    const { sending } = await take(event('evt_1'))
    await sending.round()
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received
    expect(JSON.parse(body)).toEqual({ ...event('evt_1'), timestamp: '2027-01-15T08:00:00.000Z' })
    const mac = createHmac('sha256', secret).update(`evt_1.1800000000.${body}`).digest('base64')
    expect(headers).toMatchObject({
      ...{ 'content-type': 'application/json', 'webhook-id': 'evt_1', 'webhook-timestamp': '1800000000' },
      'webhook-signature': `v1,${mac}`,
    })
    expect(await storage.outbox.count()).toBe(0)
  })

  test('goes to whoever wants it, under one id', async () => {
    const other = await startReceiver()
    const { outgoing, sending } = setUp([
      webhookTo(receiver.url),
      webhookTo(other.url, ['connection.removed']),
    ])
    for (const type of ['user.created', 'connection.removed', 'key.rotated']) outgoing.take(event(type, type))
    await outgoing.stored()
    await sending.round()
    await other.close()
    const ids = ({ received }: Receiver) =>
      received.map(({ headers }) => String(headers['webhook-id'])).sort()
    expect([ids(receiver), ids(other)]).toEqual([
      ['connection.removed', 'user.created'],
      ['connection.removed'],
    ])
  })

  test('is kept while the receiver is down, and sent when it is back', async () => {
    const { url } = receiver
    await receiver.close()
    const { sending } = await take(event('evt_1'), event('evt_2'))
    await sending.round()
    expect(await storage.outbox.count()).toBe(2)
    receiver = await startReceiver()
    // Another process, which knows the receiver at its new address.
    const port = new URL(url).port
    expect(port).not.toBe(new URL(receiver.url).port)
    clock.time += 6_000
    const due = await storage.outbox.claimDue(clock.time, clock.time, 10)
    expect(due.map(({ attempts }) => attempts)).toEqual([2, 2])
  })

  test.each([500, 404, 302, 401])('answered with %i comes again, 5 s later and then 30', async (status) => {
    receiver.answer = { status, headers: { location: 'https://elsewhere.example' } }
    const { sending } = await take(event('evt_1'))
    await sending.round()
    await sending.round()
    expect(receiver.received).toHaveLength(1)
    clock.time += 6_000
    await sending.round()
    clock.time += 23_000
    await sending.round()
    expect(receiver.received).toHaveLength(2)
    receiver.answer = { status: 200 }
    clock.time += 13_000
    await sending.round()
    expect(receiver.received).toHaveLength(3)
    expect(await storage.outbox.count()).toBe(0)
    const [first, , third] = receiver.received
    expect(third?.headers['webhook-timestamp']).toBe(String(Math.floor(clock.time / 1000)))
    expect(third?.body).toBe(first?.body)
  })

  test('waits as long as the receiver asks', async () => {
    receiver.answer = { status: 503, headers: { 'retry-after': '600' } }
    const { sending } = await take(event('evt_1'))
    await sending.round()
    clock.time += 599_000
    await sending.round()
    expect(receiver.received).toHaveLength(1)
    clock.time += 1_000
    await sending.round()
    expect(receiver.received).toHaveLength(2)
  })

  test('to a receiver that is gone for good (410), or for a week, is dropped and said so', async () => {
    receiver.answer = { status: 410 }
    const { sending, outgoing } = await take(event('evt_1'))
    await sending.round()
    expect(await storage.outbox.count()).toBe(0)
    receiver.answer = { status: 500 }
    outgoing.take(event('evt_2'))
    await outgoing.stored()
    clock.time += 7 * 86_400_000
    await sending.round()
    expect(await storage.outbox.count()).toBe(0)
    expect(logs.join()).toMatch(/410.*evt_2.*down for a week/s)
  })

  test('to a webhook that is configured no more is dropped', async () => {
    await take(event('evt_1'))
    await setUp([]).sending.round()
    expect(await storage.outbox.count()).toBe(0)
  })

  test('is sent once by any number of processes', async () => {
    const { sending } = await take(...Array.from({ length: 40 }, (_, index) => event(`evt_${index}`)))
    const others = Array.from({ length: 4 }, () => setUp([webhookTo(receiver.url)]).sending)
    await Promise.all([sending, ...others].map((one) => one.round()))
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(40)
    expect(receiver.received).toHaveLength(40)
  })

  test('whose sender died is sent by another a minute later', async () => {
    const { sending } = await take(event('evt_1'))
    await storage.outbox.claimDue(clock.time, clock.time + 60_000, 10)
    await sending.round()
    expect(receiver.received).toHaveLength(0)
    clock.time += 60_000
    await sending.round()
    expect(receiver.received).toHaveLength(1)
  })
})

test('X06 an address that holds a secret is in no log and not in the database', async () => {
  const webhooks = [webhookTo(`${receiver.url}/canary?token=canary`)]
  const { outgoing, sending } = setUp(webhooks)
  for (const status of [500, 410]) {
    receiver.answer = { status }
    outgoing.take(event(`evt_${status}`))
    await outgoing.stored()
    await sending.round()
  }
  expect(receiver.received).toHaveLength(2)
  const left = await storage.outbox.claimDue(clock.time + 86_400_000, clock.time, 10)
  expect(left).toHaveLength(1)
  expect(logs).toHaveLength(2)
  expect(JSON.stringify([left, logs])).not.toContain('canary')
})

test('An outbox that is away for a moment loses nothing', async () => {
  let away = 3
  const add: Storage['outbox']['add'] = (messages) => {
    if (away-- > 0) return Promise.reject(new Error('away'))
    return storage.outbox.add(messages)
  }
  const outgoing = createOutgoing({
    ...{ webhooks: [webhookTo(receiver.url)], outbox: { add }, clock, logger },
    pause: async () => undefined,
  })
  outgoing.take(event('evt_1'))
  await outgoing.stored()
  expect(await storage.outbox.count()).toBe(1)
})

test('A round that fails does not end the sending', async () => {
  const { sending } = await take(event('evt_1'))
  const claimDue = vi.spyOn(storage.outbox, 'claimDue').mockRejectedValueOnce(new Error('away'))
  await expect(sending.round()).rejects.toThrow('away')
  claimDue.mockRestore()
  await sending.round()
  expect(receiver.received).toHaveLength(1)
})
