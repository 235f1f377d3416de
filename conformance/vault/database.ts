import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { type Connection, openStorage, type Storage } from '@latchkey/server/storage'
import { onPostgres, type TestStorage } from '../support/storage.ts'

export const newSecret = (): string => randomBytes(32).toString('base64url')

/** Keys as the vault has them, by its description alone: derived (HKDF) for this one purpose. */
const derive = (secret: string, what: string, length: number) =>
  Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', `latchkey/v1/${what}/vault`, length))

/** Seals as the vault does: AES-256-GCM. */
function sealAs(secret: string, place: string, plaintext: string): { sealed: string; keyId: string } {
  const keyId = derive(secret, 'key-id', 4)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', derive(secret, 'seal', 32), iv).setAAD(Buffer.from(place))
  const bytes = [Buffer.of(1), keyId, iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]
  return { sealed: Buffer.concat(bytes).toString('base64url'), keyId: keyId.toString('hex') }
}

/** The other way round. Throws for another place. */
export function openAs(secret: string, place: string, sealed: string): Partial<Held> {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', derive(secret, 'seal', 32), bytes.subarray(5, 17))
  decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-16))
  return JSON.parse(`${decipher.update(bytes.subarray(17, -16)).toString()}${decipher.final().toString()}`)
}

export interface Held {
  accessToken: string
  refreshToken?: string
  /** Names the consent. */
  grant?: string
}

/** The database of a server that runs, and connections put there without a journey. */
export interface Database {
  storage: Storage
  user(id: string): Promise<void>
  connect(id: string, held: Held, about: Partial<Connection> & { userId: string }): Promise<void>
  find(id: string): Promise<Connection>
  /** The same account again. */
  reconnect(id: string, held: Held, expiresAt: number): Promise<void>
  disconnect(id: string): Promise<void>
  close(): Promise<void>
}

/** Not due while a test runs, or a server would claim it for revocation before it becomes a connection. */
const neverDue = Number.MAX_SAFE_INTEGER

export async function openDatabase({ url }: TestStorage, secret: string): Promise<Database> {
  const storage = await openStorage(
    onPostgres
      ? { engine: 'postgres', url, size: 4 }
      : { engine: 'sqlite', file: url.slice('sqlite:'.length), synchronous: 'normal' },
  )
  await storage.migrate()
  async function find(id: string): Promise<Connection> {
    const row = await storage.connections.find(id)
    if (row === undefined) throw new Error(`no connection ${id}`)
    return row
  }
  const seal = (place: string, held: Held) =>
    sealAs(secret, place, JSON.stringify({ tokenType: 'Bearer', ...held }))
  return {
    storage,
    async user(id) {
      const identity = {
        id: `idn_${id}`,
        provider: 'none',
        issuer: 'provider:none',
        subject: id,
        createdAt: 1,
      }
      await storage.users.createWithIdentity({ id, createdAt: 1 }, identity)
    },
    async connect(id, held, about) {
      const now = 1
      const { userId, provider = 'p', subject = id, version: _, renewal: __, ...rest } = about
      const quarantined = { id: `qtn_${id}`, userId, provider, subject, dueAt: neverDue, attempts: 0 }
      await storage.quarantine.put({ ...quarantined, ...sealAs(secret, 'nowhere', '') })
      const outcome = await storage.connections.connect(quarantined.id, now, {
        ...{ requestedScopes: ['read'], grantedScopes: ['read'], connectedAt: now, obtainedAt: now },
        ...rest,
        ...{ id, userId, provider, subject, renewable: held.refreshToken !== undefined },
        ...seal(`connections/${id}/${userId}/${provider}/1`, held),
      })
      if (outcome !== 'done') throw new Error(`connect: ${outcome}`)
    },
    find,
    async reconnect(id, held, expiresAt) {
      const { userId, provider, subject, version, requestedScopes, grantedScopes } = await find(id)
      const quarantined = { id: `qtn_${id}_again`, userId, provider, subject, dueAt: neverDue, attempts: 0 }
      await storage.quarantine.put({ ...quarantined, ...sealAs(secret, 'nowhere', '') })
      const outcome = await storage.connections.reconnect(quarantined.id, 1, id, version, {
        ...{ requestedScopes, grantedScopes, renewable: true, obtainedAt: expiresAt - 3_600_000, expiresAt },
        ...seal(`connections/${id}/${userId}/${provider}/${version + 1}`, held),
      })
      if (outcome !== 'done') throw new Error(`reconnect: ${outcome}`)
    },
    async disconnect(id) {
      const { userId, provider, subject, version } = await find(id)
      const quarantined = { id: `qtn_${id}_left`, userId, provider, subject, dueAt: 0, attempts: 1 }
      const sealed = seal(`quarantine/${quarantined.id}/${userId}/${provider}/0`, {
        accessToken: `left.${id}`,
      })
      if (!(await storage.connections.remove(id, version, { ...quarantined, ...sealed })))
        throw new Error('moved on')
    },
    close: () => storage.close(),
  }
}
