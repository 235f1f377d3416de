import type { Entry, RevocationRequest } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import {
  ask,
  type Changes,
  entryWith,
  idOf,
  outcome,
  paramsOf,
  post,
  type Stage,
  secretOf,
  stage,
  tokens,
} from './played.fixture.ts'

const revocation = 'https://made-up.example/apps/{client_id}/revoke'
const { endpoints } = entryWith()
const api = (on: Stage, token: unknown) => ask(on, on.played.api, token).then(({ status }) => status)
const urlOf = (on: Stage) => on.at('revocation_endpoint').replace('{client_id}', idOf(on))

describe('revocation-renamed', () => {
  const form = { method: 'POST', as: 'form' } as const
  const own = (revocationRequest: RevocationRequest, changes: Partial<Entry> = {}) =>
    stage({
      endpoints: { ...endpoints, revocation },
      ...changes,
      wire: { ...changes.wire, revocationRequest },
    })

  test('takes each parameter, under its name, and no other', async () => {
    const sends = { access_token: '{access_token}', app: '{client_id}', key: '{client_secret}' }
    const on = await own({ ...form, sends })
    const { access_token, refresh_token } = await tokens(on)
    const good = { access_token: String(access_token), app: idOf(on), key: secretOf(on) }
    const send = (changes: Changes, headers = {}) =>
      outcome(post(on, urlOf(on), paramsOf(good, changes), headers))
    expect(await send({ key: 'x' })).toBe('invalid_client')
    expect(await send({ app: undefined })).toBe('invalid_request')
    expect(await send({ token: String(access_token) })).toBe('invalid_request')
    expect(await send({}, { authorization: 'Bearer x' })).toBe('invalid_request')
    expect(await send({ access_token: String(refresh_token) })).toBe('invalid_token')
    expect(await outcome(post(on, `${urlOf(on)}?app=x`, paramsOf(good, {})))).toBe('invalid_request')
    expect(await api(on, access_token)).toBe(200)
    expect(await send({})).toBe('ok')
    expect(await api(on, access_token)).toBe(401)
  })

  test('takes JSON with Basic, and the refresh token', async () => {
    const sends = { token: '{refresh_token}' }
    const on = await own({ method: 'DELETE', sends, as: 'json', authorization: 'basic' })
    const { access_token, refresh_token } = await tokens(on)
    const pair = Buffer.from(`${idOf(on)}:${encodeURIComponent(secretOf(on))}`).toString('base64')
    const headers = { authorization: `Basic ${pair}`, 'content-type': 'application/json' }
    const send = (token: unknown, more: object = {}) =>
      outcome(
        on.provider.fetch(urlOf(on), {
          ...{ method: 'DELETE', headers, body: JSON.stringify({ token }) },
          ...more,
        }),
      )
    expect(await send(refresh_token, { method: 'POST' })).toBe('invalid_request')
    expect(await send(refresh_token, { headers: { ...headers, authorization: 'Basic x' } })).toBe(
      'invalid_client',
    )
    expect(await send(refresh_token, { headers: { authorization: headers.authorization } })).toBe(
      'invalid_request',
    )
    expect(await send(access_token)).toBe('invalid_token')
    expect(await send(refresh_token)).toBe('ok')
    expect(await api(on, access_token)).toBe(401)
  })

  test('takes in the query, with a header of its own', async () => {
    const sends = { t: '{access_token}' }
    const on = await own({ method: 'POST', sends, as: 'query', authorization: 'Client {client_secret}' })
    const { access_token } = await tokens(on)
    const at = `${urlOf(on)}?t=${String(access_token)}`
    const send = (url: string, authorization: string) =>
      outcome(on.provider.fetch(url, { method: 'POST', headers: { authorization } }))
    expect(await send(at, `Bearer ${secretOf(on)}`)).toBe('invalid_client')
    expect(await send(urlOf(on), `Client ${secretOf(on)}`)).toBe('invalid_request')
    expect(await send(at, `Client ${secretOf(on)}`)).toBe('ok')
    expect(await api(on, access_token)).toBe(401)
  })

  test('takes by what came with the tokens, and nobody else’s', async () => {
    const on = await own(
      { ...form, sends: { account: '{data.account}' } },
      { identity: { from: 'token-response', subject: 'account' }, wire: { keepFromToken: ['account'] } },
    )
    const { access_token, account } = await tokens(on)
    on.provider.autoApprove('admin')
    const other = await tokens(on)
    const send = (value: unknown) => outcome(post(on, urlOf(on), paramsOf({ account: String(value) }, {})))
    expect(await send('x')).toBe('ok')
    expect(await api(on, access_token)).toBe(200)
    expect(await send(account)).toBe('ok')
    expect([await api(on, access_token), await api(on, other.access_token)]).toEqual([401, 200])
  })
})
