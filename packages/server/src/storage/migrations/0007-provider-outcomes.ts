import type { Migration } from './migration.ts'

export const providerOutcomes: Migration = {
  version: 7,
  name: 'provider outcomes',
  oldestCode: 1,
  up: ({ text, time, count, tableOptions }) => [
    `create table provider_outcomes (
      provider ${text} not null,
      outcome ${text} not null,
      count ${count} not null,
      first_at ${time} not null,
      last_at ${time} not null,
      primary key (provider, outcome)
    ) ${tableOptions}`,
  ],
}
