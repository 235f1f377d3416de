import type { Migration } from './migration.ts'

export const initial: Migration = {
  version: 1,
  name: 'initial',
  oldestCode: 1,
  up: ({ text, time, count, flag, tableOptions, busyTableOptions }) => [
    `create table users (
      id ${text} not null primary key,
      name ${text},
      email ${text},
      email_verified ${flag},
      picture ${text},
      created_at ${time} not null,
      disabled_at ${time}
    ) ${tableOptions}`,

    `create table identities (
      id ${text} not null primary key,
      user_id ${text} not null references users (id) on delete cascade,
      provider ${text} not null,
      issuer ${text} not null,
      subject ${text} not null,
      label ${text},
      verified_email ${text},
      created_at ${time} not null,
      unique (issuer, subject)
    ) ${tableOptions}`,
    'create index identities_user on identities (user_id)',
    'create index identities_verified_email on identities (verified_email) where verified_email is not null',

    // No reference to identities: a session outlives an identity that its user removes.
    `create table sessions (
      id ${text} not null primary key,
      user_id ${text} not null references users (id) on delete cascade,
      client_id ${text} not null,
      provider ${text} not null,
      identity_id ${text} not null,
      counter ${count} not null,
      created_at ${time} not null,
      rotated_at ${time} not null,
      idle_expires_at ${time} not null,
      absolute_expires_at ${time} not null,
      revoked_at ${time},
      revoked_reason ${text},
      dpop_jkt ${text},
      scope ${text} not null,
      resources ${text} not null,
      auth_time ${time} not null,
      amr ${text},
      acr ${text},
      upstream_sid ${text},
      device ${text},
      code_key ${text} not null,
      sweep_at ${time} not null
    ) ${busyTableOptions}`,
    'create index sessions_user on sessions (user_id)',
    'create index sessions_code on sessions (code_key)',
    'create index sessions_sweep on sessions (sweep_at)',

    `create table one_time (
      kind ${text} not null,
      key ${text} not null,
      value ${text} not null,
      expires_at ${time} not null,
      consumed_at ${time},
      replayed_at ${time},
      primary key (kind, key)
    ) ${tableOptions}`,
    'create index one_time_expires on one_time (expires_at)',

    `create table signing_keys (
      kid ${text} not null primary key,
      algorithm ${text} not null,
      generation ${count} not null,
      public_jwk ${text} not null,
      sealed_private_jwk ${text} not null,
      created_at ${time} not null,
      activated_at ${time},
      retired_at ${time},
      unique (algorithm, generation)
    ) ${tableOptions}`,
  ],
}
