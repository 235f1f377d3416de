// The relying-party plans of the OpenID Foundation's conformance suite that a client of the code flow can be put to, module by
// module under the suite's names. Where the suite takes either outcome, the stricter one is demanded.
import { generateKeyPairSync } from 'node:crypto'
import {
  compose,
  type FaultName,
  type FaultPoint,
  type Faults,
  faultTable,
  type IdTokenMutator,
  onMembers,
  signedWith,
  withClaims,
  withHeader,
} from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type SignedIn, signIn } from '../account/support.ts'
import { connect, openRoom as openConnectRoom } from '../connect/support.ts'
import { home, isAlive, visitLogout } from '../logout/support.ts'
import { createBrowser } from '../support/browser.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { vaultCaller } from '../vault/caller.ts'
import { countRows, reasonLogged } from './evidence.ts'
import { openRoom, type Room, takeTrip, terse } from './room.ts'

type Kind = 'oidc' | 'posted' | 'keyed'

const oidcc = (name: string) => `oidcc-client-test${name === '' ? '' : `-${name}`}`
const fapi = (name: string) => `fapi2-security-profile-final-client-test-${name}`

/** The modules' faults, by the suite's name: where, what, and what our log has to say; without it the sign-in must succeed. */
interface Module {
  strikes?: (faults: Faults) => void
  idToken?: IdTokenMutator
  reason?: string
  ends?: string
}

const at =
  <P extends FaultPoint>(point: P, fault: FaultName<P>) =>
  (faults: Faults): void =>
    faults.always(point, fault)
const idTokenFault = (name: keyof typeof faultTable.id_token): IdTokenMutator =>
  faultTable.id_token[name].fault

const basic: Record<string, Module> = {
  '': {},
  'invalid-iss': { idToken: idTokenFault('wrong-iss'), reason: 'id_token_issuer' },
  'missing-sub': { idToken: idTokenFault('missing-sub'), reason: 'id_token_subject' },
  'invalid-aud': { idToken: idTokenFault('wrong-aud'), reason: 'id_token_audience' },
  'missing-iat': { idToken: idTokenFault('missing-iat'), reason: 'id_token_time' },
  'kid-absent-single-jwks': { idToken: idTokenFault('missing-kid') },
  'idtoken-sig-rs256': {},
  'idtoken-sig-none': { idToken: idTokenFault('alg-none'), reason: 'id_token_algorithm' },
  'invalid-sig-rs256': { idToken: idTokenFault('bad-signature'), reason: 'id_token_signature' },
  'userinfo-invalid-sub': { strikes: at('userinfo', 'other-subject'), reason: 'userinfo_subject' },
  'nonce-invalid': { idToken: idTokenFault('wrong-nonce'), reason: 'id_token_nonce' },
  'scope-userinfo-claims': {},
  'client-secret-basic': {},
}

/** What the certified plans leave to the comprehensive one. */
const further: Record<string, Module> = {
  'invalid-sig-hs256': { idToken: idTokenFault('hs256-client-secret'), reason: 'id_token_algorithm' },
  'missing-aud': { idToken: idTokenFault('missing-aud'), reason: 'id_token_audience' },
  'userinfo-bearer-header': {},
}

