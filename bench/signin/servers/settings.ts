/** What each server of the sign-in comparison is told, as JSON in its first argument. */
export interface Settings {
  port: number
  /** The SQLite file, not there yet; for Latchkey also the URL of an empty PostgreSQL database. */
  database: string
  /** The provider's issuer. */
  provider: string
  clientId: string
  clientSecret: string
  /** The SPA's origin, another site than the server's. */
  spa: string
  /** The provider's tokens are encrypted in the database, where a server does not do so anyway. Default: false. */
  encryptTokens?: boolean
}

export function readSettings(): Settings {
  const settings: Settings = JSON.parse(process.argv[2] ?? '{}')
  return settings
}
