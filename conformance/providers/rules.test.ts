// Every rule of the wire and every quirk by name: the journey works where the configuration says what the provider does, and
// does not, or comes to something else, where it does not say it.
import { type Entry, knownQuirks, quirks } from '@latchkey/providers'
import type { FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { byTheBook, type Case, openId, quirkCases, rules, type Step } from './cases.ts'
import { arrive, connectAt, disconnect, handedOut, identify, works } from './journeys.ts'
import { openStage, type Stage } from './stage.ts'

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const cases: readonly (Case & { id: string })[] = [
  ...Object.entries(rules).map(([name, one]) => ({ ...one, id: `rule-${kebab(name)}` })),
  ...Object.entries(quirkCases).map(([name, one]) => ({ ...one, id: `quirk-${name}` })),
]

const entryOf = (id: string, changes: Partial<Entry> = {}): Entry =>
  changes.protocol === 'oidc' ? openId(id, changes) : byTheBook(id, changes)

const methods = {
  ...{ basic: 'client_secret_basic', post: 'client_secret_post' },
  ...{ none: 'none', private_key_jwt: 'private_key_jwt' },
}

/** As somebody writes it who describes a provider of their own. */
function byHand(provider: FakeProvider, entry: Entry, parts: object[]): Record<string, unknown> {
  const { wire: _hosts, ...settings } = provider.played(entry.id).settings
  const isOpenId = entry.protocol === 'oidc'
  const method = methods[entry.clientAuthentication ?? 'post']
  const profile = { name: 'name', label: 'login', email: 'email', email_verified: 'email_verified' }
  const described: Record<string, unknown> = {
    ...{ ...settings, type: entry.protocol, connect: true, token_endpoint_auth_method: method },
    ...(isOpenId ? {} : { subject: 'id', profile, scopes: ['read', 'write'] }),
  }
  for (const part of parts) {
    const { wire, ...others } = Object.assign({ wire: {} }, part)
    Object.assign(described, others, { wire: Object.assign({}, described.wire, wire) })
  }
  return described
}

const usual: Record<Step, unknown> = {
  'sign-in': { subject: '1001', email: 'ada@example.com', verified: true, name: 'Ada Quinn' },
  connect: { scopes: ['read', 'write'], works: true, data: undefined, seconds: 3600 },
  renew: { another: true, works: true },
  end: { status: 409, reason: 'revoked' },
  revoke: { said: true, works: false },
  deny: 'access_denied',
}

let stage: Stage
beforeAll(async () => {
  const plays = cases.flatMap(({ id, entry, otherwise }) => [
    entryOf(id, entry),
    entryOf(`${id}-not`, otherwise ?? { ...entry, quirks: [], wire: {} }),
  ])
  stage = await openStage(plays, (provider) =>
    Object.fromEntries(
      cases.flatMap(({ id, entry, says = {}, unsaid = {}, beside = {}, proof = 'unsaid' }) => {
        const said = typeof says === 'function' ? says(new URL(provider.origin).host) : says
        const mutant = proof === 'unmet' ? entryOf(`${id}-not`, entry) : entryOf(id, entry)
        return [
          [id, byHand(provider, entryOf(id, entry), [beside, said])],
          [`${id}-mutant`, byHand(provider, mutant, proof === 'unmet' ? [beside, said] : [beside, unsaid])],
        ]
      }),
    ),
  )
  for (const { id } of cases) stage.provider.played(id).register(`${stage.server.issuer}/callback/${id}`)
})
afterAll(() => stage?.close())

async function outcome(id: string, played: string, step: Step): Promise<unknown> {
  const { clock } = stage.server
  if (step === 'deny') {
    stage.provider.autoApprove('denies')
    const { error } = await arrive(stage, id)
    stage.provider.autoApprove('user')
    return error
  }
  if (step === 'sign-in') {
    const { email, verified, name, identity } = await identify(stage, id)
    return { ...{ email, verified, name }, subject: Object(identity).subject }
  }
  const connection = await connectAt(stage, id)
  const first = await handedOut(stage, connection.id)
  const taken = await works(stage, played, first.token)
  const left = first.expiresAt === undefined ? undefined : Math.round((first.expiresAt - clock.now()) / 1000)
  if (step === 'connect') {
    const { granted } = connection.scopes
    return { scopes: granted, works: taken, data: first.body.provider_data, seconds: left }
  }
  if (step === 'revoke') {
    return { said: await disconnect(stage, connection.id), works: await works(stage, played, first.token) }
  }
  if (step === 'end') {
    stage.provider.played(played).revokeGrant()
    clock.advance((left ?? 3600) * 1000)
    const { status, body } = await handedOut(stage, connection.id)
    return { status, reason: body.reason }
  }
  clock.advance(((left ?? 3600) - 1) * 1000)
  const second = await handedOut(stage, connection.id)
  clock.advance(2000)
  return { another: second.token !== first.token, works: await works(stage, played, second.token) }
}

const expected = ({ at, gives }: Case): unknown =>
  gives === undefined ? usual[at] : Object.assign({}, usual[at], gives)

describe.each(cases)('$id', ({ id, at, ...one }) => {
  it(`is spoken, up to ${at}`, async () => {
    expect(await outcome(id, id, at)).toEqual(expected({ at, ...one }))
  })

  it.skipIf(one.proof === 'nothing')('makes a difference', async () => {
    const mutant = await outcome(`${id}-mutant`, id, at).catch(() => 'failed')
    expect(mutant).not.toEqual(expected({ at, ...one }))
  })
})

describe('the table', () => {
  it('has every quirk that configuration may name', () => {
    expect(Object.keys(quirkCases).sort()).toEqual([...knownQuirks.keys()].sort())
  })

  it('takes nothing as proved that could be', () => {
    const free = cases.filter(({ proof }) => proof === 'nothing').map(({ id }) => id.replace('quirk-', ''))
    const silent = free.filter((name) => Object.keys(quirks.get(name)?.rules ?? {}).length > 0)
    // A form-encoded space is a plus sign.
    expect(silent).toEqual(['plus-scopes'])
  })
})