const fapi2: Record<string, Module> = {
  'happy-path': {},
  'happy-path-no-dpop-nonce': {},
  'discovery-issuer-mismatch': { strikes: at('discovery', 'issuer-mismatch'), reason: 'metadata_issuer' },
  'invalid-iss': { idToken: idTokenFault('wrong-iss'), reason: 'id_token_issuer' },
  'invalid-aud': { idToken: idTokenFault('wrong-aud'), reason: 'id_token_audience' },
  'invalid-secondary-aud': { idToken: idTokenFault('extra-aud'), reason: 'id_token_audience' },
  'invalid-null-alg': { idToken: idTokenFault('alg-none'), reason: 'id_token_algorithm' },
  'invalid-alternate-alg': { idToken: idTokenFault('other-algorithm'), reason: 'id_token_algorithm' },
  'invalid-expired-exp': { idToken: idTokenFault('expired'), reason: 'id_token_expired' },
  'invalid-missing-exp': { idToken: idTokenFault('missing-exp'), reason: 'id_token_time' },
  'invalid-missing-aud': { idToken: idTokenFault('missing-aud'), reason: 'id_token_audience' },
  'invalid-missing-iss': { idToken: idTokenFault('missing-iss'), reason: 'id_token_issuer' },
  'valid-aud-as-array': { idToken: idTokenFault('aud-array') },
  'invalid-nonce': { idToken: idTokenFault('wrong-nonce'), reason: 'id_token_nonce' },
  'invalid-missing-nonce': { idToken: idTokenFault('missing-nonce'), reason: 'id_token_nonce' },
  'invalid-authorization-response-iss': { strikes: at('authorize', 'wrong-iss'), reason: 'callback_issuer' },
  'remove-authorization-response-iss': {
    strikes: at('authorize', 'missing-iss'),
    reason: 'callback_issuer_missing',
  },
  'ensure-authorization-response-with-invalid-state-fails': {
    strikes: at('authorize', 'wrong-state'),
    ...{ ends: '403 wrong_browser', reason: 'no cookie' },
  },
  'ensure-authorization-response-with-invalid-missing-state-fails': {
    strikes: at('authorize', 'missing-state'),
    ...{ ends: '400 invalid_callback', reason: 'state is missing or malformed' },
  },
  'token-endpoint-response-without-expires_in': { strikes: at('token', 'missing-expires-in') },
  'token-type-case-insensitivity': { strikes: at('token', 'token-type-lower-case') },
}

/** Modules of those plans that no relying party of this kind can be put to. */
const notForUs: Record<string, string> = {
  [fapi('rs-dpop-auth-scheme-case-insensitivity')]:
    'DPoP toward a provider is not spoken: Bearer tokens in the vault',
  [fapi('happy-path-no-mtls-endpoint-aliases')]: 'certificates toward a provider are not spoken',
  'fapi2-security-profile-final-client-refresh-token-test': 'a profile of Brazil',
  [fapi('grant-management-happy-path')]: 'Grant Management is not spoken',
  [fapi('grant-management-query-and-revoke')]: 'Grant Management is not spoken',
  [fapi('grant-management-invalid-grant-id-fails')]: 'Grant Management is not spoken',
}

/** As a plan lists its modules; what of it has a test here, or a reason above. */
const plans = {
  'oidcc-client-basic-certification-test-plan': [
    ...['', 'invalid-iss', 'missing-sub', 'invalid-aud', 'missing-iat', 'kid-absent-single-jwks'],
    ...['kid-absent-multiple-jwks', 'idtoken-sig-rs256', 'idtoken-sig-none', 'invalid-sig-rs256'],
    ...['userinfo-invalid-sub', 'nonce-invalid', 'scope-userinfo-claims', 'client-secret-basic'],
  ].map(oidcc),
  'oidcc-client-config-certification-test-plan': [
    ...[
      'discovery-openid-config',
      'discovery-jwks-uri-keys',
      'discovery-issuer-mismatch',
      'idtoken-sig-none',
    ],
    ...['signing-key-rotation-just-before-signing', 'signing-key-rotation'],
  ].map(oidcc),
  'oidcc-client-refreshtoken-test-plan': [
    ...['refresh-token', 'refresh-token-invalid-issuer', 'refresh-token-invalid-sub'],
  ].map(oidcc),
  'oidcc-client-rp-initiated-logout-rp-basic': [
    ...['rp-init-logout', 'rp-init-logout-other-state', 'rp-init-logout-no-state'],
  ].map(oidcc),
  'oidcc-client-back-channel-logout-rp-basic': [
    ...[
      '',
      '-alg-none',
      '-no-event',
      '-with-nonce',
      '-wrong-alg',
      '-wrong-aud',
      '-wrong-event',
      '-wrong-iss',
    ],
  ].map((name) => oidcc(`rp-backchannel-rpinitlogout${name}`)),
  'fapi2-security-profile-final-client-test-plan': [
    ...Object.keys(fapi2).map(fapi),
    ...Object.keys(notForUs),
  ],
}

