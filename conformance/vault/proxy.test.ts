import { request as httpRequest } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { createVault } from '@latchkey/verify/vault'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestClock, testClock } from '../support/clock.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { type ProviderApi, startApi } from './api.ts'
import { type VaultCaller, vaultCaller } from './caller.ts'
import { type Database, newSecret, openDatabase } from './database.ts'
import { type SingleUseProvider, startSingleUseProvider } from './provider.ts'

let clock: TestClock
let provider: SingleUseProvider
let api: ProviderApi
let elsewhere: ProviderApi
let server: Running
let database: Database
let reports: VaultCaller
let mailer: VaultCaller
let count = 0

beforeAll(async () => {
  clock = testClock()
  provider = await startSingleUseProvider()
  api = await startApi()
  elsewhere = await startApi()
  const secret = newSecret()
  reports = vaultCaller('reports', () => server.issuer)
  mailer = vaultCaller('mailer', () => server.issuer)
  server = await startLatchkey(
    () => ({
      secrets: [secret],
      tokens: { access_token_seconds: 3600 },
      services: [
        {
          ...{ id: reports.id, secret: reports.secret },
          vault: { p: ['*'], q: ['*'], header: ['*'], oauth: ['*'], query: ['*'] },
        },
        { id: mailer.id, secret: mailer.secret, vault: { p: ['send'] } },
      ],
      providers: {
        p: { ...provider.entry, api_hosts: [api.host] },
        q: provider.entry,
        // As at Shopify, with what Etsy, Notion and Heroku want.
        header: {
          ...{ ...provider.entry, api_hosts: [api.host] },
          wire: {
            headers: {
              ...{ 'X-Token': '{access_token}', 'X-Api-Key': '{client_id}:{client_secret}' },
              ...{ 'Api-Version': '7', Accept: 'application/vnd.acme+json', 'User-Agent': 'web:{client_id}' },
            },
            authorization_scheme: 'none',
          },
        },
        oauth: {
          ...{ ...provider.entry, api_hosts: [api.host] },
          wire: { authorization_scheme: 'OAuth2' },
        },
        query: {
          ...{ ...provider.entry, api_hosts: [api.host] },
          wire: { userinfo_query: { key: '{access_token}' }, authorization_scheme: 'none' },
        },
      },
    }),
    { clock },
  )
  database = await openDatabase(server.storage, secret)
  await database.user('usr_ada')
})
afterAll(async () => {
  await database?.close()
  await server?.close()
  for (const one of [provider, api, elsewhere]) await one?.close()
})
beforeEach(() => {
  provider.mood = 'well'
  api.answer = undefined
  for (const { requests } of [api, elsewhere]) requests.splice(0)
  provider.requests.splice(0)
  server.events.splice(0)
})

async function connected(about: Partial<Parameters<Database['connect']>[2]> = {}) {
  const id = `con_px${++count}`
  const expiresAt = clock.now() + 1_800_000
  const held = provider.grant(id)
  const times = { obtainedAt: expiresAt - 3_600_000, expiresAt }
  await database.connect(id, held, { userId: 'usr_ada', ...times, ...about })
  return { id, ...held }
}

const at = (id: string, path = '/v1/me', host = api.host) =>
  `${server.issuer}/vault/connections/${id}/proxy/${host}${path}`

async function call(
  id: string,
  path?: string,
  init: RequestInit & { by?: VaultCaller; duplex?: 'half' } = {},
) {
  const { by = reports, ...rest } = init
  const headers = { ...rest.headers, Authorization: `Bearer ${await by.ownToken()}` }
  return fetch(at(id, path), { redirect: 'manual', ...rest, headers })
}

