import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isFirefox } from '../support/launch.ts'
import { type Listening, listen } from '../support/listen.ts'
import {
  callApi,
  hold,
  open,
  outcomeOf,
  reaches,
  type Stage,
  setStage,
  settled,
  signIn,
  signInError,
  stateOf,
} from './stage.ts'

let stage: Stage
let hostile: Listening
beforeAll(async () => {
  stage = await setStage({ popupBlocking: true, whole: true })
  hostile = await listen((_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end('<title>hostile</title><button onclick="attack()">go</button>')
  })
})
afterEach(() => stage.reset())
afterAll(async () => {
  await stage?.close()
  await hostile?.close()
})

/** A page that begins a sign-in in a popup at each click, as people do; `outcomes()` tells how each of them went. */
async function clicking(page: Page, options: object = {}) {
  await page.evaluate((options) => {
    const outcomes: string[] = []
    Reflect.set(globalThis, 'outcomes', outcomes)
    const button = Object.assign(document.createElement('button'), { textContent: 'Sign in' })
    button.onclick = () => {
      const turn = outcomes.push('pending') - 1
      auth.signIn({ provider: 'acme', flow: 'popup', ...options }).then(
        () => (outcomes[turn] = 'done'),
        (error) => (outcomes[turn] = error.code ?? String(error)),
      )
    }
    document.body.append(button)
  }, options)
  const outcomes = () => page.evaluate((): string[] => Reflect.get(globalThis, 'outcomes'))
  return { click: () => page.click('button'), outcomes }
}

/** Whether a window that nobody clicked for stays away: the headless shell that npm has opens it. */
async function blocksWindows(): Promise<boolean> {
  const page = await (await stage.newContext()).newPage()
  await page.goto('data:text/html,<script>document.title = open() === null</script>')
  return (await page.title()) === 'true'
}

const windows = (page: Page) => page.context().pages().length

for (const persistence of ['device', 'tab', 'memory'] as const) {
  test(`point 7: a popup signs the page in that opened it, and closes (${persistence})`, async () => {
    const { spa, issuer, api } = stage
    spa.options = { persistence }
    const page = await open(await stage.newContext(), `${spa.origin}/here?x=1`)
    const { click, outcomes } = await clicking(page)
    const popup = page.waitForEvent('popup')
    await click()
    const { width, height } = (await popup).viewportSize() ?? { width: 480, height: 640 }
    expect([width, height]).toEqual([480, 640])
    await reaches(page, 'signed-in')
    await expect.poll(outcomes).toEqual(['done'])
    await expect.poll(() => windows(page)).toBe(1)
    expect(page.url()).toBe(`${spa.origin}/here?x=1`)
    expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })
    expect(issuer.to('/authorize')).toMatchObject([{ method: 'POST', headers: { origin: spa.origin } }])
    // Redeemed once, by the page that keeps it.
    const redeemed = issuer.to('/token').filter(({ body }) => body.code)
    expect(new Set(redeemed.map(({ body }) => body.code)).size).toBe(1)
  })
}

test('B14 point 7: with returnTo the page goes there once it is signed in', async () => {
  const { spa } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  const { click, outcomes } = await clicking(page, { returnTo: '/inbox' })
  await click()
  await expect.poll(outcomes).toEqual(['done'])
  expect(page.url()).toBe(`${spa.origin}/inbox`)
  const other = await clicking(page, { returnTo: '//evil.example' })
  await page.click('button >> nth=-1')
  await expect.poll(other.outcomes).toEqual(['done'])
  expect(page.url()).toBe(`${spa.origin}/`)
})

test('point 7: a refusal comes back to the page, thrown and as its state', async () => {
  const { spa, issuer } = stage
  issuer.outcome = { error: 'access_denied', request_id: 'req-3' }
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  const { click, outcomes } = await clicking(page)
  await click()
  await expect.poll(outcomes).toEqual(['access_denied'])
  expect(await stateOf(page)).toMatchObject({ status: 'signed-out', reason: { requestId: 'req-3' } })
  await expect.poll(() => windows(page)).toBe(1)
  // The next start forgets it.
  issuer.outcome = undefined
  await click()
  await expect.poll(outcomes).toEqual(['access_denied', 'done'])
  expect(await stateOf(page)).toEqual({ status: 'signed-in', user: expect.anything() })
})

test('point 7: who closes the window starts again; two windows at once both come back', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  const { click, outcomes } = await clicking(page)
  const release = hold(issuer, '/authorize')
  const first = page.waitForEvent('popup')
  await click()
  await expect.poll(() => issuer.to('/authorize').length).toBe(1)
  await (await first).close()
  await click()
  await click()
  await expect.poll(() => issuer.to('/authorize').length).toBe(3)
  release()
  await expect.poll(outcomes).toEqual(['pending', 'done', 'done'])
  await expect.poll(() => windows(page)).toBe(1)
  expect(await stateOf(page)).toMatchObject({ status: 'signed-in' })
})

