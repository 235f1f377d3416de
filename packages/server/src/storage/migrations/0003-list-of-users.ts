import type { Migration } from './migration.ts'

export const listOfUsers: Migration = {
  version: 3,
  name: 'list of users',
  oldestCode: 1,
  up: () => ['create index users_created on users (created_at, id)'],
}
