import type {
  Connection,
  ConnectionContent,
  NewConnection,
  OutboxMessage,
  Quarantined,
  RenewalOutcome,
  Storage,
} from '../contract.ts'
import { createUser, day, hour, now, second, uniqueId } from './subject.ts'

/** What must be there and nothing else. */
export const bareContent = (): ConnectionContent => ({
  requestedScopes: [],
  grantedScopes: [],
  sealed: 'sealed',
  keyId: 'key-1',
  renewable: false,
  obtainedAt: now,
})

/** With everything that there may be, unlike any other. */
export const fullContent = (): Required<ConnectionContent> => ({
  label: 'ada@work.test',
  requestedScopes: ['mail.read', 'a "quoted", scope'],
  grantedScopes: ['mail.read'],
  sealed: uniqueId(),
  keyId: 'key-1',
  renewable: true,
  obtainedAt: now + 1,
  expiresAt: now + hour,
  hardEndsAt: now + 90 * day,
  sweepAt: now + 60 * day,
})

export const bareConnection = (userId: string): NewConnection => ({
  ...bareContent(),
  id: uniqueId(),
  userId,
  provider: 'acme',
  subject: uniqueId(),
  connectedAt: now,
})

export const bareQuarantined = (userId: string): Quarantined => ({
  id: uniqueId(),
  userId,
  provider: 'acme',
  subject: uniqueId(),
  sealed: 'in quarantine',
  keyId: 'key-1',
  dueAt: now + hour,
  attempts: 0,
})

/** Tokens of the same account. */
export const quarantinedOf = ({
  userId,
  provider,
  subject,
}: Pick<Connection, 'userId' | 'provider' | 'subject'>): Quarantined => ({
  ...bareQuarantined(userId),
  provider,
  subject,
})

export const bareMessage = (): OutboxMessage => ({
  id: uniqueId(),
  endpoint: 'https://backend.test/events',
  type: 'connection.removed',
  body: '{}',
  createdAt: now,
  dueAt: now,
  attempts: 0,
})

/** As `find` tells of a connection that has just been made. */
export const asFound = (connection: NewConnection): Connection => ({
  ...connection,
  version: 1,
  renewal: { fence: 0, failures: 0 },
})

/** Puts tokens of its account into quarantine and connects it. */
export async function connect(storage: Storage, connection: NewConnection) {
  const entry = quarantinedOf(connection)
  await storage.quarantine.put(entry)
  return storage.connections.connect(entry.id, now, connection)
}

/** A connection of a new user, unless one is named. */
export async function createConnection(
  storage: Storage,
  changes: Partial<NewConnection> = {},
): Promise<Connection> {
  const userId = changes.userId ?? (await createUser(storage)).id
  const connection = { ...bareConnection(userId), ...changes }
  await connect(storage, connection)
  return asFound(connection)
}

export const leaseMs = 15 * second

/** Of version 1, unless another is named. */
export const lease = ({ connections }: Storage, id: string, at: { version?: number; now?: number } = {}) => {
  const from = at.now ?? now
  return connections.lease(id, { version: at.version ?? 1, now: from, until: from + leaseMs })
}

/** As little as a renewal may bring. */
export const renewed = (from: number) =>
  ({
    kind: 'renewed',
    from,
    sealed: 'renewed',
    keyId: 'key-1',
    renewable: true,
    obtainedAt: now + 2,
    grantedScopes: [],
  }) satisfies RenewalOutcome
