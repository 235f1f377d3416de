import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hasWebkit, launchWebkit, type Webkit } from '../support/webkit.ts'
import { go, type Party, party, refresh } from './parties.ts'

// What the journey takes for granted of a browser, in the engine that no npm package brings. A is the app, B the backend,
// U the provider, E an enemy: four sites, over https.
let a: Party
let b: Party
let u: Party
let e: Party
/** Another origin on B's site. */
let sibling: Party
let webkit: Webkit

const form = (action: string, method = 'POST') => `
  <form id="form" method="${method}" action="${action}"><button id="go">go</button></form>
  <script>if (location.search.includes('auto')) document.forms[0].submit()</script>`

describe.skipIf(!hasWebkit)(
  `WebKitGTK${hasWebkit ? '' : ' (skipped: no webkit2gtk-driver and xvfb)'}`,
  () => {
    beforeAll(async () => {
      const app: Parameters<typeof party>[1] = () => ({
        '/': (_, query, response) => {
          const [policy, csp] = [query.get('policy'), query.get('csp')]
          if (policy) response.setHeader('Referrer-Policy', policy)
          if (csp) response.setHeader('Content-Security-Policy', csp)
          response.end(form(query.get('to') ?? `${b.origin}/start`, query.get('method') ?? 'POST'))
        },
        '/redirector': (_, __, response) => go(response, 307, `${b.origin}/start`),
        '/moved': (_, __, response) => go(response, 303, `${e.origin}/`),
        '/done': (_, __, response) => void response.end('<p>done'),
      })
      a = await party('localhost', app)
      e = await party('127.0.0.3', app)
      sibling = await party('127.0.0.1', app)
      u = await party('127.0.0.2', () => ({
        '/authorize': (_, query, response) => {
          const back = `${b.origin}/callback`
          const how = query.get('how')
          if (how === 'click') response.end(`<a id="go" href="${back}">allow</a>`)
          else if (how === 'form_post')
            response.end(`<form id="form" method="POST" action="${back}"></form>
          <script>document.forms[0].submit()</script>`)
          else go(response, 303, back)
        },
      }))
      b = await party('127.0.0.1', () => ({
        '/start': ({ method }, query, response) => {
          const attributes = 'Path=/; Secure; HttpOnly'
          // A name of its own for each journey, as Latchkey has it: nothing is left of the one before.
          journeys++
          response.setHeader('Set-Cookie', [
            `${lax()}; ${attributes}; SameSite=Lax`,
            `${strict()}; ${attributes}; SameSite=Strict`,
          ])
          const on = `${u.origin}/authorize?how=${query.get('how') ?? ''}`
          if (method === 'POST') refresh(response, on)
          else go(response, 303, on)
        },
        '/callback': ({ method }, _, response) =>
          method === 'POST'
            ? refresh(response, `${b.origin}/callback`)
            : go(response, 303, `${a.origin}/done#code=lk`),
        '/fetched': ({ origin }, query, response) => {
          response.setHeader('Access-Control-Allow-Origin', origin ?? '*')
          response.setHeader('Access-Control-Allow-Credentials', 'true')
          if (query.has('set'))
            response.setHeader('Set-Cookie', '__Host-par=1; Path=/; Secure; HttpOnly; SameSite=Lax')
          response.end('seen')
        },
        '/see': (_, __, response) => void response.end('<p>seen'),
      }))
      webkit = await launchWebkit()
    })
    afterEach(async () => {
      // A journey that goes on after its test would arrive in the next one.
      await webkit.open('about:blank')
      for (const each of [a, b, u, e, sibling]) each.arrivals.length = 0
    })
    afterAll(async () => {
      await webkit?.close()
      await Promise.all([a, b, u, e, sibling].map((each) => each?.close()))
    })

    const arrives = (at: Party, path: string) =>
      webkit.until(
        async () => at.last(path),
        (arrival) => arrival !== undefined,
      )
    let journeys = 0
    const lax = () => `__Host-lax-${journeys}=1`
    const strict = () => `__Host-strict-${journeys}=1`

    test('1 a Lax cookie set in a cross-site GET is there at the callback', async () => {
      await webkit.open(`${a.origin}/?method=GET`)
      await webkit.click('#go')
      await arrives(a, '/done')
      expect(b.last('/callback')?.cookies).toContain(lax())
    })

    test('2 a Lax cookie set in a cross-site form POST is there at the callback; the POST says its Origin', async () => {
      await webkit.open(`${a.origin}/`)
      await webkit.click('#go')
      await arrives(a, '/done')
      expect(b.last('/start')).toMatchObject({ method: 'POST', origin: a.origin })
      expect(b.last('/callback')?.cookies).toContain(lax())
    })

    test.each([
      ['2b', 'no-referrer', 'null'],
      ['2c', 'strict-origin', 'its own'],
      ['2c', '', 'its own'],
    ])('%s a form POST from a page with Referrer-Policy %j says Origin %s', async (_, policy, said) => {
      await webkit.open(`${a.origin}/?policy=${policy}`)
      await webkit.click('#go')
      await arrives(b, '/start')
      expect(b.last('/start')?.origin).toBe(said === 'null' ? 'null' : a.origin)
    })

    test('2d a page of somebody else cannot say the app’s Origin', async () => {
      await webkit.open(`${e.origin}/?policy=no-referrer`)
      await webkit.click('#go')
      await arrives(b, '/start')
      expect(b.last('/start')?.origin).toBe('null')
    })

    test('2e a POST through a redirector of the app does not say the app’s Origin', async () => {
      await webkit.open(`${e.origin}/?to=${a.origin}/redirector`)
      await webkit.click('#go')
      await arrives(b, '/start')
      expect(b.last('/start')?.origin).not.toBe(a.origin)
    })

    test('2f a GET navigation says no Origin', async () => {
      await webkit.open(`${a.origin}/?method=GET`)
      await webkit.click('#go')
      await arrives(b, '/start')
      expect(b.last('/start')?.origin).toBeUndefined()
    })

    test('3 a cross-site form_post brings no Lax cookie; the GET to ourselves after it does', async () => {
      await webkit.open(`${a.origin}/?to=${b.origin}/start?how=form_post`)
      await webkit.click('#go')
      await arrives(a, '/done')
      const [post, get] = b.arrivals.filter(({ path }) => path === '/callback')
      expect(post?.method).toBe('POST')
      expect(post?.cookies).not.toContain(lax())
      expect(get?.cookies).toContain(lax())
    })

    test('3b a click at the provider brings the Lax cookie and not the Strict one', async () => {
      await webkit.open(`${a.origin}/?to=${b.origin}/start?how=click`)
      await webkit.click('#go')
      await arrives(u, '/authorize')
      await webkit.until(
        () => webkit.click('#go').then(() => true),
        (clicked) => clicked,
      )
      await arrives(a, '/done')
      expect(b.last('/callback')?.cookies).toContain(lax())
      expect(b.last('/callback')?.cookies).not.toContain(strict())
    })

    const fetchSet = (url: string) =>
      webkit.evaluate((target) => fetch(target, { credentials: 'include' }).then((r) => r.text()), url)

    test('4 a cookie that a cross-site fetch set is not there in the navigation', async () => {
      await webkit.open(`${a.origin}/`)
      expect(await fetchSet(`${b.origin}/fetched?set`)).toBe('seen')
      await webkit.open(`${b.origin}/see`)
      expect(b.last('/see')?.cookies).not.toContain('__Host-par=1')
    })

    test('4s a cookie that a same-site fetch set is there in fetch and navigation', async () => {
      await webkit.open(`${sibling.origin}/`)
      await fetchSet(`${b.origin}/fetched?set`)
      await fetchSet(`${b.origin}/fetched`)
      expect(b.last('/fetched')?.cookies).toContain('__Host-par=1')
      await webkit.open(`${b.origin}/see`)
      expect(b.last('/see')?.cookies).toContain('__Host-par=1')
    })

    test('4r a form-action of the app and the backend alone does not block the way on to the provider', async () => {
      const csp = encodeURIComponent(`form-action 'self' ${b.origin}`)
      await webkit.open(`${a.origin}/?csp=${csp}`)
      await webkit.click('#go')
      await arrives(a, '/done')
    })

    test('5 a fragment reaches no server, and replaceState leaves a clean URL', async () => {
      await webkit.open(`${a.origin}/?method=GET`)
      await webkit.click('#go')
      await webkit.until(webkit.url, (url) => url.includes('#code=lk'))
      await webkit.evaluate(() => history.replaceState(history.state, '', '/done'))
      expect(await webkit.url()).toBe(`${a.origin}/done`)
      await webkit.evaluate((target) => fetch(target, { mode: 'no-cors' }).then(() => true), `${e.origin}/`)
      expect(JSON.stringify([a, b, u, e].flatMap(({ arrivals }) => arrivals))).not.toContain('code=lk')
    })

    test('6 a fragment is carried across a redirect to another origin', async () => {
      await webkit.open(`${a.origin}/moved#code=lk`)
      expect(await webkit.url()).toBe(`${e.origin}/#code=lk`)
    })

    test('7 B08 a key that cannot be exported survives a reload in IndexedDB', async () => {
      await webkit.open(`${a.origin}/`)
      await webkit.evaluate(async () => {
        const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
        const { privateKey } = await crypto.subtle.generateKey(algorithm, false, ['sign'])
        const opening = indexedDB.open('facts')
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('kv'))
        await new Promise((resolve) => opening.addEventListener('success', resolve))
        const transaction = opening.result.transaction('kv', 'readwrite')
        transaction.objectStore('kv').put(privateKey, 'key')
        await new Promise((resolve) => transaction.addEventListener('complete', resolve))
        opening.result.close()
      })
      await webkit.open(`${a.origin}/`)
      const found = await webkit.evaluate(async () => {
        const opening = indexedDB.open('facts')
        await new Promise((resolve) => opening.addEventListener('success', resolve))
        const reading = opening.result.transaction('kv').objectStore('kv').get('key')
        await new Promise((resolve) => reading.addEventListener('success', resolve))
        const key: CryptoKey = reading.result
        const exported = await crypto.subtle.exportKey('jwk', key).then(
          () => 'exported',
          (error: Error) => error.name,
        )
        const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, new Uint8Array(3))
        return { extractable: key.extractable, exported, bytes: signature.byteLength }
      })
      expect(found).toEqual({ extractable: false, exported: 'InvalidAccessError', bytes: 64 })
    })
  },
)
