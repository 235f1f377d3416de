import { initial } from './0001-initial.ts'
import { sessionsAndKeys } from './0002-sessions-and-keys.ts'
import { listOfUsers } from './0003-list-of-users.ts'
import { upstreamIdToken } from './0004-upstream-id-token.ts'
import { vault } from './0005-vault.ts'
import { vaultKeys } from './0006-vault-keys.ts'
import { providerOutcomes } from './0007-provider-outcomes.ts'
import type { Migration } from './migration.ts'

/** In the order in which they are applied. */
export const migrations: readonly Migration[] = [
  initial,
  sessionsAndKeys,
  listOfUsers,
  upstreamIdToken,
  vault,
  vaultKeys,
  providerOutcomes,
]
