import { expect, test } from 'vitest'
import { membersOf, post, quietProvider, signIn } from '../flow.fixture.ts'
import type { FakeProvider, FaultName } from '../index.ts'
import type { tokenFaults } from './token.ts'
import type { transportFaults } from './transport.ts'

type Own<P extends 'refresh' | 'revocation' | 'introspection'> = Exclude<
  FaultName<P>,
  keyof typeof transportFaults | keyof typeof tokenFaults
>
/** The status and what is to be among the members; undefined: not there. */
type Look = [status: number, members: Record<string, unknown>]

const rows = <N extends string>(looks: Record<N, Look>): [N, ...Look][] =>
  Object.entries<Look>(looks).map(([name, look]) => [name as N, ...look])

const provider = () => quietProvider({ refreshTokens: { issue: 'always' } })

const expectLook = async (response: Response, [status, members]: Look) => {
  expect(response.status).toBe(status)
  const body = await membersOf(response)
  for (const [name, value] of Object.entries(members)) expect(body[name], name).toEqual(value)
}

const refresh = (op: FakeProvider, token: unknown) =>
  post(op, op.endpoints.token, { grant_type: 'refresh_token', refresh_token: String(token) })

test.each(
  rows<Own<'refresh'>>({
    'rate-limited': [429, { error: 'rate_limit_exceeded' }],
    'slow-down': [400, { error: 'slow_down' }],
    'invalid-grant-with-200': [200, { error: 'invalid_grant' }],
    'invalid-scope': [400, { error: 'invalid_scope' }],
    'unauthorized-client': [400, { error: 'unauthorized_client' }],
    'unsupported-grant-type': [400, { error: 'unsupported_grant_type' }],
    'temporarily-unavailable': [400, { error: 'temporarily_unavailable' }],
    'missing-refresh-token': [200, { refresh_token: undefined, token_type: 'Bearer' }],
    'null-refresh-token': [200, { refresh_token: null }],
    'empty-refresh-token': [200, { refresh_token: '' }],
    'refresh-token-number': [200, { refresh_token: 12_345 }],
    'missing-scope': [200, { scope: undefined, token_type: 'Bearer' }],
    'scope-number': [200, { scope: 7 }],
    'expires-in-null': [200, { expires_in: null }],
    'fewer-scopes': [200, { scope: 'openid profile' }],
    'refresh-expires-in': [200, { refresh_expires_in: 1800 }],
    'foreign-id-token': [200, { id_token: 'nonsense' }],
  }),
)('refresh %s', async (name, ...look) => {
  const op = await provider()
  const { refresh_token } = await signIn(op)
  op.faults.next('refresh', name)
  await expectLook(await refresh(op, refresh_token), look)
  expect(op.faults.waiting()).toBe(0)
})

test('refresh error-with-200 is about a refresh token', async () => {
  const op = await provider()
  const { refresh_token } = await signIn(op)
  op.faults.next('refresh', 'error-with-200')
  await expectLook(await refresh(op, refresh_token), [200, { error: 'bad_refresh_token' }])
})

test('what waits at refresh leaves codes alone, and comes before what waits at token', async () => {
  const op = await provider()
  op.faults.next('refresh', 'slow-down')
  const { refresh_token } = await signIn(op)
  op.faults.next('token', 'invalid-client')
  expect((await membersOf(await refresh(op, refresh_token))).error).toBe('slow_down')
  expect((await membersOf(await refresh(op, refresh_token))).error).toBe('invalid_client')
  expect((await refresh(op, refresh_token)).status).toBe(200)
})

test.each(
  rows<Exclude<FaultName<'revocation'>, keyof typeof transportFaults | 'lost-answer'>>({
    'rate-limited': [429, { error: 'rate_limit_exceeded' }],
    'invalid-client': [401, { error: 'invalid_client' }],
    'error-with-200': [200, { error: 'server_error' }],
    'unsupported-token-type': [400, { error: 'unsupported_token_type' }],
    'invalid-token': [400, { error: 'invalid_token' }],
  }),
)('revocation %s: nothing done', async (name, ...look) => {
  const op = await provider()
  const { refresh_token } = await signIn(op)
  op.faults.next('revocation', name)
  await expectLook(await post(op, op.endpoints.revocation, { token: String(refresh_token) }), look)
  expect(op.grants()[0]).not.toHaveProperty('revokedBy')
})

test('revocation empty and lost-answer: done', async () => {
  const op = await provider()
  for (const name of ['empty', 'lost-answer'] as const) {
    const { refresh_token } = await signIn(op)
    op.faults.next('revocation', name)
    const answer = post(op, op.endpoints.revocation, { token: String(refresh_token) })
    if (name === 'empty') expect(await (await answer).text()).toBe('')
    else await expect(answer).rejects.toThrow(TypeError)
  }
  expect(op.grants()).toMatchObject([{ revokedBy: 'client' }, { revokedBy: 'client' }])
})

test.each(
  rows<Exclude<FaultName<'introspection'>, keyof typeof transportFaults>>({
    'rate-limited': [429, { error: 'rate_limit_exceeded' }],
    'invalid-client': [401, { error: 'invalid_client' }],
    inactive: [200, { active: false }],
    'missing-active': [200, { active: undefined, sub: 'fake-user-ada' }],
    'active-string': [200, { active: 'true' }],
    'missing-exp': [200, { active: true, exp: undefined }],
    'exp-not-a-number': [200, { active: true, exp: 'soon' }],
  }),
)('introspection %s', async (name, ...look) => {
  const op = await provider()
  const { access_token } = await signIn(op, {}, 'oauth2')
  op.faults.next('introspection', name)
  await expectLook(await post(op, op.endpoints.oauth2.introspection, { token: String(access_token) }), look)
})
