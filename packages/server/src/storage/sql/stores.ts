import type { Storage } from '../contract.ts'
import { createConnectionStore } from './connections.ts'
import type { Engine } from './engine.ts'
import { createOneTimeStore } from './one-time.ts'
import { createOutboxStore } from './outbox.ts'
import { createProviderOutcomeStore } from './provider-outcomes.ts'
import { createQuarantineStore } from './quarantine.ts'
import { createSessionStore } from './sessions.ts'
import { createSigningKeyStore } from './signing-keys.ts'
import { createSweep } from './sweep.ts'
import { createUserStore } from './users.ts'
import { createVaultKeyStore } from './vault-keys.ts'

/** What an engine for SQL shares with the others: everything but its own life. */
export const createStores = (engine: Engine): Omit<Storage, 'migrate' | 'ping' | 'close'> => ({
  sweep: createSweep(engine),
  oneTime: createOneTimeStore(engine),
  users: createUserStore(engine),
  sessions: createSessionStore(engine),
  signingKeys: createSigningKeyStore(engine),
  connections: createConnectionStore(engine),
  quarantine: createQuarantineStore(engine),
  outbox: createOutboxStore(engine),
  vaultKeys: createVaultKeyStore(engine),
  providerOutcomes: createProviderOutcomeStore(engine),
})
