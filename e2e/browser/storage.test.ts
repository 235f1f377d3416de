import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  callApi,
  getToken,
  open,
  reaches,
  type Stage,
  setStage,
  settled,
  signIn,
  signInError,
  stateOf,
} from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

/** Everything that IndexedDB holds on the page's origin: records by key, by database. */
const databases = (page: Awaited<ReturnType<typeof open>>) =>
  page.evaluate(async () => {
    const dump: Record<string, Record<string, unknown>> = {}
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
      })
      const store = database.transaction('kv').objectStore('kv')
      const all = (request: IDBRequest) =>
        new Promise<unknown[]>((resolve) => {
          request.onsuccess = () => resolve(request.result)
        })
      const records = (await all(store.getAll())) as { id: string }[]
      dump[name] = Object.fromEntries(records.map((record) => [record.id.replace(`${name} `, ''), record]))
      database.close()
    }
    Reflect.set(globalThis, 'dump', dump)
    return JSON.parse(JSON.stringify(dump)) as Record<string, Record<string, Record<string, unknown>>>
  })

test('B09 point 10: the access token is in memory only, nothing is in text storage or cookies', async () => {
  const { spa, issuer } = stage
  const context = await stage.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  const { token = '' } = await getToken(page)
  const text = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  )
  expect(text).toBe('[{},{},""]')
  expect(await context.cookies(spa.origin)).toEqual([])
  const stored = JSON.stringify(await databases(page))
  expect(issuer.issued.has(token)).toBe(true)
  expect(stored).not.toContain(token)
  // Of the journey nothing is left.
  expect(stored).not.toContain('code_verifier')
})

test('B08 point 10: the key survives a reload and cannot be exported', async () => {
  const { spa, api } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  await page.reload()
  await reaches(page, 'signed-in')
  expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })

  const [dump] = Object.values(await databases(page))
  expect(dump?.session).toMatchObject({ refresh_token: expect.any(String), key: { jkt: expect.any(String) } })
  const outcome = await page.evaluate(async () => {
    const [dump] = Object.values(Reflect.get(globalThis, 'dump')) as {
      session: { key: { privateKey: CryptoKey } }
    }[]
    const { privateKey } = dump!.session.key
    return [
      privateKey.extractable,
      ...(await Promise.all(
        (['jwk', 'pkcs8'] as const).map((format) =>
          crypto.subtle.exportKey(format, privateKey).then(
            () => 'exported',
            (error) => error.name,
          ),
        ),
      )),
    ]
  })
  expect(outcome).toEqual([false, 'InvalidAccessError', 'InvalidAccessError'])
})

test('B08 a stolen token is useless without the key', async () => {
  const { spa, issuer, api } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  const { token } = await getToken(page)
  const [dump] = Object.values(await databases(page))
  const answer = await fetch(api.origin, { headers: { Authorization: `DPoP ${token}` } })
  expect(answer.status).toBe(401)
  const refresh = await fetch(`${issuer.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: `${dump?.session?.refresh_token}`,
    }),
  })
  expect(await refresh.json()).toMatchObject({ error: 'invalid_dpop_proof' })
})

test('point 2: an abandoned journey is forgotten after ten minutes', async () => {
  const { spa, issuer } = stage
  issuer.intercept = ({ path }, response) => {
    if (path !== '/authorize') return false
    response.writeHead(204).end()
    return true
  }
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await page.evaluate(() => void auth.signIn())
  await expect.poll(() => issuer.to('/authorize').length).toBe(1)
  const journeys = async () => {
    const [dump] = Object.values(await databases(page))
    return Object.keys(dump ?? {}).filter((key) => key.startsWith('journey lk.'))
  }
  expect(await journeys()).toHaveLength(1)

  await page.evaluate(() => {
    const { now } = Date
    Date.now = () => now() + 601_000
  })
  await page.evaluate(() => void auth.signOut())
  await expect.poll(journeys).toEqual([])
})

test('point 10: persistence tab stays in its tab, reloads included', async () => {
  const { spa } = stage
  spa.options = { persistence: 'tab' }
  const context = await stage.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  await page.reload()
  expect(await settled(page)).toMatchObject({ status: 'signed-in' })
  const other = await open(context, `${spa.origin}/`)
  expect(await stateOf(other)).toMatchObject({ status: 'signed-out' })
  await signIn(other)
  await other.evaluate(() => auth.signOut())
  expect(await stateOf(page)).toMatchObject({ status: 'signed-in' })
})

test('point 10: persistence memory ends with the page', async () => {
  const { spa, api } = stage
  spa.options = { persistence: 'memory' }
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })
  expect(JSON.stringify(await databases(page))).not.toContain('refresh_token')
  await page.reload()
  expect(await settled(page)).toEqual({ status: 'signed-out' })
})

test('point 10: without IndexedDB nothing throws; a redirect that could not come back does not start, and auto is a popup', async () => {
  const { spa, issuer } = stage
  for (const broken of ['missing', 'refusing', 'throwing']) {
    const context = await stage.newContext()
    await context.addInitScript((broken) => {
      const fake = {
        open() {
          if (broken === 'throwing') throw new DOMException('no', 'SecurityError')
          const request = { error: new DOMException('no', 'UnknownError'), onerror: () => {} }
          setTimeout(() => request.onerror())
          return request
        },
      }
      Object.defineProperty(globalThis, 'indexedDB', { value: broken === 'missing' ? undefined : fake })
    }, broken)
    const page = await open(context, `${spa.origin}/`)
    expect(await stateOf(page)).toEqual({ status: 'signed-out' })
    expect(await signInError(page, { flow: 'redirect' })).toMatchObject({
      code: 'storage_unavailable',
      action: 'open-in-browser',
    })
    expect(issuer.requests).toEqual([])
    // A popup needs to come back to nothing but this page.
    await page.evaluate(() => auth.signIn())
    expect(await stateOf(page)).toMatchObject({ status: 'signed-in' })
    await expect.poll(() => context.pages().length).toBe(1)
    await page.evaluate(() => auth.signOut())
    expect(await stateOf(page)).toEqual({ status: 'signed-out' })
    // Signing out waits for no answer: its request may still be on the way.
    await expect.poll(() => issuer.to('/revoke').length).toBe(1)
    issuer.requests = []
  }
})

test('point 10: a device that stops storing signs nobody out', async () => {
  const { spa, api } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  await page.evaluate(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }))
  expect(await getToken(page, { fresh: true })).toMatchObject({ token: expect.any(String) })
  expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })
})