/** A request line as no client would write it. */
async function raw(target: string, headers: string[] = []): Promise<string> {
  const { hostname, port } = new URL(server.issuer)
  const socket = connectTcp(Number(port), hostname)
  const lines = [
    `GET ${target} HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    `Authorization: Bearer ${await reports.ownToken()}`,
    ...['Connection: close', ...headers],
  ]
  // Not `end`: on who says no more before the answer is there, Node hangs up.
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  let text = ''
  for await (const chunk of socket.setEncoding('latin1')) text += chunk
  return text
}

const handOuts = () => server.events.filter(({ type }) => type === 'connection.handed_out')
const told = () => JSON.stringify([server.logs, server.events])

describe('V12 a service calls an API without its token', () => {
  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('%s, there and back', async (method) => {
    const { id, accessToken } = await connected()
    const body = method === 'GET' ? undefined : 'a body'
    const answer = await call(id, '/v1/me?fields=a%20b&x', {
      method,
      ...(body === undefined ? {} : { body }),
    })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ received: body ?? '' })
    expect(answer.headers.get('etag')).toBe('"1"')
    expect(answer.headers.get('latchkey-upstream')).toBe(api.host)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const [request] = api.requests
    expect(request).toMatchObject({ method, url: '/v1/me?fields=a%20b&x' })
    expect(request?.headers.authorization).toBe(`Bearer ${accessToken}`)
    expect(handOuts()).toMatchObject([
      { actor: 'reports', data: { connection_id: id, service: 'reports', proxy_host: api.host } },
    ])
    expect(told()).not.toContain(accessToken)
  })

  it('HEAD', async () => {
    const { id } = await connected()
    api.answer = (_request, response) => response.writeHead(200, { 'Content-Length': '1234' }).end()
    const answer = await call(id, '/v1/file', { method: 'HEAD' })
    expect({ status: answer.status, length: answer.headers.get('content-length') }).toEqual({
      ...{ status: 200, length: '1234' },
    })
    expect(api.requests).toMatchObject([{ method: 'HEAD' }])
  })

  it('by the client of @latchkey/verify', async () => {
    const { id } = await connected()
    const vault = createVault({ issuer: server.issuer, id: reports.id, secret: reports.secret, clock })
    const init = { method: 'POST', body: 'hello' }
    const answer = await vault.proxy({ connectionId: id }, `http://${api.host}/v1/me?a=1`, init)
    expect(await answer.json()).toEqual({ received: 'hello' })
    expect(api.requests).toMatchObject([{ method: 'POST', url: '/v1/me?a=1' }])
    const refused = vault.proxy({ connectionId: id }, `http://${elsewhere.host}/`)
    await expect(refused).rejects.toMatchObject({ name: 'VaultError', code: 'access_denied' })
  })

  it.each([204, 304, 404, 500])('%i is handed back as it is', async (status) => {
    const { id } = await connected()
    api.answer = (_request, response) => response.writeHead(status, { 'X-Theirs': '1' }).end()
    const answer = await call(id)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('x-theirs')).toBe('1')
    expect(await answer.text()).toBe('')
  })

  it('X05 a redirect is not followed', async () => {
    const { id } = await connected()
    const there = `http://${elsewhere.host}/steal`
    api.answer = (_request, response) => response.writeHead(302, { Location: there }).end()
    const answer = await call(id)
    expect({ status: answer.status, location: answer.headers.get('location') }).toEqual({
      ...{ status: 302, location: there },
    })
    expect(elsewhere.requests).toEqual([])
  })

  it('and its own headers about itself go no further, whatever they are', async () => {
    const { id, accessToken } = await connected()
    await raw(new URL(at(id)).pathname, [
      ...[
        'Cookie: a=b',
        'X-Forwarded-For: 10.0.0.1',
        'Forwarded: for=10.0.0.1',
        'Proxy-Authorization: Basic x',
      ],
      ...['X-Kept: 1', 'X-Hop: 1', 'Connection: X-Hop, Authorization', 'TE: trailers'],
    ])
    const { headers, raw: sent } = api.requests[0] ?? { headers: {}, raw: [] }
    expect(headers).toMatchObject({ host: api.host, authorization: `Bearer ${accessToken}`, 'x-kept': '1' })
    for (const name of ['cookie', 'x-forwarded-for', 'forwarded', 'proxy-authorization', 'x-hop', 'te']) {
      expect(headers).not.toHaveProperty(name)
    }
    expect(sent.filter((name) => name.toLowerCase() === 'authorization')).toHaveLength(1)
  })

  it('a request that could be two is refused before it is one', async () => {
    const { id } = await connected()
    const answer = await raw(new URL(at(id)).pathname, ['Content-Length: 5', 'Transfer-Encoding: chunked'])
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(api.requests).toEqual([])
  })

  it('what would act on our own host does not come back', async () => {
    const { id } = await connected()
    api.answer = (_request, response) => {
      response.writeHead(200, {
        ...{
          'Set-Cookie': 'a=b',
          'Strict-Transport-Security': 'max-age=1',
          'Access-Control-Allow-Origin': '*',
        },
        ...{ 'Cache-Control': 'public', 'Clear-Site-Data': '"*"' },
      })
      response.end('<script>')
    }
    const { headers } = await call(id)
    for (const name of ['set-cookie', 'strict-transport-security', 'access-control-allow-origin']) {
      expect(headers.has(name)).toBe(false)
    }
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toContain('sandbox')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('V12 a provider with ways of its own gets the token as it wants it', () => {
  const apiKey = 'latchkey:provider-secret'

  it('in a header of its own, which the service cannot take the place of', async () => {
    const { id, accessToken } = await connected({ provider: 'header' })
    const mine = { 'X-Token': 'mine', 'x-api-key': 'mine', 'User-Agent': 'mine', Accept: '*/*' }
    expect((await call(id, '/v1/me', { headers: mine })).status).toBe(200)
    const { headers, raw: sent } = api.requests[0] ?? { headers: {}, raw: [] }
    expect(headers).toMatchObject({
      ...{ 'x-token': accessToken, 'x-api-key': apiKey, 'api-version': '7' },
      ...{ 'user-agent': 'web:latchkey', accept: 'application/vnd.acme+json' },
    })
    expect(headers).not.toHaveProperty('authorization')
    for (const name of ['x-token', 'x-api-key', 'user-agent', 'accept']) {
      expect(sent.filter((one) => one.toLowerCase() === name)).toHaveLength(1)
    }
  })

  it('with a version of the API that the service may choose', async () => {
    const { id } = await connected({ provider: 'header' })
    await call(id, '/', { headers: { 'Api-Version': '8', Accept: 'text/csv' } })
    expect(api.requests[0]?.headers).toMatchObject({ 'api-version': '8', accept: 'text/csv' })
  })

  it('with a scheme of its own', async () => {
    const { id, accessToken } = await connected({ provider: 'oauth' })
    await call(id)
    expect(api.requests[0]?.headers.authorization).toBe(`OAuth2 ${accessToken}`)
  })

  it('in the query', async () => {
    const { id, accessToken } = await connected({ provider: 'query' })
    await call(id, '/v1/me?key=mine&fields=a%20b')
    expect(api.requests).toMatchObject([{ url: `/v1/me?fields=a%20b&key=${accessToken}` }])
    expect(api.requests[0]?.headers).not.toHaveProperty('authorization')
    expect(told()).not.toContain(accessToken)
  })

  it('and again when it has been renewed', async () => {
    const { id } = await connected({ provider: 'header' })
    api.answer = (request, response) =>
      response.writeHead(request.headers['x-token'] === `at.${id}.2` ? 200 : 401).end()
    expect((await call(id)).status).toBe(200)
    expect(api.requests).toHaveLength(2)
  })

  it.each(['header', 'query'])('and what it repeats reaches nobody: %s', async (which) => {
    const { id, accessToken } = await connected({ provider: which })
    api.answer = ({ url = '' }, response) => {
      const echo = { Location: url, 'X-Token': accessToken, 'X-Key': apiKey, 'X-Secret': 'provider-secret' }
      response.writeHead(302, which === 'header' ? { ...echo, Location: `/?t=${accessToken}` } : echo).end()
    }
    const answer = await call(id)
    const secrets = which === 'header' ? [accessToken, 'provider-secret'] : [accessToken]
    for (const secret of secrets) expect(JSON.stringify([...answer.headers])).not.toContain(secret)
    api.answer = (request) => request.socket.destroy()
    const broken = await call(id)
    expect(broken.status).toBe(502)
    for (const secret of [accessToken, 'provider-secret']) {
      expect(await broken.clone().text()).not.toContain(secret)
      expect(told()).not.toContain(secret)
    }
  })
})

describe('X05 where it may lead', () => {
  it('to the hosts of the provider, and where there are none, nowhere', async () => {
    const { id } = await connected()
    const auth = { headers: { Authorization: `Bearer ${await reports.ownToken()}` } }
    const other = await fetch(at(id, '/', elsewhere.host), auth)
    expect(other.status).toBe(403)
    expect(await other.json()).toMatchObject({ error: 'access_denied' })
    expect(other.headers.has('latchkey-upstream')).toBe(false)
    const { id: unlisted } = await connected({ provider: 'q' })
    expect((await fetch(at(unlisted), auth)).status).toBe(404)
    expect((await fetch(`${server.issuer}/vault/connections/${id}/proxy`, auth)).status).toBe(404)
    expect((await fetch(`${server.issuer}/vault/connections/${id}/proxy/`, auth)).status).toBe(403)
    expect(handOuts()).toEqual([])
    expect([...api.requests, ...elsewhere.requests]).toEqual([])
  })

  it('whatever stands in the request line', async () => {
    const { id, accessToken } = await connected()
    const before = `/vault/connections/${id}/proxy`
    for (const target of [
      `${before}/${api.host}@${elsewhere.host}/`,
      `${before}/user:password@${api.host}/`,
      `${before}/${api.host}/../${elsewhere.host}/`,
      `${before}/${api.host}/%2e%2e/${elsewhere.host}/`,
      `${before}/${api.host}/..%2f..%2f${elsewhere.host}/`,
      `${before}/${api.host}%2f..%2f${elsewhere.host}/`,
      `${before}/${api.host}\\@${elsewhere.host}/`,
      `${before}/${api.host.toUpperCase().replace('127', '0X7F')}/`,
      `${before}//${api.host}/`,
      `${before}/http://${api.host}/`,
      `${before}/http:%2f%2f${api.host}/`,
      `${before}/169.254.169.254/latest/meta-data/`,
      `${before}/%5b::ffff:127.0.0.1%5d:80/`,
      `${before}/localhost:${api.host.split(':')[1]}/`,
      `${before}/${api.host}/a/%2e%2e%2fb`,
      `${before}/${api.host}/a%0d%0aX-Injected:%201`,
    ]) {
      const answer = await raw(target)
      expect(`${target} ${answer.slice(0, 12)}`).toMatch(/ HTTP\/1\.1 4\d\d$/)
      expect(answer).not.toContain(accessToken)
    }
    expect([...api.requests, ...elsewhere.requests]).toEqual([])
  })

  it('and only with a service’s own token, for what its policy lists', async () => {
    const { id } = await connected()
    expect((await fetch(at(id))).status).toBe(401)
    expect((await call(id, '/', { by: mailer })).status).toBe(403)
    expect((await call('con_none')).status).toBe(404)
    expect((await call(id, '/', { method: 'OPTIONS' })).status).toBe(405)
    expect(api.requests).toEqual([])
  })
})

describe('V15 a provider that refuses the token', () => {
  it.each([
    ['without a body', {}],
    ['with a small body', { method: 'POST', body: 'again and again' }],
  ])('has it renewed and is asked once more, %s', async (_, init) => {
    const { id } = await connected()
    let refused = 0
    api.answer = (request, response) => {
      let text = ''
      request.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      request.on('end', () => {
        const good = request.headers.authorization === `Bearer at.${id}.2`
        if (!good) refused++
        response.writeHead(good ? 200 : 401).end(good ? text : 'refused')
      })
    }
    const answer = await call(id, '/', init)
    expect({ status: answer.status, text: await answer.text() }).toEqual({
      ...{ status: 200, text: 'body' in init ? init.body : '' },
    })
    expect(refused).toBe(1)
    expect(provider.requests).toHaveLength(1)
  })

  it('hands back the refusal of what it could not keep, and has the token renewed behind it', async () => {
    const { id } = await connected()
    api.answer = (request, response) =>
      request.resume().on('end', () => response.writeHead(401).end('refused'))
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(100))
        controller.close()
      },
    })
    const answer = await call(id, '/', { method: 'POST', body, duplex: 'half' })
    expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 401, text: 'refused' })
    expect(answer.headers.get('latchkey-upstream')).toBe(api.host)
    await expect.poll(() => provider.requests.length).toBe(1)
  })

  it('for good: the service hears what its user has to do', async () => {
    const { id } = await connected()
    provider.revoke(id)
    api.answer = (_request, response) => response.writeHead(401).end()
    const answer = await call(id)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ error: 'needs_reconnect', reason: 'revoked' })
  })

  it('is believed when it says that something else is wrong', async () => {
    const { id } = await connected()
    api.answer = (_request, response) =>
      response.writeHead(401, { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' }).end()
    expect((await call(id)).status).toBe(401)
    expect(provider.requests).toEqual([])
    expect(api.requests).toHaveLength(1)
  })
})

