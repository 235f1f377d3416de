import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Listening, listen } from '../support/listen.ts'
import { callApi, getToken, open, type Stage, setStage, signIn, stateOf } from './stage.ts'

let stage: Stage
let elsewhere: Listening
const got: { headers: Record<string, unknown> }[] = []
beforeAll(async () => {
  stage = await setStage()
  elsewhere = await listen(({ headers }, response) => {
    got.push({ headers })
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*, Authorization')
    response.end('elsewhere')
  })
})
afterEach(async () => {
  got.length = 0
  await stage.reset()
})
afterAll(async () => {
  await stage?.close()
  await elsewhere?.close()
})

const verdicts = () => stage.api.calls.map(({ verdict }) => verdict)

test('B11 the token goes to the configured origins, with a proof for each request', async () => {
  const { spa, issuer, api } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  const init = { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: 'note' }
  expect(await callApi(page, `${api.origin}/notes?a=1#b`, init)).toEqual({ status: 200, body: 'hello note' })
  expect(await callApi(page, `${api.origin}/notes?a=2`)).toMatchObject({ status: 200 })
  expect(verdicts()).toEqual(['ok', 'ok'])
  expect(api.calls[0]?.headers.dpop).not.toBe(api.calls[1]?.headers.dpop)
  // The issuer is one of them.
  await callApi(page, `${issuer.issuer}/account`)
  expect(issuer.to('/account')[0]?.headers.authorization).toMatch(/^DPoP /)
})

test('B11 no token goes to any other origin', async () => {
  const { spa } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  const url = `http://127.0.0.1:${elsewhere.port}/x`
  expect(await callApi(page, url)).toEqual({ status: 200, body: 'elsewhere' })
  expect(await callApi(page, '/callback')).toMatchObject({ status: 200 })
  for (const { headers } of got) {
    expect(headers.authorization).toBeUndefined()
    expect(headers.dpop).toBeUndefined()
  }
  expect(got).toHaveLength(1)
})

for (const status of [302, 307]) {
  test(`B11 a ${status} to another origin is not followed`, async () => {
    const { spa, api } = stage
    api.intercept = (_, response) => {
      response.writeHead(status, { Location: `http://127.0.0.1:${elsewhere.port}/x` }).end()
      return true
    }
    const page = await open(await stage.newContext(), `${spa.origin}/`)
    await signIn(page)
    expect(await callApi(page, `${api.origin}/notes`)).toEqual({ code: 'redirect_refused' })
    expect(got).toEqual([])
  })
}

test('B16 a nonce that the API demands is sent, once asked for, and kept', async () => {
  const { spa, api } = stage
  api.nonce = 'n-1'
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  expect(await callApi(page, `${api.origin}/`, { method: 'POST', body: 'again' })).toMatchObject({
    body: 'hello again',
  })
  expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })
  expect(verdicts()).toEqual(['use_dpop_nonce', 'ok', 'ok'])
})

test('B16 an API that is never content with the nonce is asked twice, not forever', async () => {
  const { spa, api } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  api.intercept = ({ headers }, response) => {
    response.setHeader('DPoP-Nonce', `n-${api.calls.length}`)
    response.writeHead(401, { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"' })
    response.end(String(headers.dpop).length ? '' : '')
    return true
  }
  expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 401 })
  expect(api.calls).toHaveLength(2)
})

test('B16 a token endpoint that is never content with the nonce is asked twice, not forever', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  issuer.requests = []
  issuer.intercept = ({ path }, response) => {
    if (path !== '/token') return false
    response.setHeader('DPoP-Nonce', `n-${issuer.requests.length}`)
    response.writeHead(400, { 'Content-Type': 'application/json' }).end('{"error":"use_dpop_nonce"}')
    return true
  }
  expect(await getToken(page, { fresh: true })).toMatchObject({ error: { code: 'use_dpop_nonce' } })
  expect(issuer.to('/token')).toHaveLength(2)
  expect(await stateOf(page)).toMatchObject({ status: 'signed-in' })
})

test('a refused token is renewed and the request sent once more', async () => {
  const { spa, issuer, api } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  issuer.issued.clear()
  expect(await callApi(page, `${api.origin}/`, { method: 'PUT', body: 'kept' })).toEqual({
    status: 200,
    body: 'hello kept',
  })
  expect(verdicts()).toEqual(['invalid_token', 'ok'])
})

test('an API that refuses renewed tokens too is not worth a refresh each time', async () => {
  const { spa, issuer, api } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  issuer.requests = []
  api.intercept = (_, response) => {
    response.writeHead(401, { 'WWW-Authenticate': 'DPoP error="invalid_token"' }).end()
    return true
  }
  for (let call = 0; call < 5; call++)
    expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 401 })
  expect(issuer.to('/token')).toHaveLength(1)
  expect(api.calls).toHaveLength(6)
})

test('who is signed out gets signed_out, not a request without a token', async () => {
  const { spa, api } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  expect(await callApi(page, `${api.origin}/`)).toEqual({ code: 'signed_out' })
  expect(api.calls).toEqual([])
})

test('an abort reaches the caller as it is', async () => {
  const { spa, api } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  api.intercept = () => true
  const outcome = await page.evaluate(async (url) => {
    const abort = new AbortController()
    const calling = auth.fetch(url, { signal: abort.signal }).catch((error) => error)
    setTimeout(() => abort.abort('enough'), 50)
    return calling
  }, api.origin)
  expect(outcome).toBe('enough')
})

test('point 12: requests bring neither cookies nor a referrer', async () => {
  const { spa, issuer, api } = stage
  const context = await stage.newContext()
  await context.addCookies([{ name: 'site', value: '1', url: api.origin, sameSite: 'Lax' }])
  const page = await open(context, `${spa.origin}/secret/path`)
  await signIn(page)
  await page.evaluate((url) => auth.fetch(url, { credentials: 'include' }), api.origin)
  await getToken(page, { fresh: true })
  for (const { headers } of [...api.calls, ...issuer.to('/token')]) {
    expect(headers.cookie).toBeUndefined()
    expect(headers.referer).toBeUndefined()
  }
})