const played = new Set<string>(Object.keys(notForUs))
/** Notes a module as played and gives it as a title. */
function title(name: string): string {
  played.add(name)
  return name
}

const second = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const publicJwk = { ...second.publicKey.export({ format: 'jwk' }), kid: 'client-1', alg: 'ES256', use: 'sig' }
const privateJwk = { ...second.privateKey.export({ format: 'jwk' }), kid: 'client-1', alg: 'ES256' }

let room: Room
beforeAll(async () => {
  room = await openRoom({
    hostile: {
      clients: [
        { client_id: 'secret', client_secret: 'a:secret/of+all kinds' },
        { client_id: 'keyed', jwks: { keys: [publicJwk] } },
      ],
    },
    configure: ({ hostile, steady }) => ({
      clients: [
        {
          ...{ id: 'web', redirect_uris: [spaRedirectUri], origins: [spaOrigin] },
          post_logout_redirect_uris: [home],
        },
      ],
      providers: {
        oidc: { ...hostile.oidc, id_token_algorithms: ['RS256'], sign_out: true },
        posted: { ...hostile.oidc, id_token_algorithms: ['RS256'], response_mode: 'form_post' },
        keyed: {
          ...{ type: 'oidc', issuer: hostile.issuer, client_id: 'keyed', private_key: privateJwk },
          id_token_algorithms: ['RS256'],
        },
        other: steady.oidc,
      },
    }),
  })
})
beforeEach(() => {
  // Metadata and keys are forgotten.
  room.clock.advance(25 * 3_600_000)
  room.fresh()
  room.hostile.autoApprove('user')
})
afterAll(() => room?.close())

/** Nobody is let in whom a module spoils, and it is our log that says why. */
async function playModule(kind: Kind, { strikes, idToken, reason, ends }: Module): Promise<void> {
  const { faults } = room.hostile
  strikes?.(faults)
  faults.always('id_token', idToken === undefined ? terse : compose(terse, idToken))
  const before = await countRows(room)
  const trip = await takeTrip(room, kind)
  expect(trip.ending).toBe(ends ?? (reason === undefined ? 'code' : 'provider_error'))
  if (reason === undefined) return
  expect(reasonLogged(room, trip.requestId)).toBe(reason)
  expect(await countRows(room)).toEqual(before)
}

describe.each<[Kind, string]>([
  ['oidc', 'oidcc-client-basic-certification-test-plan'],
  ['posted', 'oidcc-client-formpost-basic-certification-test-plan'],
])('%s: %s', (kind) => {
  it.each(
    Object.entries({ ...basic, ...further }).map(([name, module]) => [title(oidcc(name)), module] as const),
  )('%s', async (_, module) => playModule(kind, module))

  it(`${title(oidcc('kid-absent-multiple-jwks'))}: each published key is tried, and no other`, async () => {
    await room.hostile.rotateKey()
    await playModule(kind, { idToken: idTokenFault('missing-kid') })
    const foreign = compose(idTokenFault('missing-kid'), idTokenFault('foreign-key'))
    await playModule(kind, { idToken: foreign, reason: 'id_token_signature' })
    await room.hostile.rotateKey({ drop: true })
  })

  it('scope-userinfo-claims, client-secret-basic: what was asked and how', async () => {
    await playModule(kind, {})
    const { requests } = room.hostile
    expect(requests.last('authorize')?.query.get('scope')).toBe('openid profile email')
    expect(requests.last('token')?.headers.authorization).toMatch(/^Basic /)
    expect(requests.last('token')?.form.has('client_secret')).toBe(false)
    const userinfo = requests.last('userinfo')
    expect([userinfo?.headers.authorization, userinfo?.query.size]).toEqual([
      expect.stringMatching(/^Bearer /),
      0,
    ])
  })
})

