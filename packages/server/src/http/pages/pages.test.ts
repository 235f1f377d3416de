import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  chooserPage,
  contentSecurityPolicy,
  errorPage,
  onwardPage,
  pageHeaders,
  type SignOutEnd,
  signOutPage,
} from './index.ts'

const hostile = `"><script>alert(1)</script>'&`

const chooser = chooserPage({
  app: 'web',
  providers: [
    { id: 'google', name: 'Google' },
    { id: 'old-one', name: 'Old One' },
  ],
  action: 'https://auth.test/authorize/choose',
  sealed: 'c2VhbGVk',
  requestId: 'req-1',
})
const error = errorPage({ code: 'wrong_browser', description: 'No journey.', requestId: 'req-2' })
const onward = onwardPage({ url: 'https://idp.test/auth?a=1&b=2', providerName: 'IdP' })

const signOut = (end: SignOutEnd) => signOutPage({ ...end, requestId: 'req-3' })
const signedOut = signOut({ kind: 'signed_out', app: 'web', provider: 'IdP', unregistered: true })
const over = signOut({ kind: 'over', app: 'web', back: 'https://app.test/?state=s' })
const ask = signOut({ kind: 'ask', app: 'web', back: 'https://app.test/', code: 'invalid_id_token_hint' })
const returned = signOut({ kind: 'returned', provider: 'IdP' })

