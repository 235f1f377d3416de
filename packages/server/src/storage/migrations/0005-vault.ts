import type { Migration } from './migration.ts'

export const vault: Migration = {
  version: 5,
  name: 'vault',
  oldestCode: 1,
  up: ({ text, time, count, flag, tableOptions, busyTableOptions }) => [
    `create table connections (
      id ${text} not null primary key,
      user_id ${text} not null references users (id) on delete cascade,
      provider ${text} not null,
      subject ${text} not null,
      label ${text},
      requested_scopes ${text} not null,
      granted_scopes ${text} not null,
      sealed ${text} not null,
      key_id ${text} not null,
      version ${count} not null,
      renewable ${flag} not null,
      obtained_at ${time} not null,
      expires_at ${time},
      hard_ends_at ${time},
      sweep_at ${time},
      warned_days ${count},
      connected_at ${time} not null,
      last_used_at ${time},
      broken_since ${time},
      broken_reason ${text},
      fence ${count} not null,
      lease_until ${time},
      started_at ${time},
      failures ${count} not null,
      failure ${text},
      retry_at ${time},
      unique (user_id, provider, subject)
    ) ${busyTableOptions}`,
    // Neither a lease nor a use is in any of them.
    'create index connections_user on connections (user_id, connected_at, id)',
    // Not by provider first: a list of some providers' connections would be sorted for it.
    'create index connections_account on connections (subject, provider)',
    'create index connections_connected on connections (connected_at, id)',
    'create index connections_sweep on connections (sweep_at, id) where sweep_at is not null',
    'create index connections_key on connections (key_id)',

    // No reference to users: the tokens of an erased user are still to be revoked.
    `create table quarantine (
      id ${text} not null primary key,
      user_id ${text} not null,
      provider ${text} not null,
      subject ${text} not null,
      sealed ${text} not null,
      key_id ${text} not null,
      due_at ${time} not null,
      attempts ${count} not null
    ) ${tableOptions}`,
    'create index quarantine_due on quarantine (due_at, id)',
    'create index quarantine_key on quarantine (key_id)',

    `create table outbox (
      id ${text} not null primary key,
      endpoint ${text} not null,
      type ${text} not null,
      body ${text} not null,
      created_at ${time} not null,
      due_at ${time} not null,
      attempts ${count} not null
    ) ${tableOptions}`,
    'create index outbox_due on outbox (due_at, id)',
  ],
}
