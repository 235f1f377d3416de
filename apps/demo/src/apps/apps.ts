import { createFakeProvider, defaultPersonas, type FakeProvider } from '@latchkey/testing'
import { freePort } from '../host/listen.ts'
import { freshSecret } from '../host/secret.ts'
import type { AppsView, Play } from './plays.ts'

/**
 * Two apps whose accounts are connected, at a provider of their own. Its tokens end within seconds, so that renewals can
 * be watched, and a refresh token that is used twice ends everything (RFC 9700 section 4.14.2).
 */
export interface Apps {
  readonly provider: FakeProvider
  /** Entries for Latchkey's `providers`. */
  readonly entries: ReturnType<typeof entriesOf>
  /** Where their tokens are good. */
  readonly api: string
  /** Makes it misbehave. */
  play(play: Play): void
  view(): AppsView
  close(): Promise<void>
}

const calendarScopes = ['calendar.read', 'calendar.write']

const entriesOf = ({ oidc, oauth2 }: FakeProvider) => ({
  calendar: {
    ...oidc,
    name: 'Example Calendar',
    sign_in: false,
    connect: true,
    connect_scopes: ['openid', 'email', ...calendarScopes],
  },
  ledger: {
    ...oauth2,
    name: 'Example Ledger',
    sign_in: false,
    connect: true,
    connect_scopes: ['ledger.read'],
    // It ends whatever one does, and soon: such connections are shown as expiring from the first day.
    refresh: { access_token_seconds: 30, ends_after_days: 20 },
  },
})

function nameOf(persona: string): string {
  const name = defaultPersonas.find(({ id }) => id === persona)?.claims.name
  return typeof name === 'string' ? name : persona
}

/** Faults that strike once, at the next renewal; with a revocation that fails, each time that it is tried. */
const renewals = {
  'lost-answer': 'lost-answer',
  'error-with-200': 'error-with-200',
  'no-expiry': 'missing-expires-in',
  slow: 'slow',
  down: 'http-503',
  'rate-limit': 'rate-limited',
} as const satisfies Partial<Record<Play, string>>

const isRenewal = (play: Play): play is keyof typeof renewals => Object.hasOwn(renewals, play)

/** @param latchkey its origin, where the apps send browsers back to */
export async function createApps(port: number, latchkey: string): Promise<Apps> {
  const provider = await createFakeProvider({
    name: 'Example Apps',
    host: 'localhost',
    port: await freePort({ host: 'localhost', port }),
    clients: [
      {
        client_id: 'latchkey',
        client_secret: freshSecret(),
        redirect_uris: ['calendar', 'ledger'].map((id) => `${latchkey}/callback/${id}`),
      },
    ],
    refreshTokens: { issue: 'always', rotate: true, reuse: 'revoke' },
    lifetimes: { accessToken: 20 },
    slowness: { longestMilliseconds: 3000 },
    oauth2: { quirks: ['no-expires-in'] },
  })
  let fewerScopes = false
  let waiting: { play: Play; seen: number }[] = []
  /** How often the endpoint that the play is about was asked. */
  const asked = (play: Play) => provider.requests.to(play === 'not-revoked' ? 'revocation' : 'refresh').length

  return {
    provider,
    api: provider.endpoints.api,
    entries: entriesOf(provider),
    play(play) {
      if (play === 'fewer-scopes') {
        fewerScopes = !fewerScopes
        provider.grantScopes(
          fewerScopes ? (scopes) => scopes.filter((scope) => scope !== 'calendar.write') : undefined,
        )
      } else if (play === 'taken-back') provider.revokeGrant()
      else {
        waiting = [...waiting, { play, seen: asked(play) }]
        if (isRenewal(play)) provider.faults.next('refresh', renewals[play])
        else provider.faults.next('revocation', 'http-503')
      }
    },
    view() {
      waiting = waiting.filter(({ play, seen }) => asked(play) === seen)
      return {
        fewerScopes,
        waiting: waiting.map(({ play }) => play),
        grants: provider
          .grants()
          .toReversed()
          .map(({ id, protocol, persona, refreshes, reuses, revokedBy }) => ({
            id,
            app: protocol === 'oidc' ? 'calendar' : 'ledger',
            account: nameOf(persona),
            renewals: refreshes,
            reuses,
            ...(revokedBy === undefined ? {} : { ended: revokedBy }),
          })),
      }
    },
    close: () => provider.close(),
  }
}
