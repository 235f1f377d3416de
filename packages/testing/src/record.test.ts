import { expect, test } from 'vitest'
import { membersOf, quietProvider, signIn, standingClock, verifier } from './flow.fixture.ts'
import { readExchange } from './http/exchange.ts'
import { createRecorder } from './record.ts'

test('R04, R16: what a test wants to know: challenge and verifier, and that no token travelled in a URL', async () => {
  const clock = standingClock()
  const provider = await quietProvider({ clock })
  expect(provider.requests.to('token')).toEqual([])
  const { access_token } = await signIn(provider)
  await provider.fetch(provider.endpoints.userinfo, { headers: { authorization: `Bearer ${access_token}` } })

  const [authorize] = provider.requests.to('authorize')
  expect(authorize?.query.get('code_challenge_method')).toBe('S256')
  const token = provider.requests.last('token')
  expect(token).toMatchObject({ method: 'POST', path: '/token', protocol: 'oidc', at: clock.now() })
  expect(token?.form.get('code_verifier')).toBe(verifier)
  expect(token?.headers['content-type']).toContain('application/x-www-form-urlencoded')
  expect(provider.requests.last()?.headers.authorization).toBe(`Bearer ${access_token}`)
  expect([...provider.requests].some(({ url }) => url.includes(String(access_token)))).toBe(false)
  expect([...provider.requests].map(({ point }) => point)).toEqual(['authorize', 'token', 'userinfo'])

  provider.requests.clear()
  expect(provider.requests.length).toBe(0)
})

test('both protocols are recorded under the same points, and told apart', async () => {
  const provider = await quietProvider()
  await signIn(provider, {}, 'oauth2')
  expect(provider.requests.last('token')).toMatchObject({ protocol: 'oauth2', path: '/oauth2/token' })
})

test('refused methods and unknown paths are recorded too; a JSON body is kept as it came', async () => {
  const provider = await quietProvider()
  expect((await provider.fetch(provider.endpoints.token)).status).toBe(405)
  expect(provider.requests.last()).toMatchObject({ point: 'token', method: 'GET' })
  const unknown = await provider.fetch(`${provider.issuer}/nowhere`, { method: 'POST', body: '{"a":1}' })
  expect(unknown.status).toBe(404)
  expect(await membersOf(unknown)).toMatchObject({ error: 'not_found' })
  expect(provider.requests.last()).toMatchObject({ point: 'other', body: '{"a":1}' })
  expect(provider.requests.last()?.form.size).toBe(0)
})

test('X04: the record is bounded and keeps the latest', async () => {
  const { log, add } = createRecorder({ clock: standingClock(), enabled: true, kept: 3 })
  for (let i = 0; i < 20; i++) {
    add('other', 'oidc', await readExchange(new Request(`https://provider.test/${i}`)))
    expect(log.length).toBeLessThanOrEqual(6)
  }
  expect(log.all.slice(-3).map(({ path }) => path)).toEqual(['/17', '/18', '/19'])
})
