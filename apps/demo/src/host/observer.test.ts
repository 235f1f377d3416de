import { describe, expect, it } from 'vitest'
import { type BackChannel, createObserver } from './observer.ts'

const issuer = 'https://auth.test'
const secrets = {
  upstreamCode: 'upstream-code-value',
  code: 'code-value',
  verifier: 'verifier-value',
  journeyId: 'journey-id-value',
  state: 'lk.state-value',
  sealed: 'sealed-value',
  token: `e30.${Buffer.from(JSON.stringify({ sid: 'ses_1' })).toString('base64url')}.sig`,
}

const onward = `https://idp.test/authorize?client_id=latchkey&state=${secrets.journeyId}&nonce=n`
const back = `https://app.test/callback#code=${secrets.code}&state=${secrets.state}&iss=https%3A%2F%2Fauth.test`

const answers: Record<string, () => Response> = {
  '/authorize': () =>
    new Response('', {
      headers: {
        Refresh: `0;url=${onward}`,
        'Set-Cookie': `__Host-latchkey-j-${secrets.journeyId}=${secrets.sealed}; HttpOnly; SameSite=Lax`,
      },
    }),
  '/callback/idp': () => new Response(null, { status: 303, headers: { Location: back } }),
  '/token': () => Response.json({ access_token: secrets.token }),
}

const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  new Request(`${issuer}${path}`, { method: 'POST', body: new URLSearchParams(form), headers })
const start = () =>
  post(
    '/authorize',
    { client_id: 'web', provider: 'idp', state: secrets.state },
    { Origin: 'https://app.test' },
  )
const callback = () =>
  new Request(`${issuer}/callback/idp?code=${secrets.upstreamCode}&state=${secrets.journeyId}`, {
    headers: { Cookie: `__Host-latchkey-j-${secrets.journeyId}=${secrets.sealed}` },
  })
const redeem = () =>
  post(
    '/token',
    { grant_type: 'authorization_code', code: secrets.code, code_verifier: secrets.verifier },
    { DPoP: 'proof' },
  )

function setUp(given: Record<string, () => Response> = {}, backChannel: BackChannel[] = []) {
  const asked: string[] = []
  let now = 1000
  const observer = createObserver({
    issuer,
    clock: { now: () => now++ },
    backChannel: (code) => {
      asked.push(code)
      return backChannel
    },
  })
  const latchkey = observer.watch(
    ({ url }) => ({ ...answers, ...given })[new URL(url).pathname]?.() ?? new Response(),
  )
  return { observer, latchkey, asked }
}

