import type { Entry } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import { fields, type Sent, send } from '../../oauth1/signing.fixture.ts'
import { stage as openStage, type Stage } from '../played.fixture.ts'

const callback = 'http://localhost:9999/callback?state=s'

const changes: Partial<Entry> = {
  protocol: 'oauth1',
  endpoints: {
    requestToken: 'https://made-up.example/request?v=1',
    authorization: 'https://made-up.example/authorize?lang=en',
    token: 'https://made-up.example/access',
    userinfo: 'https://made-up.example/me?fields=all',
  },
  identity: { from: 'userinfo', subject: 'people.0.id', name: 'people.0.name' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
}

const known = { oauth_consumer_key: 'app-of-made-up' }
const consumerSecret = 'played+made-up/secret%3D='
const now = String(1_793_534_400)

const stage = (more: Partial<Entry> = {}) => openStage({ ...changes, ...more })

const sendTo = ({ provider, at }: Stage, key: string, sent: Sent = {}): Promise<Response> =>
  send(provider, at(key), {
    ...{ consumerSecret, ...sent },
    header: { ...known, oauth_timestamp: now, ...sent.header },
  })

const ask = (on: Stage, sent: Sent = {}) =>
  fields(
    sendTo(on, 'request_token_endpoint', { ...sent, header: { oauth_callback: callback, ...sent.header } }),
  )

type Fields = Record<string, string | number>

/** The page at the provider, for a fresh request token, and what it leads to. */
async function consent(on: Stage, query: Record<string, string> = {}, sent: Sent = {}) {
  const { oauth_token = '', oauth_token_secret = '' }: Fields = await ask(on, sent)
  const url = new URL(on.at('authorization_endpoint'))
  for (const [name, value] of Object.entries({ oauth_token: String(oauth_token), ...query })) {
    url.searchParams.set(name, value)
  }
  const page = await on.provider.fetch(url)
  const back = new URL(page.headers.get('location') ?? 'about:blank').searchParams
  return { token: String(oauth_token), tokenSecret: String(oauth_token_secret), page, back }
}

async function connected(on: Stage) {
  const { token, tokenSecret, back } = await consent(on)
  const header = { oauth_token: token, oauth_verifier: back.get('oauth_verifier') ?? undefined }
  const answer: Fields = await fields(sendTo(on, 'access_token_endpoint', { tokenSecret, header }))
  const { oauth_token, oauth_token_secret } = answer
  return { answer, header: { oauth_token: String(oauth_token) }, tokenSecret: String(oauth_token_secret) }
}

describe('an entry of OAuth 1.0a', () => {
  test('gives its settings in the words of the configuration', async () => {
    const { played } = await stage()
    expect(played.settings).toEqual({
      request_token_endpoint: 'https://provider.test/played/made-up/requestToken?v=1',
      authorization_endpoint: 'https://provider.test/played/made-up/authorization?lang=en',
      access_token_endpoint: 'https://provider.test/played/made-up/token',
      userinfo_endpoint: 'https://provider.test/played/made-up/userinfo?fields=all',
      consumer_key: 'app-of-made-up',
      consumer_secret: consumerSecret,
      api_hosts: ['provider.test'],
    })
    const rsa = await stage({ oauth1: { signatureMethod: 'RSA-SHA1' } })
    expect(rsa.played.settings).toMatchObject({ private_key: { kty: 'RSA', d: expect.any(String) } })
    expect(rsa.played.settings).not.toHaveProperty('consumer_secret')
  })

  test('is played to the end: a person in its shape, and an API', async () => {
    const on = await stage()
    const { header, tokenSecret } = await connected(on)
    const user = await sendTo(on, 'userinfo_endpoint', { method: 'GET', header, tokenSecret })
    expect(await user.json()).toEqual({ people: [{ id: 1001, name: 'Ada Quinn' }] })
    expect((await sendTo(on, 'userinfo_endpoint', { header, tokenSecret })).status).toBe(405)
    const call = () =>
      send(on.provider, `${on.played.api}/x?a=1`, {
        ...{ consumerSecret, tokenSecret, header: { ...known, ...header, oauth_timestamp: now } },
      })
    expect(await (await call()).json()).toMatchObject({ account: 'fake-user-ada', query: [['a', '1']] })
    expect(on.played.grants()).toMatchObject([{ protocol: 'oauth1', clientId: 'app-of-made-up' }])
    expect(on.provider.grants()).toEqual([])
    expect(on.provider.requests.all.map(({ point }) => point)).toContain('request_token')
    on.played.revokeGrant()
    expect((await call()).status).toBe(401)
  })

  test('says who it is with the tokens, and what services need, where the entry has it so', async () => {
    const on = await stage({
      identity: { from: 'token-response', subject: 'user_nsid', login: 'username' },
      wire: { keepFromToken: ['shard'] },
      refresh: { issued: 'no', accessTokenSeconds: 100 },
    })
    const { answer, header, tokenSecret } = await connected(on)
    expect(answer).toMatchObject({ user_nsid: '1001', username: 'ada', shard: 'kept-shard' })
    on.clock.turn(101)
    const late = { ...known, ...header, oauth_timestamp: String(Number(now) + 101) }
    const call = send(on.provider, on.played.api, { consumerSecret, tokenSecret, header: late })
    expect((await call).headers.get('www-authenticate')).toContain('token_rejected')
  })

  test('takes its own signature method alone', async () => {
    const on = await stage({ oauth1: { signatureMethod: 'PLAINTEXT' } })
    const header = { oauth_signature_method: 'PLAINTEXT' }
    expect(await ask(on, { header, makes: (_, key) => key })).toMatchObject({ status: 200 })
    expect(await ask(on)).toMatchObject({ status: 400, oauth_problem: 'signature_method_rejected' })
    const rsa = await stage({ oauth1: { signatureMethod: 'RSA-SHA1' } })
    expect(await ask(rsa)).toMatchObject({ status: 400, oauth_problem: 'signature_method_rejected' })
  })

  test('wants its parameters with the request for temporary credentials, and no others', async () => {
    const scope = { parameter: 'perms', at: 'request-token' } as const
    const on = await stage({
      oauth1: { signatureMethod: 'HMAC-SHA1', requestTokenParams: { mode: 'full' }, scope },
      scopes: { separator: ',', signIn: ['read'] },
    })
    const form = { mode: 'full', perms: 'read,write' }
    expect(await ask(on, { form })).toMatchObject({ status: 200 })
    const { mode } = form
    for (const wrong of [
      {},
      { ...form, mode: 'half' },
      { mode },
      { ...form, perms: 'a b' },
      { ...form, x: '' },
    ]) {
      expect(await ask(on, { form: wrong })).toMatchObject({ status: 400 })
    }
    expect(await ask(on, { form, method: 'PUT' })).toMatchObject({ status: 405 })
    expect((await consent(on, {}, { form })).back.get('oauth_verifier')).not.toBeNull()
    expect((await consent(on, { perms: 'read' }, { form })).page.status).toBe(400)
  })

  test('and with a person', async () => {
    const scope = { parameter: 'perms', at: 'authorization' } as const
    const on = await stage({
      ...{ oauth1: { signatureMethod: 'HMAC-SHA1', scope }, scopes: { signIn: ['read'] } },
      ...{ authorizeParams: { expires: 'never' }, connectAuthorizeParams: { long: 'yes' } },
    })
    const query = { expires: 'never', perms: 'read' }
    expect((await consent(on, query)).page.status).toBe(303)
    expect((await consent(on, { ...query, long: 'yes' })).page.status).toBe(303)
    const others = [
      {},
      { perms: 'read' },
      { expires: 'never' },
      { ...query, x: '1' },
      { ...query, lang: 'de' },
    ]
    for (const wrong of [...others, { ...query, oauth_callback: callback }]) {
      expect((await consent(on, wrong)).page.status).toBe(400)
    }
  })

  test('knows the callback that was registered', async () => {
    const on = await stage()
    on.played.register('http://localhost:9999/callback')
    expect(await ask(on)).toMatchObject({ status: 200 })
    const header = { oauth_callback: 'http://localhost:9999/other?state=s' }
    expect(await ask(on, { header })).toMatchObject({ status: 400 })
  })

  test('of version 1.0 is told the callback with the person, and gives no verifier', async () => {
    const on = await stage({ oauth1: { signatureMethod: 'HMAC-SHA1', unsafeVersion10: true } })
    const without: Sent = { header: { oauth_callback: undefined } }
    expect(await ask(on)).toMatchObject({ status: 400 })
    const { back, token } = await consent(on, { oauth_callback: callback }, without)
    expect([...back]).toEqual([
      ['state', 's'],
      ['oauth_token', token],
    ])
    expect((await consent(on, {}, without)).page.status).toBe(400)
    const evil = await consent(on, { oauth_callback: 'https://evil.example/' }, without)
    expect([evil.page.status, evil.page.headers.get('location')]).toEqual([400, null])
  })

  test('shows the page, for people', async () => {
    const on = await stage()
    on.provider.autoApprove(undefined)
    const { token, page } = await consent(on)
    const html = await page.text()
    expect(html).toContain('Made Up')
    expect(html).toContain('action="https://provider.test/played/made-up/decision"')
    const decide = (body: Record<string, string>) =>
      on.provider.fetch('https://provider.test/played/made-up/decision', {
        ...{ method: 'POST', body: new URLSearchParams({ lang: 'en', oauth_token: token, ...body }) },
      })
    expect((await decide({ persona: 'admin', x: 'y' })).status).toBe(400)
    const { headers } = await decide({ persona: 'admin' })
    expect(headers.get('location')).toContain('oauth_verifier=')
  })

  test('that does not say how to sign is none', async () => {
    const { oauth1: _, ...unsaid } = changes
    await expect(openStage(unsaid)).rejects.toThrow('how requests are signed')
  })
})
