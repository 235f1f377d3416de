import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { authorizationUrl, quietProvider, redirectUri } from '../flow.fixture.ts'
import type { FakeProvider } from '../index.ts'

const shown = async (params = {}, options = {}) => {
  const provider = await quietProvider({ autoApprove: undefined, ...options })
  const response = await provider.fetch(authorizationUrl(provider, params))
  return { provider, response, html: await response.text() }
}

const press = (provider: FakeProvider, button: Record<string, string>, params = {}) =>
  provider.fetch(`${provider.endpoints.authorization}/decision`, {
    method: 'POST',
    body: new URLSearchParams([
      ...new URL(authorizationUrl(provider, params)).searchParams,
      ...Object.entries(button),
    ]),
  })

describe('the page of personas', () => {
  test('says that it is fake and offers each persona as a button, monogram and meaning included', async () => {
    const { html, provider } = await shown()
    expect(html).toContain('<strong>Fake provider.</strong>')
    for (const persona of provider.personas) {
      expect(html).toContain(`<button class="persona" name="persona" value="${persona.id}">`)
      expect(html).toContain(persona.shows)
    }
    expect(html).toContain('<span class="monogram" aria-hidden="true">AQ</span>')
    expect(html).toContain('uma@example.com (not verified)')
    expect(html).toContain('No e-mail address')
  })

  test('has no script and loads nothing; the policy forbids both and names the style by its hash', async () => {
    const { html, response } = await shown()
    expect(html).not.toMatch(/<script|javascript:|\son\w+=/i)
    expect(html).not.toMatch(/(src|href)="(?!data:,)/)
    const [, style = ''] = /<style>([^<]*)<\/style>/.exec(html) ?? []
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('form-action')
    expect(policy).not.toContain('script-src')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('X08: nothing that the request brought is markup', async () => {
    const evil = '"><script>alert(1)</script>'
    const { html } = await shown({ state: evil, scope: evil, login_hint: evil, display: evil })
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;script&gt;')
  })

  test('the persona that login_hint names comes first and says so', async () => {
    const { html } = await shown({ login_hint: 'denies' })
    expect(html.indexOf('value="denies"')).toBeLessThan(html.indexOf('value="user"'))
    expect(html.match(/Suggested by the app/g)).toHaveLength(1)
  })

  test('names without letters and personas of one word have a monogram too', async () => {
    const persona = (id: string, name: string) => ({ id, subject: id, shows: '', claims: { name } })
    const { html } = await shown({}, { personas: [persona('one', 'Åsa'), persona('none', '!!!')] })
    expect(html).toContain('aria-hidden="true">Å</span>')
    expect(html).toContain('aria-hidden="true">?</span>')
  })
})

describe('the buttons', () => {
  test('a persona is signed in; Cancel and the persona who denies are access_denied', async () => {
    const { provider } = await shown()
    const target = async (button: Record<string, string>) =>
      new URL((await press(provider, button)).headers.get('location') ?? '').searchParams
    expect((await target({ persona: 'admin' })).get('code')).toMatch(/^.{43}$/)
    expect((await target({ persona: 'admin' })).get('state')).toBe('a-state')
    expect((await target({ persona: 'denies' })).get('error')).toBe('access_denied')
    expect((await target({ decision: 'deny' })).get('error')).toBe('access_denied')
  })

  test('the request is judged again: a tampered form redirects nowhere', async () => {
    const { provider } = await shown()
    const response = await press(provider, { persona: 'user' }, { redirect_uri: 'https://evil.example/' })
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
  })

  test('an unknown persona gets the page again; GET is not the way', async () => {
    const { provider } = await shown()
    expect((await press(provider, { persona: 'nobody' })).status).toBe(200)
    expect((await provider.fetch(`${provider.endpoints.authorization}/decision`)).status).toBe(405)
  })
})

describe('signing out (RP-Initiated Logout)', () => {
  const out = async (provider: FakeProvider, params: Record<string, string>) =>
    provider.fetch(`${provider.endpoints.end_session}?${new URLSearchParams(params)}`)

  test('back to an allowed URI with state; otherwise a page', async () => {
    const provider = await quietProvider()
    const target = { client_id: 'test-client', post_logout_redirect_uri: redirectUri, state: 's' }
    expect((await out(provider, target)).headers.get('location')).toBe(`${redirectUri}?state=s`)
    expect((await out(provider, {})).status).toBe(200)
    for (const params of [
      { ...target, post_logout_redirect_uri: 'https://evil.example/' },
      { post_logout_redirect_uri: redirectUri },
      { ...target, id_token_hint: 'not.a.jwt' },
    ]) {
      const refused = await out(provider, params)
      expect(refused.status).toBe(400)
      expect(refused.headers.get('location')).toBeNull()
    }
  })
})

test('the root shows what to configure', async () => {
  const provider = await quietProvider()
  const response = await provider.fetch(`${provider.issuer}/`)
  expect(response.status).toBe(200)
  expect(await response.text()).toContain(provider.oauth2.token_endpoint)
})