describe('the observer', () => {
  it('follows one journey from its start to the session that it yielded', async () => {
    const { observer, latchkey } = setUp()
    for (const request of [start(), callback(), redeem()]) await latchkey(request)
    const trace = observer.ofSession('ses_1')
    expect(trace?.provider).toBe('idp')
    expect(trace?.hops.map(({ kind }) => kind)).toEqual(['start', 'callback', 'redeem'])
    expect(trace?.hops[0]).toMatchObject({
      origin: 'https://app.test',
      setsCookie: 'HttpOnly; SameSite=Lax',
      onward: { to: 'https://idp.test/authorize' },
    })
    expect(trace?.hops[1]).toMatchObject({ cookie: true, status: 303 })
    expect(trace?.hops[2]).toMatchObject({
      dpop: true,
      form: expect.arrayContaining([{ name: 'code', length: 10 }]),
    })
  })

  it('X06: keeps names and lengths, and no value that opens anything', async () => {
    const { observer, latchkey } = setUp()
    for (const request of [start(), callback(), redeem()]) await latchkey(request)
    const text = JSON.stringify(observer.ofSession('ses_1'))
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
  })

  it('X06: follows a connect from what was pushed to the account, and keeps none of it', async () => {
    const reference = 'urn:reference-value'
    const { observer, latchkey } = setUp({
      '/par': () => Response.json({ request_uri: reference, expires_in: 60 }, { status: 201 }),
      '/account/connections': () =>
        Response.json({ id: 'con_1', account: { subject: 's' } }, { status: 201 }),
    })
    await latchkey(
      post('/par', { client_id: 'web', provider: 'idp', intent: 'connect', state: secrets.state }),
    )
    await latchkey(
      post('/authorize', { client_id: 'web', request_uri: reference }, { Origin: 'https://app.test' }),
    )
    await latchkey(callback())
    const finish = new Request(`${issuer}/account/connections`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', DPoP: 'proof' },
      body: JSON.stringify({ code: secrets.code, code_verifier: secrets.verifier }),
    })
    await latchkey(finish)
    const trace = observer.ofConnection('con_1')
    expect(trace).toMatchObject({ provider: 'idp', intent: 'connect' })
    expect(trace?.hops.map(({ kind }) => kind)).toEqual(['push', 'start', 'callback', 'finish'])
    const text = JSON.stringify(trace)
    for (const secret of [reference, ...Object.values(secrets)]) expect(text).not.toContain(secret)
  })

  it('passes requests and answers on untouched', async () => {
    const { latchkey } = setUp({ '/token': () => Response.json({ access_token: 'x' }, { status: 200 }) })
    const answer = await latchkey(redeem())
    expect(await answer.json()).toEqual({ access_token: 'x' })
  })

  it('adds what the provider says it was asked with the code of this callback', async () => {
    const form = new URLSearchParams({ code: secrets.upstreamCode, grant_type: 'authorization_code' })
    const exchange: BackChannel = {
      kind: 'exchange',
      at: 1,
      url: 'https://idp.test/token',
      method: 'POST',
      form,
      authorization: 'Basic c2VjcmV0',
    }
    const { observer, latchkey, asked } = setUp({}, [exchange])
    for (const request of [start(), callback(), redeem()]) await latchkey(request)
    expect(asked).toEqual([secrets.upstreamCode])
    const hop = observer.ofSession('ses_1')?.hops.find(({ kind }) => kind === 'exchange')
    expect(hop).toMatchObject({ authentication: 'Basic', to: 'https://idp.test/token' })
    expect(JSON.stringify(hop)).not.toContain('c2VjcmV0')
  })

  it('links the choice on the chooser page to the start that led there', async () => {
    const { observer, latchkey } = setUp({
      '/authorize': () => new Response('<input type="hidden" name="journey" value="sealed-1">'),
      '/authorize/choose': () => new Response('', { headers: { Refresh: `0;url=${onward}` } }),
    })
    await latchkey(post('/authorize', { client_id: 'web' }))
    await latchkey(post('/authorize/choose', { journey: 'sealed-1', provider: 'idp' }))
    await latchkey(callback())
    await latchkey(redeem())
    const trace = observer.ofSession('ses_1')
    expect(trace?.hops.map(({ kind }) => kind)).toEqual(['start', 'choose', 'callback', 'redeem'])
    expect(trace?.provider).toBe('idp')
  })

  it('finds a journey that ended without a session by its time', async () => {
    const { observer, latchkey } = setUp()
    await latchkey(start())
    expect(observer.since(1000)?.hops).toHaveLength(1)
    expect(observer.since(5000)).toBeUndefined()
    expect(observer.ofSession('ses_1')).toBeUndefined()
  })

  it('ignores callbacks and codes of journeys that it has not seen', async () => {
    const { observer, latchkey } = setUp()
    await latchkey(callback())
    await latchkey(redeem())
    expect(observer.ofSession('ses_1')).toBeUndefined()
  })

  it('X04: forgets all but the last 50', async () => {
    const { observer, latchkey } = setUp()
    await latchkey(start())
    await latchkey(callback())
    await latchkey(redeem())
    for (let i = 0; i < 50; i++) await latchkey(start())
    expect(observer.ofSession('ses_1')).toBeUndefined()
  })
})
