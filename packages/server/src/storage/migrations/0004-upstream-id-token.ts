import type { Migration } from './migration.ts'

export const upstreamIdToken: Migration = {
  version: 4,
  name: 'upstream id token',
  oldestCode: 1,
  up: ({ text }) => [
    // Sealed; only where signing out goes on to the provider.
    `alter table sessions add column sealed_id_token ${text}`,
  ],
}
