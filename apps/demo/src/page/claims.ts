/** The payload of a JWT, for showing. Nothing is verified: that is the services' part. */
export function claimsOf(jwt: string): Record<string, unknown> {
  const payload = (jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
  const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0))
  const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
  return typeof claims === 'object' && claims !== null ? { ...claims } : {}
}

const meanings: Record<string, string> = {
  iss: 'who issued it',
  sub: 'who you are at this issuer',
  aud: 'the services that may accept it',
  client_id: 'the app it was given to',
  iat: 'issued',
  exp: 'expires',
  auth_time: 'you signed in',
  jti: 'id of this token',
  sid: 'id of the session',
  scope: 'what was granted',
  amr: 'how the provider checked you',
  idp: 'the provider that signed you in',
  cnf: 'the key it is bound to: useless without it',
}

export interface Claim {
  name: string
  value: string
  meaning: string
}

/** Claims in the order that one asks: who, for whom, until when; times readable. */
export function describeClaims(claims: Record<string, unknown>): Claim[] {
  const known = Object.keys(meanings)
  const place = (name: string) => (known.includes(name) ? known.indexOf(name) : known.length)
  return Object.entries(claims)
    .toSorted(([a], [b]) => place(a) - place(b))
    .map(([name, value]) => ({ name, value: readable(name, value), meaning: meanings[name] ?? '' }))
}

function readable(name: string, value: unknown): string {
  if (typeof value === 'number' && ['iat', 'exp', 'auth_time'].includes(name)) {
    return new Date(value * 1000).toLocaleTimeString()
  }
  if (Array.isArray(value)) return value.join('\n')
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, member]) => `${key} ${String(member)}`)
      .join('\n')
  }
  return String(value)
}
