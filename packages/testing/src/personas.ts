/** Somebody who can sign in at the fake provider. */
export interface Persona {
  /** `login_hint`, and what `autoApprove` takes. */
  id: string
  /** `sub`: never changes, never an e-mail address. */
  subject: string
  /** The numeric account id of the plain OAuth 2.0 user record. Default: `subject`. */
  account_id?: number | string
  /** One line for the button: what signing in as this persona shows. */
  shows: string
  /**
   * Claims beside `sub`. `email*` need the `email` scope and the profile claims `profile`, as in OpenID Connect
   * Core section 5.4; any other claim (`roles`, `hd`, ...) is always there. Wrong types are sent as they are.
   */
  claims: Record<string, unknown>
  /** `deny` presses Cancel: `access_denied`. Default `approve`. */
  decision?: 'approve' | 'deny'
}

/** Who is there by default: a plain user, an admin, no e-mail, an unverified e-mail, and one who denies consent. */
export const defaultPersonas: readonly Persona[] = [
  {
    id: 'user',
    subject: 'fake-user-ada',
    account_id: 1001,
    shows: 'A plain user; the address is verified',
    claims: {
      name: 'Ada Quinn',
      given_name: 'Ada',
      family_name: 'Quinn',
      preferred_username: 'ada',
      email: 'ada@example.com',
      email_verified: true,
    },
  },
  {
    id: 'admin',
    subject: 'fake-admin-grace',
    account_id: 1002,
    shows: 'An administrator: carries the role admin',
    claims: {
      name: 'Grace Okoye',
      given_name: 'Grace',
      family_name: 'Okoye',
      preferred_username: 'grace',
      email: 'grace@example.com',
      email_verified: true,
      roles: ['admin'],
    },
  },
  {
    id: 'no-email',
    subject: 'fake-no-email-noel',
    account_id: 1003,
    shows: 'How an app copes without an address',
    claims: { name: 'Noel Marsh', given_name: 'Noel', family_name: 'Marsh', preferred_username: 'noel' },
  },
  {
    id: 'unverified-email',
    subject: 'fake-unverified-uma',
    account_id: 1004,
    shows: 'How an app treats an address that nobody has checked',
    claims: {
      name: 'Uma Reyes',
      given_name: 'Uma',
      family_name: 'Reyes',
      preferred_username: 'uma',
      email: 'uma@example.com',
      email_verified: false,
    },
  },
  {
    id: 'denies',
    subject: 'fake-denies-dan',
    account_id: 1005,
    shows: 'Declines: the app is told access_denied',
    claims: {
      name: 'Dan Novak',
      given_name: 'Dan',
      family_name: 'Novak',
      preferred_username: 'dan',
      email: 'dan@example.com',
      email_verified: true,
    },
    decision: 'deny',
  },
]

export interface Personas {
  readonly list: readonly Persona[]
  find(id: string | undefined): Persona | undefined
}

/** The default personas, those given replacing the ones of the same id and following the rest. */
export const createPersonas = (given: readonly Persona[] = []): Personas => {
  const byId = new Map([...defaultPersonas, ...given].map((persona) => [persona.id, persona]))
  return { list: [...byId.values()], find: (id) => (id === undefined ? undefined : byId.get(id)) }
}

/** What people read: the name, or the id of a persona without one. */
export const displayName = (persona: Persona): string =>
  typeof persona.claims.name === 'string' ? persona.claims.name : persona.id

const profileClaims = new Set([
  ...[
    'name',
    'given_name',
    'family_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
  ],
  ...['website', 'gender', 'birthdate', 'zoneinfo', 'locale', 'updated_at'],
])

const scopeOf = (claim: string): string | undefined => {
  if (profileClaims.has(claim)) return 'profile'
  if (claim === 'email' || claim === 'email_verified') return 'email'
  if (claim === 'phone_number' || claim === 'phone_number_verified') return 'phone'
  return claim === 'address' ? 'address' : undefined
}

/** The persona's claims that `scope` lets through (OpenID Connect Core section 5.4). */
export const claimsFor = (persona: Persona, scope: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(persona.claims).filter(([claim]) => {
      const needed = scopeOf(claim)
      return needed === undefined || scope.includes(needed)
    }),
  )
