import { createAuth } from '@latchkey/browser'
import { renderToString } from 'react-dom/server'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type ReactStage, setReactStage } from './stage.ts'
import { App } from './views.tsx'

let stage: ReactStage
beforeAll(async () => {
  stage = await setReactStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

/** What a server of pages renders: with a client of its own, which never finds anybody out. */
function rendered(path: string): string {
  const options = {
    issuer: stage.issuer.issuer,
    clientId: 'web',
    redirectUri: `${stage.spa.origin}/callback`,
  }
  return renderToString(<App auth={createAuth(options)} path={path} />)
}

test.each(['/show', '/buttons', '/private', '/account'])(
  '%s: what the server rendered is taken over as it is, signed in or not',
  async (path) => {
    const { spa } = stage
    spa.body = `<div id="root" data-path="${path}">${rendered(path)}</div><script>window.heading = document.querySelector('h1')</script>`
    const page = await stage.open(path)
    const same = () => page.evaluate(() => Reflect.get(window, 'heading') === document.querySelector('h1'))
    await page.waitForFunction(() => globalThis.auth?.state.status === 'signed-out')
    expect(await same()).toBe(true)

    await page.evaluate((returnTo) => void auth.signIn({ returnTo }), path)
    await page.getByText('Hello Ada').waitFor()
    expect(await same()).toBe(true)
    expect(stage.complaints).toEqual([])
  },
)

test('a server says neither who is there nor that nobody is', () => {
  expect(rendered('/show')).toContain('not yet known')
  expect(rendered('/show')).not.toContain('nobody')
  expect(rendered('/private/start')).toContain('one moment')
})
