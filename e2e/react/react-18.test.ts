// The bindings in an app that is still on React 18.
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type ReactStage, setReactStage } from './stage.ts'

const installed = createRequire(new URL('../../apps/react-18/package.json', import.meta.url))

let stage: ReactStage
beforeAll(async () => {
  stage = await setReactStage(
    ['react', 'react-dom'].map((name) => ({
      find: new RegExp(`^${name}(?=$|/)`),
      replacement: dirname(installed.resolve(`${name}/package.json`)),
    })),
  )
})
// Throws if React complained on the console.
afterEach(() => stage.reset())
afterAll(() => stage?.close())

test('it is React 18 that runs', async () => {
  const code = await (await fetch(`${stage.spa.origin}/app.js`)).text()
  expect(code).toContain('18.3.1')
  expect(code).not.toContain('19.3.')
})

test('a button signs in, and back again after signing out', async () => {
  const page = await stage.open('/buttons')
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByText('Hello Ada').waitFor()
  await page.reload()
  await page.getByText('Hello Ada').waitFor()
  await page.evaluate(() => globalThis.auth.signOut())
  await page.getByRole('button', { name: 'Acme' }).waitFor()
})

test('a route for users only signs in and comes back', async () => {
  const page = await stage.open('/private/start')
  await page.getByText('for users only').waitFor()
  expect(page.url()).toBe(`${stage.spa.origin}/private/start`)
})

test('a refusal is told and has the focus; another try works', async () => {
  stage.issuer.outcome = { error: 'access_denied', request_id: 'req-42' }
  const page = await stage.open('/buttons')
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByText('req-42').waitFor()
  stage.issuer.outcome = undefined
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByText('Hello Ada').waitFor()
})
