import type { Migration } from './migration.ts'

export const sessionsAndKeys: Migration = {
  version: 2,
  name: 'sessions and keys',
  oldestCode: 1,
  up: ({ text, time, tableOptions }) => [
    // No column that a rotation writes is in any of the three, so a rotation still touches no index.
    'create index sessions_living on sessions (user_id, created_at, id) where revoked_at is null',
    `create index sessions_upstream_sid on sessions (upstream_sid)
      where upstream_sid is not null and revoked_at is null`,
    'create index sessions_revoked on sessions (revoked_at, id) where revoked_at is not null',

    // What the revocation feed still has to tell of the sessions of erased users, and nothing about anybody.
    `create table erased_sessions (
      id ${text} not null,
      revoked_at ${time} not null,
      primary key (revoked_at, id)
    ) ${tableOptions}`,

    `alter table signing_keys add column last_expires_at ${time}`,
  ],
}