describe('oidcc-client-config-certification-test-plan', () => {
  it(`${title(oidcc('discovery-openid-config'))}, ${title(oidcc('discovery-jwks-uri-keys'))}`, async () => {
    await playModule('oidc', {})
    expect(room.hostile.requests.to('discovery')).toHaveLength(1)
    expect(room.hostile.requests.to('jwks')).toHaveLength(1)
  })

  it(`${title(oidcc('discovery-issuer-mismatch'))}: is not used`, () =>
    playModule('oidc', { strikes: at('discovery', 'issuer-mismatch'), reason: 'metadata_issuer' }))

  it(`${title(oidcc('signing-key-rotation-just-before-signing'))}: is found out`, async () => {
    await playModule('oidc', {})
    await room.hostile.rotateKey({ drop: true })
    await playModule('oidc', {})
  })

  it(`${title(oidcc('signing-key-rotation'))}: costs no sign-in`, async () => {
    await playModule('oidc', {})
    await room.hostile.rotateKey()
    await playModule('oidc', {})
    await playModule('posted', {})
  })
})

describe('oidcc-client-refreshtoken-test-plan', () => {
  /** A connected account whose token is over, and what a service is told when it asks then. */
  async function renewal(spoil?: IdTokenMutator) {
    const reports = vaultCaller('reports', () => house.server.issuer)
    const house = await openConnectRoom(() => ({
      services: [{ id: reports.id, secret: reports.secret, vault: { calendar: ['*'] } }],
    }))
    try {
      const user = await signIn(house.server, { provider: 'oidc' })
      const { id } = await connect(house.server, user)
      const first = await vaultCaller('reports', () => house.server.issuer).token(id)
      house.server.clock.advance(3_600_000)
      if (spoil !== undefined) house.provider.faults.always('id_token', spoil)
      const second = await vaultCaller('reports', () => house.server.issuer).token(id)
      const [refresh] = house.provider.requests.to('refresh')
      return { first, second, refresh, said: house.server.logs.join('\n') }
    } finally {
      await house.close()
    }
  }

  it(`${title(oidcc('refresh-token'))}: is used when it is time`, async () => {
    const { first, second, refresh } = await renewal()
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.body.access_token).not.toBe(first.body.access_token)
    expect(refresh?.form.get('grant_type')).toBe('refresh_token')
  })

  it.each([
    [title(oidcc('refresh-token-invalid-issuer')), withClaims({ iss: 'https://other.example.com' })],
    [title(oidcc('refresh-token-invalid-sub')), withClaims({ sub: 'somebody-else' })],
  ])('%s', async (_, spoil) => {
    const { second, said } = await renewal(spoil)
    expect(second.status).not.toBe(200)
    expect(second.body).not.toHaveProperty('access_token')
    expect(said).toContain('refresh_identity')
  })
})

