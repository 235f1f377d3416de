import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type RealStage, setRealStage } from '../browser/real.ts'
import { callApi, getToken, open, reaches, signIn } from '../browser/stage.ts'
import { watchSecrets } from '../support/secrets.ts'

let stage: RealStage
beforeAll(async () => {
  stage = await setRealStage({ entry: new URL('app.ts', import.meta.url) })
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

/** What the panel draws, what it would report, and what it keeps. */
const told = (page: Page) =>
  page.evaluate(() => {
    const panel = document.querySelector('latchkey-devtools')?.shadowRoot?.innerHTML
    return [panel, JSON.stringify(devtools.report()), JSON.stringify(Object.entries(sessionStorage))].join(
      '\n',
    )
  })

test('X06 B09 no secret of a whole journey is in the panel, its report or what it keeps', async () => {
  const { spa, issuer, browser } = stage
  const page = await (await browser.newContext()).newPage()
  const secrets = await watchSecrets(page)
  const seen: string[] = []
  const look = async () => seen.push(await told(page))
  await page.goto(`${spa.origin}/`)
  const openPanel = () => page.getByRole('button', { name: 'Latchkey' }).click()

  await page.waitForFunction(() => auth.state.status === 'signed-out')
  await page.evaluate(() => void auth.signIn({ provider: 'acme', loginHint: 'denies' }))
  await page.waitForFunction(() => 'reason' in (globalThis.auth?.state ?? {}))
  await openPanel()
  await page.getByText('Came back with the error access_denied').waitFor()
  await look()

  await signIn(page)
  await openPanel()
  await page
    .getByText(/authorization_code/)
    .first()
    .waitFor()
  await look()
  expect(await callApi(page, `${issuer}/userinfo`)).toMatchObject({ status: 200 })
  await getToken(page, { fresh: true })
  await page
    .getByText(/refresh_token/)
    .first()
    .waitFor()
  await look()
  const revoked = page.waitForResponse(`${issuer}/revoke`)
  await page.evaluate(() => auth.signOut())
  await revoked
  await reaches(page, 'signed-out')
  await look()

  const all = Object.values(secrets).flatMap((values) => [...values])
  for (const [kind, values] of Object.entries(secrets)) expect([kind, values.size]).not.toEqual([kind, 0])
  expect(all.filter((secret) => seen.some((text) => text.includes(secret)))).toEqual([])
})

test('the claims and the end of the token are there, and the sign-in’s provider', async () => {
  const { spa, browser } = stage
  const page = await open(await browser.newContext(), `${spa.origin}/`)
  await signIn(page)
  const report = await page.evaluate(() => devtools.report())
  expect(report.claims).toMatchObject({ client_id: 'web', exp: expect.stringMatching(/, in \d+ s$/) })
  expect(report.journey).toEqual(['passed', 'passed', 'passed', 'passed', 'passed'])
  expect(report.entries).toContainEqual(expect.objectContaining({ kind: 'left', provider: 'acme' }))
})