test('point 7: a window that is closed before anything is loaded in it is noticed', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  const { click, outcomes } = await clicking(page)
  await page.evaluate(() => {
    const { open } = globalThis
    globalThis.open = (...args) => {
      const popup = open(...args)
      popup?.close()
      return popup
    }
  })
  await click()
  await expect.poll(outcomes).toEqual(['access_denied'])
  expect(issuer.to('/authorize')).toEqual([])
})

test('point 7: an abort ends the wait; a window that is out of reach closes when it comes back, and nothing is redeemed', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  // A page that cuts its ties, as providers' do, and where the person stays for a while.
  issuer.intercept = ({ path }, response) => {
    if (path !== '/authorize') return false
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
    response.end('<title>provider</title>')
    return true
  }
  const opened = page.waitForEvent('popup')
  await page.evaluate(() => {
    const abort = new AbortController()
    Reflect.set(globalThis, 'abort', abort)
    auth
      .signIn({ flow: 'popup', signal: abort.signal })
      .catch((reason) => Reflect.set(globalThis, 'outcome', reason))
  })
  const popup = await opened
  await popup.waitForFunction(() => document.title === 'provider')
  await page.evaluate(() => Reflect.get(globalThis, 'abort').abort('enough'))
  await expect.poll(() => outcomeOf(page)).toBe('enough')
  expect(windows(page)).toBe(2)

  const state = issuer.to('/authorize')[0]?.body.state
  const closed = popup.waitForEvent('close')
  await popup.goto(`${spa.origin}/callback#code=c&state=${state}&iss=${issuer.issuer}`).catch(() => {})
  await closed
  expect(issuer.to('/token')).toEqual([])
  expect(await stateOf(page)).toEqual({ status: 'signed-out' })
})

// Firefox blocks by a preference that its driver does not set.
test.skipIf(isFirefox)(
  'point 7: a blocked window is popup_blocked, and a redirect is what helps',
  async ({ skip }) => {
    const { spa, issuer } = stage
    skip(!(await blocksWindows()), 'this Chromium blocks no windows')
    // Nobody has clicked: the browser opens nothing.
    spa.head = `<script type="module">import '/app.js'
    auth.signIn({ flow: 'popup' }).catch((error) => { window.outcome = JSON.parse(JSON.stringify(error)) })</script>`
    const page = await open(await stage.newContext(), `${spa.origin}/`)
    await expect.poll(() => outcomeOf(page)).toMatchObject({ code: 'popup_blocked', action: 'redirect' })
    expect(issuer.requests).toEqual([])
    expect(await stateOf(page)).toEqual({ status: 'signed-out' })
    spa.head = ''
    await page.evaluate(() => void auth.signIn({ flow: 'redirect' }))
    await reaches(page, 'signed-in')
  },
)

test('point 7: when the page that opened it is gone, the window finishes by itself, and the other tabs follow', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  const { click } = await clicking(page, { returnTo: '/inbox' })
  const release = hold(issuer, '/authorize')
  const opened = page.waitForEvent('popup')
  await click()
  const popup = await opened
  await expect.poll(() => issuer.to('/authorize').length).toBe(1)
  await page.reload()
  release()
  await popup.waitForURL(`${spa.origin}/inbox`)
  for (const window of [popup, page]) await reaches(window, 'signed-in')
})

for (const persistence of ['device', 'memory'] as const) {
  test(`point 7: a window that does not close goes on, or says that it is over (${persistence})`, async () => {
    const { spa } = stage
    spa.options = { persistence }
    const context = await stage.newContext()
    await context.addInitScript(() => {
      globalThis.close = () => {}
    })
    const page = await open(context, `${spa.origin}/`)
    const { click, outcomes } = await clicking(page, { returnTo: '/inbox' })
    const opened = page.waitForEvent('popup')
    await click()
    const popup = await opened
    await expect.poll(outcomes).toEqual(['done'])
    await popup.waitForURL(`${spa.origin}/inbox`)
    const state = await settled(popup)
    if (persistence === 'device') expect(state).toMatchObject({ status: 'signed-in' })
    else expect(state).toMatchObject({ error: { code: 'finished_elsewhere', action: 'close-window' } })
  })
}