describe('oidcc-client-rp-initiated-logout-rp-basic', () => {
  /** Signs out from the app on; what the provider changes of its answer is done on the way back. */
  async function signOut(state: string | undefined, back: (url: URL) => void = () => {}) {
    const user = await signIn(room, { provider: 'oidc' })
    const first = await visitLogout(room, 'GET', {
      ...{ id_token_hint: user.idToken, post_logout_redirect_uri: home },
      ...(state === undefined ? {} : { state }),
    })
    const browser = createBrowser(room.clock)
    const atProvider = await browser.follow(first, (url) => url.pathname.startsWith('/logout/done/'))
    const asked = room.hostile.requests.last('end_session')
    const returned = new URL(atProvider.next ?? room.issuer)
    back(returned)
    const done = await browser.visit(returned)
    return { user, asked, done }
  }

  it(`${title(oidcc('rp-init-logout'))}: signs out in both places`, async () => {
    const { user, asked, done } = await signOut('s1')
    expect(await isAlive(room, user)).toBe(false)
    expect(asked?.query.get('id_token_hint')).not.toBeNull()
    expect(done.next?.href).toBe(`${home}?state=s1`)
  })

  it(`${title(oidcc('rp-init-logout-other-state'))}: leads nowhere`, async () => {
    const { user, done } = await signOut('s1', (url) => url.searchParams.set('state', 'another'))
    expect(await isAlive(room, user)).toBe(false)
    // Signed out, says a page of ours; nobody is sent on for a state that we did not give.
    expect([done.status, done.next]).toEqual([200, undefined])
  })

  it(`${title(oidcc('rp-init-logout-no-state'))}: leads home`, async () => {
    const { user, done } = await signOut(undefined)
    expect(await isAlive(room, user)).toBe(false)
    expect(done.next?.href).toBe(home)
  })
})

describe('oidcc-client-back-channel-logout-rp-basic', () => {
  const plain = 'rp-backchannel-rpinitlogout'
  const send = async (user: SignedIn, spoil?: IdTokenMutator) => {
    const uri = `${room.issuer}/backchannel-logout/oidc`
    const { status } = await room.hostile.sendLogout({ uri, persona: 'user' }, spoil)
    return { status, alive: await isAlive(room, user) }
  }

  it(`${title(oidcc(plain))}: ends the sessions`, async () => {
    expect(await send(await signIn(room, { provider: 'oidc' }))).toEqual({ status: 200, alive: false })
  })

  it.each<[string, IdTokenMutator]>([
    [title(oidcc(`${plain}-alg-none`)), idTokenFault('alg-none')],
    [title(oidcc(`${plain}-no-event`)), withClaims({ events: undefined })],
    [title(oidcc(`${plain}-with-nonce`)), withClaims({ nonce: 'n' })],
    [
      title(oidcc(`${plain}-wrong-alg`)),
      compose(
        withHeader({ alg: 'HS256' }),
        signedWith(({ clientSecret = '' }) => ({ kind: 'hmac', secret: clientSecret })),
      ),
    ],
    [title(oidcc(`${plain}-wrong-aud`)), withClaims({ aud: 'somebody-else' })],
    [title(oidcc(`${plain}-wrong-event`)), withClaims({ events: { 'https://example.com/other': {} } })],
    [title(oidcc(`${plain}-wrong-iss`)), withClaims({ iss: 'https://other.example.com' })],
  ])('%s', async (_, spoil) => {
    expect(await send(await signIn(room, { provider: 'oidc' }), spoil)).toEqual({ status: 400, alive: true })
  })
})

describe('fapi2-security-profile-final-client-test-plan, with private_key_jwt', () => {
  it.each(Object.entries(fapi2).map(([name, module]) => [title(fapi(name)), module] as const))(
    '%s',
    async (_, module) => playModule('keyed', module),
  )

  it('proves itself by a key, one assertion for each request', async () => {
    await playModule('keyed', {})
    await playModule('keyed', {})
    const assertions = room.hostile.requests.to('token').map(({ form }) => form.get('client_assertion'))
    expect(new Set(assertions).size).toBe(2)
  })

  it('takes a token answer that says more than it must', async () => {
    room.hostile.faults.always(
      'token',
      onMembers(() => ({ another_member: { of: 'no meaning' } })),
    )
    await playModule('keyed', {})
  })
})

describe('the plans', () => {
  it.each(Object.entries(plans))('%s: every module has a test above, or a reason why not', (_, modules) => {
    expect(modules.filter((name) => !played.has(name))).toEqual([])
  })
})