describe('what is large, slow or gone', () => {
  it('50 MB in both directions at once', async () => {
    const { id } = await connected()
    api.answer = (request, response) => void request.pipe(response.writeHead(200))
    const pieces = 800
    let made = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (made++ === pieces) controller.close()
        else controller.enqueue(new Uint8Array(65_536))
      },
    })
    const answer = await call(id, '/', { method: 'POST', body, duplex: 'half' })
    let size = 0
    for await (const piece of answer.body ?? []) size += piece.length
    expect(size).toBe(pieces * 65_536)
  })

  it('a service that goes away ends the call at the provider', async () => {
    const { id } = await connected()
    let closed = false
    const asked = Promise.withResolvers<void>()
    api.answer = (_request, response) => {
      response.on('close', () => {
        closed = true
      })
      asked.resolve()
    }
    const { hostname, port, pathname } = new URL(at(id))
    const headers = { authorization: `Bearer ${await reports.ownToken()}` }
    const request = httpRequest({ hostname, port, path: pathname, headers }).end()
    request.on('error', () => undefined)
    await asked.promise
    request.destroy()
    await expect.poll(() => closed).toBe(true)
  })

  it('an answer that breaks off breaks off', async () => {
    const { id } = await connected()
    api.answer = (_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' })
      response.write('half', () => response.destroy())
    }
    const broken = call(id).then((answer) => answer.text())
    await expect(broken).rejects.toThrow()
  })

  it('a provider that is not there', async () => {
    const { id, accessToken } = await connected()
    api.answer = (request) => request.socket.destroy()
    const answer = await call(id)
    expect(answer.status).toBe(502)
    expect(await answer.json()).toMatchObject({ error: 'provider_unreachable', reason: 'connection' })
    expect(told()).not.toContain(accessToken)
  })
})
