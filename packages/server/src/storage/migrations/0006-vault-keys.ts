import type { Migration } from './migration.ts'

export const vaultKeys: Migration = {
  version: 6,
  name: 'vault keys',
  oldestCode: 1,
  up: ({ text, time, count, tableOptions }) => [
    `create table vault_keys (
      id ${text} not null primary key,
      generation ${count} not null unique,
      wrapped ${text} not null,
      created_at ${time} not null
    ) ${tableOptions}`,
  ],
}