describe('every page', () => {
  it.each([
    ['chooser', chooser],
    ['error', error],
    ['onward', onward],
    ['signed out', signedOut],
    ['signed out before', over],
    ['not signed out', ask],
    ['back from a sign-out', returned],
  ])(
    'A19: %s loads nothing, runs nothing and carries the one style whose hash the policy names',
    (_, page) => {
      expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
      expect(page).not.toMatch(
        /<script|<iframe|<object|<link (?!rel="icon" href="data:)|\sstyle=|\son\w+=|url\(|@import/,
      )
      const styles = [...page.matchAll(/<style>([^<]*)<\/style>/g)].map((match) => match[1] ?? '')
      expect(styles).toHaveLength(1)
      const hash = createHash('sha256')
        .update(styles[0] ?? '')
        .digest('base64')
      expect(contentSecurityPolicy()).toContain(`style-src 'sha256-${hash}'`)
    },
  )

  it.each([
    ['chooser', chooser],
    ['error', error],
    ['onward', onward],
    ['signed out', signedOut],
    ['signed out before', over],
    ['not signed out', ask],
    ['back from a sign-out', returned],
  ])('%s has a title, a language, one main, one first heading and takes any width', (_, page) => {
    expect(page.match(/<main>/g)).toHaveLength(1)
    expect(page.match(/<h1>/g)).toHaveLength(1)
    expect(page).toMatch(/<title>[^<]+ · latchkey<\/title>/)
    expect(page).toContain('content="width=device-width, initial-scale=1"')
    expect(page).not.toMatch(
      /(margin|padding|border|inset)-(left|right)|text-align:(left|right)|[^-]width:\d/,
    )
  })

  it('A19: the headers forbid framing, sniffing, storing and referring', () => {
    expect(pageHeaders()).toMatchObject({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
    })
    expect(contentSecurityPolicy()).toMatch(
      /^default-src 'none'; .*form-action 'none'; base-uri 'none'; frame-ancestors 'none'$/,
    )
  })

  it('a page with a form may send it to its own origin, and is not under no-referrer, which nulls the Origin', () => {
    const headers = pageHeaders({ forms: true })
    expect(headers['Content-Security-Policy']).toContain("form-action 'self'")
    expect(headers['Referrer-Policy']).toBe('same-origin')
  })
})

describe('chooserPage', () => {
  it('is one form with the sealed journey and a native button a provider', () => {
    expect(
      chooser.match(/<form method="post" action="https:\/\/auth\.test\/authorize\/choose"/g),
    ).toHaveLength(1)
    expect(chooser).toContain('<input type="hidden" name="journey" value="c2VhbGVk">')
    expect(chooser.match(/<button type="submit" name="provider"/g)).toHaveLength(2)
    expect(chooser).toContain('value="old-one"')
    expect(chooser).toContain('Sign in with <bdi>Old One</bdi>')
    expect(chooser.indexOf('Google')).toBeLessThan(chooser.indexOf('Old One'))
  })

  it('shows a logo of the configuration instead of a letter, tells nobody where it is shown, and says nothing twice', () => {
    const page = chooserPage({
      app: 'web',
      providers: [
        { id: 'a', name: 'Acme', logo: 'https://cdn.test/acme.svg' },
        { id: 'b', name: 'Beta' },
      ],
      ...{ action: '/x', sealed: 's', requestId: 'r' },
    })
    expect(page).toContain(
      '<img class="logo" src="https://cdn.test/acme.svg" alt="" width="28" height="28" referrerpolicy="no-referrer">',
    )
    expect(page.match(/class="monogram"/g)).toHaveLength(1)
  })

  it('A19: may load its logos, exactly, and no other picture', () => {
    const images = ['https://cdn.test/acme.svg', 'https://auth.test/b.png', 'https://cdn.test/acme.svg']
    const headers = pageHeaders({ forms: true, images })
    expect(headers['Content-Security-Policy']).toContain(
      'img-src data: https://cdn.test/acme.svg https://auth.test/b.png;',
    )
    expect(headers['Referrer-Policy']).toBe('same-origin')
    expect(pageHeaders({ forms: true, images: [] })).toEqual(pageHeaders({ forms: true }))
  })

  it('says so when there is no provider', () => {
    const page = chooserPage({ app: 'web', providers: [], action: '/x', sealed: 's', requestId: 'r' })
    expect(page).not.toContain('<form')
    expect(page).toContain('no provider is set up')
  })

  it('escapes whatever comes from a configuration or a request', () => {
    const page = chooserPage({
      app: hostile,
      providers: [{ id: hostile, name: hostile }],
      action: hostile,
      sealed: hostile,
      requestId: hostile,
    })
    expect(page).not.toContain('<script')
    expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(7)
  })
})

describe('errorPage', () => {
  it('says what happened, why, what to do next, and the request id last', () => {
    const order = [
      '<h1>This sign-in does not belong',
      'No journey.',
      'sign in from there again',
      'wrong_browser',
      'req-2',
    ]
    const places = order.map((text) => error.indexOf(text))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it.each([
    'untrusted_origin',
    'invalid_client',
    'invalid_redirect_uri',
    'invalid_request',
    'invalid_callback',
    'wrong_browser',
    'journey_used',
    'not_found',
    'method_not_allowed',
    'rate_limited',
    'temporarily_unavailable',
    'server_error',
  ])('%s has a text of its own', (code) => {
    expect(errorPage({ code, description: 'd', requestId: 'r' })).not.toContain('This cannot go on')
  })

  it('X08: an unknown code gets a general text, and nothing is echoed unescaped', () => {
    const page = errorPage({ code: hostile, description: hostile, requestId: hostile, next: hostile })
    expect(page).toContain('<h1>This cannot go on</h1>')
    expect(page).not.toContain('<script')
  })

  it('a code that is a property of every object is just unknown', () => {
    expect(errorPage({ code: '__proto__', description: 'd', requestId: 'r' })).toContain('This cannot go on')
  })

  it('takes another next step', () => {
    expect(errorPage({ code: 'not_found', description: 'd', requestId: 'r', next: 'Do this.' })).toContain(
      'Do this.',
    )
  })
})

describe('onwardPage', () => {
  it('holds one link, to the same URL, and says where it goes', () => {
    expect(onward.match(/<a /g)).toHaveLength(1)
    expect(onward).toContain('href="https://idp.test/auth?a=1&amp;b=2"')
    expect(onward).toContain('<h1>On to <bdi>IdP</bdi></h1>')
    expect(onward).toContain('Go on to idp.test')
  })

  it('names the host where no provider is named', () => {
    expect(onwardPage({ url: 'http://localhost:5173/callback#error=x' })).toContain(
      '<bdi>localhost:5173</bdi>',
    )
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '/relative', ''])('refuses %j', (url) => {
    expect(() => onwardPage({ url })).toThrow(TypeError)
  })
})

describe('signOutPage', () => {
  it('A40 says that the session ended only where it did', () => {
    const claims = /has ended\.|had ended before/
    for (const page of [signedOut, over]) expect(page).toMatch(claims)
    for (const page of [ask, returned]) expect(page).not.toMatch(claims)
  })

  it('A40 has a link to the address that it is given, and no form', () => {
    expect(over).toContain('<a class="onward" href="https://app.test/?state=s">Go to app.test</a>')
    expect(ask).toContain('href="https://app.test/"')
    for (const page of [signedOut, returned]) expect(page).not.toContain('<a ')
    for (const page of [signedOut, over, ask, returned]) expect(page).not.toContain('<form')
  })

  it('A40 has the code of what was wrong', () => {
    expect(signedOut).toContain('<code>invalid_redirect_uri</code>')
    expect(ask).toContain('<code>invalid_id_token_hint</code>')
    expect(signOut({ kind: 'ask' })).not.toContain('<dt>Error')
  })

  it('A19: nothing of it is markup', () => {
    const pages = [
      signOut({ kind: 'signed_out', app: hostile, provider: hostile, unregistered: false }),
      signOut({ kind: 'over', app: hostile, back: `https://app.test/?x=${hostile}` }),
      signOut({ kind: 'ask', app: hostile }),
      signOut({ kind: 'returned', provider: hostile }),
    ]
    for (const page of pages) expect(page).not.toContain('<script')
  })
})