test('B15 point 7: signing out while a window is open takes nothing of what it brings', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  const { click, outcomes } = await clicking(page)
  const release = hold(issuer, '/authorize')
  await click()
  await expect.poll(() => issuer.to('/authorize').length).toBe(2)
  const redeemed = issuer.to('/token').length
  await page.evaluate(() => auth.signOut())
  release()
  await expect.poll(outcomes).toEqual(['signed_out'])
  await expect.poll(() => windows(page)).toBe(1)
  expect(await stateOf(page)).toEqual({ status: 'signed-out' })
  expect(issuer.to('/token')).toHaveLength(redeemed)
})

test('B15 point 7: signing out while a code is redeemed brings no session, and the server forgets it', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  const { click, outcomes } = await clicking(page)
  const release = hold(issuer, '/token')
  await click()
  await expect.poll(() => issuer.to('/token').length).toBe(1)
  await page.evaluate(() => auth.signOut())
  release()
  await expect.poll(outcomes).toEqual(['signed_out'])
  await expect.poll(() => issuer.to('/revoke').length).toBe(1)
  await page.reload()
  expect(await settled(page)).toEqual({ status: 'signed-out' })
})

test('point 7: in a frame, auto is a popup', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: '/framed' }))
  })
  await expect.poll(() => page.frames().length).toBe(2)
  const framed = page.frames()[1]
  await framed?.waitForFunction(() => globalThis.auth?.state.status === 'signed-out')
  await framed?.evaluate(() => auth.signIn())
  expect(await framed?.evaluate(() => auth.state.status)).toBe('signed-in')
  await reaches(page, 'signed-in')
  expect(issuer.to('/authorize')[0]?.headers['sec-fetch-dest']).toBe('document')
})

test('B06 point 12: a popup works under a strict policy with Trusted Types; a blocked form is named', async () => {
  const { spa, issuer } = stage
  const policy = (formAction: string) =>
    `default-src 'none'; script-src 'self'; connect-src ${issuer.issuer}; form-action ${formAction}; require-trusted-types-for 'script'; trusted-types 'none'`
  spa.headers = {
    'Content-Security-Policy': policy(issuer.issuer),
    'Cross-Origin-Opener-Policy': 'same-origin',
  }
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await page.evaluate(() => auth.signIn({ flow: 'popup' }))
  await reaches(page, 'signed-in')
  await expect.poll(() => windows(page)).toBe(1)

  spa.headers = { 'Content-Security-Policy': policy("'self'") }
  const other = await open(await stage.newContext(), `${spa.origin}/`)
  expect(await signInError(other, { flow: 'popup' })).toMatchObject({ code: 'blocked_by_csp' })
  await expect.poll(() => windows(other)).toBe(1)
})

test('B13 what other origins say is heard by nobody, whatever they know', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  const { click, outcomes } = await clicking(page)
  const release = hold(issuer, '/authorize')
  await click()
  await expect.poll(() => issuer.to('/authorize').length).toBe(1)
  const state = issuer.to('/authorize')[0]?.body.state ?? ''
  const attack = {
    parameters: `code=evil&state=${state}&iss=${issuer.issuer}`,
    url: `${spa.origin}/callback`,
  }

  // It holds a window of the app's, and even the journey's state.
  const attacker = await page.context().newPage()
  await attacker.goto(`http://127.0.0.1:${hostile.port}/`)
  await attacker.evaluate(
    ([target, attack]) => {
      Reflect.set(globalThis, 'attack', () => {
        const held = globalThis.open(target)
        const { state } = Object.fromEntries(new URLSearchParams(attack.parameters))
        const say = () => {
          held?.postMessage(attack, '*')
          held?.postMessage({ data: attack, type: 'latchkey' }, '*')
          for (const name of [`latchkey ${state}`, `${state}`]) new BroadcastChannel(name).postMessage(attack)
        }
        say()
        setTimeout(say, 500)
        setTimeout(() => Reflect.set(globalThis, 'said', true), 1_000)
      })
    },
    [`${spa.origin}/`, attack] as const,
  )
  await attacker.click('button')
  await attacker.waitForFunction(() => Reflect.get(globalThis, 'said'))
  expect(await outcomes()).toEqual(['pending'])
  expect(issuer.to('/token')).toEqual([])
  release()
  await expect.poll(outcomes).toEqual(['done'])
  expect(issuer.to('/token').map(({ body }) => body.code)).not.toContain('evil')
})

test('B02 B13 a callback that is made up for a popup is dropped without a request', async () => {
  const { spa, issuer } = stage
  const page = await open(
    await stage.newContext(),
    `${spa.origin}/callback#code=x&state=lk.p.unknown&iss=${issuer.issuer}`,
  )
  expect(await stateOf(page)).toMatchObject({ reason: { code: 'state_missing' } })
  expect(issuer.requests).toEqual([])
})
