import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { getToken, open, reaches, type Stage, setStage, settled, signIn, stateOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ bfcache: true, whole: true })
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

const stored = (page: Awaited<ReturnType<typeof open>>, name: string) =>
  page.evaluate(
    (name) =>
      new Promise<unknown>((resolve) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => {
          const request = opening.result.transaction('kv').objectStore('kv').get(`${name} session`)
          request.onsuccess = () => resolve(request.result)
          opening.result.close()
        }
      }),
    name,
  )

test('B15 point 11: signing out clears memory, IndexedDB and the other tabs, and tells the server', async () => {
  const { spa, issuer } = stage
  const context = await stage.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  const other = await open(context, `${spa.origin}/`)
  await getToken(other)

  await page.evaluate(() => auth.signOut({ returnTo: '/bye' }))
  expect(page.url()).toBe(`${spa.origin}/bye`)
  for (const tab of [page, other]) {
    await reaches(tab, 'signed-out')
    expect(await stateOf(tab)).toEqual({ status: 'signed-out' })
    expect(await getToken(tab)).toMatchObject({ error: { code: 'signed_out' } })
  }
  expect(await stored(page, `latchkey web ${issuer.issuer}`)).toBeUndefined()
  await expect.poll(() => issuer.to('/revoke').length).toBe(1)
  expect(issuer.to('/revoke')[0]?.body).toMatchObject({ client_id: 'web', token: expect.any(String) })
})

test('B15 point 11: signing out works offline', async () => {
  const { spa, issuer } = stage
  const context = await stage.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  const other = await open(context, `${spa.origin}/`)
  await context.setOffline(true)
  await page.evaluate(() => auth.signOut())
  expect(await stateOf(page)).toEqual({ status: 'signed-out' })
  await reaches(other, 'signed-out')
  expect(await stored(page, `latchkey web ${issuer.issuer}`)).toBeUndefined()
})

test('point 11: Back shows no signed-in page after signing out', async () => {
  const { spa } = stage
  const context = await stage.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page, { returnTo: '/private' })
  await page.goto(`${spa.origin}/elsewhere`)
  await settled(page)
  await page.evaluate(() => auth.signOut())
  await page.goBack()
  await reaches(page, 'signed-out')
  expect(page.url()).toBe(`${spa.origin}/private`)
})

/** A context whose pages hear nothing from other tabs, as while they sleep in the bfcache. */
async function deaf() {
  const context = await stage.newContext()
  await context.addInitScript(() => {
    Object.defineProperty(globalThis, 'BroadcastChannel', {
      value: class {
        postMessage() {}
      },
    })
  })
  return context
}

test('point 11: a page that is shown again learns that its session ended', async () => {
  const { spa } = stage
  const context = await deaf()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  const other = await open(context, `${spa.origin}/`)
  await other.evaluate(() => auth.signOut())
  expect(await stateOf(page)).toMatchObject({ status: 'signed-in' })
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await reaches(page, 'signed-out')
})

test('point 11: Back to a page in the bfcache shows no signed-in page', async ({ skip }) => {
  const { spa, api } = stage
  const context = await deaf()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page, { returnTo: '/private' })
  await page.evaluate(() => Reflect.set(globalThis, 'kept', true))
  api.intercept = (_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end('<title>elsewhere</title>')
    return true
  }
  await page.goto(`${api.origin}/`)
  const other = await open(context, `${spa.origin}/`)
  await other.evaluate(() => auth.signOut())
  await page.goBack({ waitUntil: 'commit' })
  await reaches(page, 'signed-out')
  // The headless shell that npm has keeps no pages; then the page was loaded anew.
  skip(!(await page.evaluate(() => Reflect.get(globalThis, 'kept'))), 'this Chromium has no bfcache')
})

test('B15 a returnTo of another origin becomes / here too', async () => {
  const { spa } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/x`)
  await signIn(page)
  await page.evaluate(() => auth.signOut({ returnTo: '//evil.example/' }))
  expect(page.url()).toBe(`${spa.origin}/`)
})

test('everywhere ends all sessions at the server, after this one is gone here', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  issuer.intercept = ({ method, path }, response) => {
    if (path !== '/account/sessions' || method !== 'DELETE') return false
    response.writeHead(204).end()
    return true
  }
  await page.evaluate(() => auth.signOut({ everywhere: true }))
  const [deletion] = issuer.to('/account/sessions')
  expect(deletion?.headers).toMatchObject({
    authorization: expect.stringMatching(/^DPoP /),
    dpop: expect.any(String),
  })
  expect(await stateOf(page)).toEqual({ status: 'signed-out' })
})

test('everywhere says when the server did not do it; here one is signed out all the same', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  issuer.intercept = ({ path }, response) => {
    if (path !== '/account/sessions') return false
    response.writeHead(500).end()
    return true
  }
  const code = await page.evaluate(() => auth.signOut({ everywhere: true }).catch((error) => error.code))
  expect(code).toBe('temporarily_unavailable')
  expect(await stateOf(page)).toEqual({ status: 'signed-out' })
})
