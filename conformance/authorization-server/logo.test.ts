// The picture of a provider that a configuration names: told to the app, and shown by our own page, which may load nothing else.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { testClock } from '../support/clock.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { start, startOf } from '../support/spa.ts'

let provider: FakeProvider
let server: Running

beforeAll(async () => {
  const clock = testClock()
  provider = await createFakeProvider({ clock })
  server = await startLatchkey(
    () => ({
      providers: {
        far: { ...provider.oidc, logo: 'https://cdn.example/far.svg' },
        near: { ...provider.oidc, logo: '/logos/near.svg' },
        plain: provider.oidc,
      },
    }),
    { clock, path: '/auth' },
  )
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

const near = () => new URL('/logos/near.svg', server.issuer).href

it('the app gets its absolute address', async () => {
  const answer: { providers: { id: string; logo?: string }[] } = await (
    await fetch(`${server.issuer}/providers?client_id=web`)
  ).json()
  expect(answer.providers.map(({ id, logo }) => [id, logo])).toEqual([
    ['far', 'https://cdn.example/far.svg'],
    ['near', near()],
    ['plain', undefined],
  ])
})

it('A19: the chooser shows it, and its policy allows these addresses exactly', async () => {
  const { body, headers } = await start(
    server.spa,
    createBrowser(server.clock),
    startOf(server.spa, { provider: undefined }).params,
  )
  const images = [...body.matchAll(/<img [^>]*>/g)].map(([tag]) => tag)
  expect(images).toHaveLength(2)
  for (const tag of images) expect(tag).toMatch(/ alt="" .*referrerpolicy="no-referrer"/)
  expect(body.match(/class="monogram" aria-hidden="true"/g)).toHaveLength(1)
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/^default-src 'none'; /)
  expect(policy).toContain(`img-src data: https://cdn.example/far.svg ${near()};`)
})
