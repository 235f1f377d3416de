// In same-site mode a connect stays in the browser that pushed it, to the very end.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  authorizationOf,
  bring,
  callAs,
  isApp,
  openSite,
  type Person,
  push,
  type Site,
  signInHere,
} from '../same-site/support.ts'
import { createBrowser } from '../support/browser.ts'
import { answerIn } from '../support/spa.ts'

let site: Site
let mallory: Person
beforeAll(async () => {
  site = await openSite()
})
beforeEach(async () => {
  site.provider.autoApprove('user')
  mallory = await signInHere(site)
  site.provider.autoApprove('admin')
})
afterAll(() => site?.close())

/** Pushes a connect as this person in a browser, and takes it to the end there. */
async function travelConnect(person: Person, browser = person.browser) {
  const authorization = await authorizationOf(person, 'POST', `${site.spa.issuer}/par`)
  const changes = { provider: 'calendar', intent: 'connect', scope: undefined }
  const pushed = await push(site, browser, changes, authorization)
  expect(pushed.answer.status).toBe(201)
  const page = await browser.follow(await bring(site, browser, pushed.requestUri), isApp)
  return { code: answerIn(page.next).get('code') ?? '', code_verifier: pushed.verifier }
}

const path = '/account/connections'
const listOf = async (person: Person) =>
  (await callAs(site, person, { method: 'GET', path, credentials: 'omit' })).body.connections

it('V03 connects in its own browser, whose cookie goes with the code', async () => {
  const body = await travelConnect(mallory)
  expect(mallory.browser.cookies()).toHaveLength(1)
  expect((await callAs(site, mallory, { method: 'POST', path, body })).status).toBe(201)
  expect(mallory.browser.cookies()).toEqual([])
  expect(await listOf(mallory)).toHaveLength(1)
})

it('V02 V03 what the victim’s browser travelled is finished by nobody, though the attacker holds code, verifier and session', async () => {
  const before = site.server.events.length
  const held = await listOf(mallory)
  const count = site.provider.requests.to('revocation').length
  const body = await travelConnect(mallory, createBrowser(site.server.clock))
  expect(body.code).not.toBe('')
  expect(await callAs(site, mallory, { method: 'POST', path, body })).toMatchObject({
    ...{ status: 403, body: { error: 'wrong_browser' } },
  })
  expect(site.server.events.slice(before)).toMatchObject([
    { type: 'connection.refused', data: { reason: 'wrong_browser', provider: 'calendar' } },
  ])
  expect(await listOf(mallory)).toEqual(held)
  await site.timers.pass(10_000)
  expect(site.provider.requests.to('revocation')).toHaveLength(count + 1)
})

it('V04 a request that the attacker pushed goes on in no victim’s browser', async () => {
  const authorization = await authorizationOf(mallory, 'POST', `${site.spa.issuer}/par`)
  const changes = { provider: 'calendar', intent: 'connect', scope: undefined }
  const { requestUri } = await push(site, mallory.browser, changes, authorization)
  const page = await bring(site, createBrowser(site.server.clock), requestUri)
  expect(page).toMatchObject({ status: 403, next: undefined })
  expect(page.body).not.toMatch(/sign[- ]in/i)
})
