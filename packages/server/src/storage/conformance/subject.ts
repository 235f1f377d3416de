import type { StorageConfig } from '../../config/types.ts'
import type { NewIdentity, Session, Storage, StoredSigningKey, User } from '../contract.ts'
import { openStorage } from '../index.ts'

/** An empty database of a test's own. */
export interface StorageUnderTest {
  /** Opens it, in this process and in child processes. */
  config: StorageConfig
  /** Looks for damage in the engine's own way; throws when it finds some. */
  inspect?(): Promise<void>
  dispose(): Promise<void>
}

/** The database that the tests of one part share; each test keeps to ids of its own. */
export interface Subject {
  /** Open and migrated. */
  readonly storage: Storage
  readonly config: StorageConfig
  /** How many codes are raced for. */
  readonly codes: number
  /** Another, empty database. The caller disposes of it. */
  another(): Promise<StorageUnderTest>
  inspect(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

export function createSubject(makeStorage: () => Promise<StorageUnderTest>, codes: number): Subject {
  let made: { storage: Storage; underTest: StorageUnderTest } | undefined
  const current = () => {
    if (!made) throw new Error('the subject has not been started')
    return made
  }
  return {
    get storage() {
      return current().storage
    },
    get config() {
      return current().underTest.config
    },
    codes,
    another: makeStorage,
    async inspect() {
      await current().underTest.inspect?.()
    },
    async start() {
      const underTest = await makeStorage()
      const storage = await openStorage(underTest.config)
      await storage.migrate()
      made = { storage, underTest }
    },
    async stop() {
      await made?.storage.close()
      await made?.underTest.dispose()
    },
  }
}

/** The time of every test: nothing reads a clock. */
export const now = 1_800_000_000_000
export const second = 1000
export const hour = 3_600_000
export const day = 24 * hour

/** Unlike any other, and of the length of a hash in base64url. */
export const uniqueId = (): string => crypto.randomUUID().replaceAll('-', '').padEnd(43, 'x')

/** What must be there and nothing else. */
export const bareUser = (): User => ({ id: uniqueId(), createdAt: now })

export const bareIdentity = (): NewIdentity => ({
  id: uniqueId(),
  provider: 'acme',
  issuer: 'https://login.acme.test',
  subject: uniqueId(),
  createdAt: now,
})

export const bareSession = (userId: string): Session => ({
  id: uniqueId(),
  userId,
  clientId: 'web',
  provider: 'acme',
  identityId: uniqueId(),
  counter: 0,
  createdAt: now,
  rotatedAt: now,
  idleExpiresAt: now + 14 * day,
  absoluteExpiresAt: now + 90 * day,
  scope: '',
  resources: [],
  authTime: now / second,
})

export const bareKey = (): StoredSigningKey => ({
  kid: uniqueId(),
  algorithm: 'ES256',
  publicJwk: '{"kty":"EC"}',
  sealedPrivateJwk: 'sealed',
  createdAt: now,
})

/** A user that sessions may refer to. */
export async function createUser(storage: Storage): Promise<User> {
  const user = bareUser()
  await storage.users.createWithIdentity(user, bareIdentity())
  return user
}

/** A session that lives, of a new user unless one is named. */
export async function createSession(storage: Storage, changes: Partial<Session> = {}): Promise<Session> {
  const userId = changes.userId ?? (await createUser(storage)).id
  const session = { ...bareSession(userId), ...changes }
  await storage.sessions.create(session, uniqueId())
  return session
}

export const idsOf = (things: { id: string }[]): string[] => things.map(({ id }) => id)

/** For lists whose order is nobody's promise. */
export const inOrder = (ids: string[]): string[] => ids.toSorted()

/** How many callers race in one process, and in each of several. */
export const racers = 64
export const processes = 4
export const callersInProcess = racers / processes

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))
